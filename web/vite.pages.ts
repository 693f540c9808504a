import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { defineConfig, type EnvironmentOptions, type Plugin, type Rolldown } from "vite";
import { ascii, TARGET } from "./level.js";

/** The pages, each by its folder and the name that its link has. */
const PAGES: readonly (readonly [folder: string, name: string])[] = [
  ["", "Playground"],
  ["emotion/", "Emotion"],
  ["agency/", "Agency or employer"],
  ["headline/", "Headline"],
  ["completion/", "Code completion"],
  ["cells/", "Cells"],
];

/** Scripts whose names are fixed: a service worker must lie there, and the server sends the other with a policy of its own. */
const NAMED: Readonly<Record<string, string>> = { sw: "sw.js", cells_worker: "cells/worker.js" };

/** The pages import the runtime that lies beside them, so that they run what others import. */
const pages: EnvironmentOptions = {
  consumer: "client",
  build: {
    target: TARGET,
    rolldownOptions: {
      input: {
        ...Object.fromEntries(PAGES.map(([folder]) => [folder.slice(0, -1) || "playground", `pages/${folder}index.html`])),
        sw: "pages/sw.ts",
        cells_worker: "pages/cells/worker.ts",
      },
      external: ["textwright"],
      output: {
        paths: { textwright: "../runtime/textwright.js" },
        entryFileNames: ({ name }) => NAMED[name] ?? "assets/[name]-[hash].js",
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
      },
    },
  },
};

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M2 4h12M2 8h8M2 12h4' stroke='%231f5fbf' stroke-width='2.5' stroke-linecap='round'/%3E%3C/svg%3E";

/** Fill what the pages share into their HTML: the icon, what keeps them for visits without network, and links to each other. */
const shell: Plugin = {
  name: "shell",
  transformIndexHtml: {
    order: "pre",
    handler(html, { path }) {
      if (path.endsWith("annotate.html") || path.endsWith("start.html")) return html;
      const here = path.replace(/^\//, "").replace(/index\.html$/, "");
      const up = "../".repeat(here.split("/").length - 1) || "./";
      const links = PAGES.map(([folder, name]) => {
        const current = folder === here ? ' aria-current="page"' : "";
        return `<li><a href="${up}${folder}"${current}>${name}</a></li>`;
      });
      return html
        .replace("</title>", `</title>\n    <link rel="icon" href="${ICON}" />\n    <script type="module" src="${up}shared/offline.ts"></script>`)
        .replace('<nav aria-label="Pages"></nav>', `<nav aria-label="Pages"><ul>${links.join("")}</ul></nav>`);
    },
  },
};

/** Tells the service worker which files each page needs, and a version that changes with any of them. */
const offline: Plugin = {
  name: "offline",
  enforce: "post",
  applyToEnvironment: ({ name }) => name === "client",
  generateBundle(_, bundle) {
    const folder = resolve(this.environment.config.root, this.environment.config.build.outDir, "runtime");
    const runtime = readdirSync(folder).sort();
    const contents = [...Object.values(bundle).map(contentOf), ...runtime.map((name) => unpacked(name, readFileSync(join(folder, name))))];
    const sums = contents.map((content) => createHash("sha256").update(content).digest("hex"));
    const version = createHash("sha256").update(sums.sort().join()).digest("hex").slice(0, 16);
    const build = { version, pages: pagesIn(bundle), runtime: runtime.filter((name) => name.endsWith(".js")).map((name) => `runtime/${name}`) };
    const worker = bundle["sw.js"] as Rolldown.OutputChunk;
    worker.code = worker.code.replace("__BUILD__", () => JSON.stringify(build));
  },
  writeBundle({ dir }, bundle) {
    const folder = join(dir as string, "assets");
    const old = readdirSync(folder).filter((name) => !Object.hasOwn(bundle, `assets/${name}`));
    for (const name of old) rmSync(join(folder, name));
  },
};

function contentOf(file: Rolldown.OutputChunk | Rolldown.OutputAsset): string | Uint8Array {
  return file.type === "chunk" ? file.code : file.source;
}

/** A file as it is; gzip packs the same content differently from machine to machine. */
function unpacked(name: string, content: Uint8Array): Uint8Array {
  return name.endsWith(".gz") ? gunzipSync(content) : content;
}

/** List the files that each page needs to open: itself, and what it imports with their styles. */
function pagesIn(bundle: Rolldown.OutputBundle): Record<string, readonly string[]> {
  const filesOf = (folder: string): string[] => {
    const { source } = bundle[`${folder}index.html`] as Rolldown.OutputAsset;
    const named = [...String(source).matchAll(/(?:src|href)="[./]*(assets\/[^"]+)"/g)].map(([, name]) => name as string);
    const workers = Object.keys(bundle).filter((name) => folder !== "" && name === `${folder}worker.js`);
    const scripts = [...named, ...workers].flatMap((name) => [name, ...importsOf(name, bundle)]);
    return [...new Set([folder, ...scripts, "runtime/textwright.js"])];
  };
  return Object.fromEntries(PAGES.map(([folder]) => [folder, filesOf(folder)]));
}

function importsOf(name: string, bundle: Rolldown.OutputBundle): string[] {
  const file = bundle[name];
  if (file?.type !== "chunk") return [];
  const assets = [...(file.viteMetadata?.importedAssets ?? [])]; // what a script names by `new URL(…, import.meta.url)`
  return [...assets, ...file.imports.filter((each) => each in bundle).flatMap((each) => [each, ...importsOf(each, bundle)])];
}

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

/** The project page, too; it runs models by the runtime that others import. */
const start: EnvironmentOptions = {
  consumer: "client",
  build: {
    target: TARGET,
    rolldownOptions: {
      input: { start: "pages/start.html" },
      external: ["textwright"],
      output: { paths: { textwright: "../runtime/textwright.js" }, entryFileNames: "start/[name].js", assetFileNames: "start/start[extname]" },
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

/** The annotation page and the project page lie in their folders; servers send them as `/`, and what they name is found from there. */
const folder: Plugin = {
  name: "folder",
  enforce: "post",
  generateBundle(_, bundle) {
    for (const name of ["annotate", "start"]) {
      const page = bundle[`${name}.html`];
      if (page?.type !== "asset") continue;
      delete bundle[`${name}.html`];
      this.emitFile({ type: "asset", fileName: `${name}/index.html`, source: page.source });
    }
  },
};

/** Builds the pages; those of the annotation server share no file with the others. */
export default defineConfig({
  root: "pages",
  base: "./",
  publicDir: false,
  plugins: [ascii, runtime, shell, folder, offline],
  build: {
    target: TARGET,
    outDir: "../../src/textwright/server/web",
    emptyOutDir: false,
    assetsInlineLimit: 0,
    modulePreload: false,
  },
  builder: {},
  environments: { client: pages, annotate, start },
});
