import { defineConfig } from "vite";

/** Builds the pages. They import the runtime that lies beside them, so that a page runs what others import. */
export default defineConfig({
  root: "pages",
  base: "./",
  publicDir: false,
  build: {
    target: "es2022",
    outDir: "../../src/textwright/server/web",
    emptyOutDir: false,
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      external: ["textwright"],
      output: {
        paths: { textwright: "../runtime/textwright.js" },
        entryFileNames: "assets/playground.js",
        assetFileNames: "assets/playground[extname]",
      },
    },
  },
});
