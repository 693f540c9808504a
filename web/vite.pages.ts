import { defineConfig, type EnvironmentOptions, type Plugin } from "vite";

const TARGET = "es2022";

/** The pages, each by its folder and the name that its link has. */
const PAGES: readonly (readonly [folder: string, name: string])[] = [
  ["", "Playground"],
  ["emotion/", "Emotion"],
  ["agency/", "Agency or employer"],
  ["headline/", "Headline"],
  ["completion/", "Code completion"],
];

/** The pages import the runtime that lies beside them, so that they run what others import. */
const pages: EnvironmentOptions = {
  consumer: "client",
  build: {
    target: TARGET,
    rolldownOptions: {
      input: Object.fromEntries(PAGES.map(([folder]) => [folder.slice(0, -1) || "playground", `pages/${folder}index.html`])),
      external: ["textwright"],
      output: {
        paths: { textwright: "../runtime/textwright.js" },
        entryFileNames: "assets/[name].js",
        chunkFileNames: "assets/[name].js",
        assetFileNames: "assets/[name][extname]",
      },
    },
  },
};

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M2 4h12M2 8h8M2 12h4' stroke='%231f5fbf' stroke-width='2.5' stroke-linecap='round'/%3E%3C/svg%3E";

/** Fill what the pages share into their HTML: the icon, and links to each other, relative so that any folder of any host will do. */
const shell: Plugin = {
  name: "shell",
  transformIndexHtml: {
    order: "pre",
    handler(html, { path }) {
      if (path.endsWith("annotate.html")) return html;
      const here = path.replace(/^\//, "").replace(/index\.html$/, "");
      const up = "../".repeat(here.split("/").length - 1) || "./";
      const links = PAGES.map(([folder, name]) => {
        const current = folder === here ? ' aria-current="page"' : "";
        return `<li><a href="${up}${folder}"${current}>${name}</a></li>`;
      });
      return html
        .replace("</title>", `</title>\n    <link rel="icon" href="${ICON}" />`)
        .replace('<nav aria-label="Pages"></nav>', `<nav aria-label="Pages"><ul>${links.join("")}</ul></nav>`);
    },
  },
};

/** The annotation page holds what it needs, so that three files are enough without network. */
const annotate: EnvironmentOptions = {
  consumer: "client",
  build: {
    target: TARGET,
    rolldownOptions: {
      input: { annotate: "pages/annotate.html", worker: "pages/annotate/worker.ts" },
      external: [/^node:/, "onnxruntime-web/wasm"],
      output: { entryFileNames: "annotate/[name].js", assetFileNames: "annotate/annotate[extname]" },
    },
  },
};

/** The runtime's source instead of the built one, for the annotation page. */
const runtime: Plugin = {
  name: "runtime",
  enforce: "pre",
  resolveId(id) {
    const isWanted = id === "textwright" && this.environment.name === "annotate";
    return isWanted ? new URL("runtime/src/index.ts", import.meta.url).pathname : null;
  },
};

/** The annotation page lies in its folder; the server sends it as `/`, and what it names is found from there. */
const folder: Plugin = {
  name: "folder",
  enforce: "post",
  generateBundle(_, bundle) {
    const page = bundle["annotate.html"];
    if (page?.type !== "asset") return;
    delete bundle["annotate.html"];
    this.emitFile({ type: "asset", fileName: "annotate/index.html", source: page.source });
  },
};

/** Builds the pages; those of the annotation server share no file with the others. */
export default defineConfig({
  root: "pages",
  base: "./",
  publicDir: false,
  plugins: [runtime, shell, folder],
  build: {
    target: TARGET,
    outDir: "../../src/textwright/server/web",
    emptyOutDir: false,
    assetsInlineLimit: 0,
    modulePreload: false,
  },
  builder: {},
  environments: { client: pages, annotate },
});
