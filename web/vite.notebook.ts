import { defineConfig } from "vite";
import { ascii, TARGET } from "./level.js";

/** Builds the widget for notebooks as one ES module: notebooks load nothing beside it. */
export default defineConfig({
  publicDir: false,
  plugins: [ascii],
  resolve: { alias: { textwright: new URL("runtime/src/index.ts", import.meta.url).pathname } },
  build: {
    target: TARGET,
    outDir: "../src/textwright/notebook",
    emptyOutDir: false,
    lib: { entry: "notebook/annotator.ts", formats: ["es"], fileName: () => "annotator.js" },
    minify: false,
    rolldownOptions: { external: [/^node:/, "onnxruntime-web/wasm"] },
  },
});
