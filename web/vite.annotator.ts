import { defineConfig } from "vite";

/** Builds `<span-annotator>` as one ES module with all that it needs, for anybody's page and for notebooks. */
export default defineConfig({
  publicDir: false,
  resolve: { alias: { textwright: new URL("runtime/src/index.ts", import.meta.url).pathname } },
  build: {
    target: "es2022",
    outDir: "../src/textwright/server/web/annotate",
    emptyOutDir: false,
    lib: { entry: "components/annotator/index.ts", formats: ["es"], fileName: () => "span-annotator.js" },
    minify: false,
    rolldownOptions: { external: [/^node:/, "onnxruntime-web/wasm"] },
  },
});
