import { defineConfig } from "vite";

/** Builds the widget for notebooks as one ES module: notebooks load nothing beside it. */
export default defineConfig({
  publicDir: false,
  resolve: { alias: { textwright: new URL("runtime/src/index.ts", import.meta.url).pathname } },
  build: {
    target: "es2022",
    outDir: "../src/textwright/notebook",
    emptyOutDir: false,
    lib: { entry: "notebook/annotator.ts", formats: ["es"], fileName: () => "annotator.js" },
    minify: false,
    rolldownOptions: { external: [/^node:/, "onnxruntime-web/wasm"] },
  },
});
