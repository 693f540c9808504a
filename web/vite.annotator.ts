import { defineConfig } from "vite";
import { ascii, TARGET } from "./level.js";

/** Builds `<span-annotator>` as one ES module with all that it needs, for anybody's page and for notebooks. */
export default defineConfig({
  publicDir: false,
  plugins: [ascii],
  resolve: { alias: { textwright: new URL("runtime/src/index.ts", import.meta.url).pathname } },
  build: {
    target: TARGET,
    outDir: "../src/textwright/server/web/annotate",
    emptyOutDir: false,
    lib: { entry: "components/annotator/index.ts", formats: ["es"], fileName: () => "span-annotator.js" },
    minify: false,
    rolldownOptions: { external: [/^node:/, "onnxruntime-web/wasm"] },
  },
});
