import { defineConfig, type EnvironmentOptions, type Plugin } from "vite";

const TARGET = "es2022";

/** The playground imports the runtime that lies beside it, so that the page runs what others import. */
const playground: EnvironmentOptions = {
  consumer: "client",
  build: {
    target: TARGET,
    rolldownOptions: {
      input: "pages/index.html",
      external: ["textwright"],
      output: {
        paths: { textwright: "../runtime/textwright.js" },
        entryFileNames: "assets/playground.js",
        assetFileNames: "assets/playground[extname]",
      },
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

/** Builds the pages, each by itself, so that neither shares a file with the other. */
export default defineConfig({
  root: "pages",
  base: "./",
  publicDir: false,
  plugins: [runtime, folder],
  build: {
    target: TARGET,
    outDir: "../../src/textwright/server/web",
    emptyOutDir: false,
    assetsInlineLimit: 0,
    modulePreload: false,
  },
  builder: {},
  environments: { client: playground, annotate },
});
