import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

/** Puts the files of onnxruntime-web beside the runtime as they are; the large one packed: 3 MB, not 11, from any host. */
const onnxruntime: Plugin = {
  name: "onnxruntime",
  generateBundle() {
    const read = (name: string): Buffer => readFileSync(new URL(`node_modules/onnxruntime-web/dist/${name}`, import.meta.url));
    this.emitFile({ type: "asset", fileName: "onnxruntime.js", source: withoutMap(read("ort.wasm.min.mjs")) });
    this.emitFile({ type: "asset", fileName: "onnxruntime.glue.js", source: read("ort-wasm-simd-threaded.mjs") });
    this.emitFile({ type: "asset", fileName: "onnxruntime.wasm.gz", source: gzipSync(read("ort-wasm-simd-threaded.wasm"), { level: 9 }) });
  },
};

/** Leave out the line that names a map, which is not there. */
function withoutMap(script: Buffer): string {
  return script.toString().replace(/\/\/# sourceMappingURL=.*\n?$/, "");
}

/** Builds the runtime for pages and Node: one ES module, and beside it what only networks need and load. */
export default defineConfig({
  publicDir: false,
  plugins: [onnxruntime],
  build: {
    target: "es2022",
    outDir: "../src/textwright/server/web/runtime",
    emptyOutDir: true,
    lib: { entry: "runtime/src/index.ts", formats: ["es"], fileName: () => "textwright.js" },
    minify: false,
    rolldownOptions: {
      external: [/^node:/, "onnxruntime-web/wasm"],
      output: { paths: { "onnxruntime-web/wasm": "./onnxruntime.js" } },
    },
  },
});
