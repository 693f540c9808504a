import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync, gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";
import { ascii, TARGET } from "./level.js";

const BUILT = "../src/textwright/server/web/runtime";

/** What is shipped with the Python package, and in the npm package also what runs on a graphics card. */
const PARTS = [
  { name: "onnxruntime", module: "ort.wasm.min.mjs", glue: "ort-wasm-simd-threaded", forAll: true },
  { name: "onnxruntime.webgpu", module: "ort.webgpu.min.mjs", glue: "ort-wasm-simd-threaded.jsep", forAll: false },
] as const;

const WASM = read("ort-wasm-simd-threaded.wasm");
const WASM_SUMS = { wasm: sumOf(WASM), webgpu: sumOf(read("ort-wasm-simd-threaded.jsep.wasm")) };

/** The packed forms of the WebAssembly: packing anew takes minutes, and gives other bytes on another machine. */
const PACKED = {
  gz: known("gz", gunzipSync) ?? gzipSync(WASM, { level: 9 }),
  br: known("br", brotliDecompressSync) ?? brotliCompressSync(WASM, { params: { [constants.BROTLI_PARAM_LGWIN]: 24 } }),
};

function read(name: string): Buffer {
  return readFileSync(new URL(`node_modules/onnxruntime-web/dist/${name}`, import.meta.url));
}

function sumOf(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

/** Take the packed file of the last build when the same is in it. */
function known(ending: string, unpack: (packed: Buffer) => Buffer): Buffer | undefined {
  const place = new URL(`${BUILT}/onnxruntime.wasm.${ending}`, import.meta.url);
  if (!existsSync(place)) return undefined;
  const packed = readFileSync(place);
  return unpack(packed).equals(WASM) ? packed : undefined;
}

/** Puts the files of onnxruntime-web beside the runtime; the large one packed: 3 MB, not 11, from any host. */
const onnxruntime = (isPackage: boolean): Plugin => ({
  name: "onnxruntime",
  generateBundle() {
    const put = (fileName: string, source: string | Buffer): unknown => this.emitFile({ type: "asset", fileName, source });
    for (const { name, module, glue } of PARTS.filter(({ forAll }) => forAll || isPackage)) {
      put(`${name}.js`, withoutMap(read(module)));
      put(`${name}.glue.js`, read(`${glue}.mjs`));
    }
    put("onnxruntime.wasm.gz", PACKED.gz);
    if (isPackage) put("onnxruntime.webgpu.wasm.gz", gzipSync(read("ort-wasm-simd-threaded.jsep.wasm"), { level: 9 }));
    if (isPackage) put("LICENSE", readFileSync(new URL("../LICENSE", import.meta.url)));
    else put("onnxruntime.wasm.br", PACKED.br);
  },
});

/** Leave out the line that names a map, which is not there. */
function withoutMap(script: Buffer): string {
  return script.toString().replace(/\/\/# sourceMappingURL=.*\n?$/, "");
}

/** Leave out the marks that keep this build from resolving addresses: the bundler of a user's page shall resolve them. */
const unmarked: Plugin = {
  name: "unmarked",
  renderChunk: (code) => code.replaceAll(/new URL\(\s*\/\* @vite-ignore \*\/\s*/g, "new URL("),
};

/**
 * Builds the runtime for pages and Node: an ES module with its worker, and beside them what only networks need and load.
 *
 * With `--mode package` for npm, where people read it and bundle it: not minified, with the files for WebGPU.
 */
export default defineConfig(({ mode }) => {
  const isPackage = mode === "package";
  return {
    publicDir: false,
    plugins: [ascii, onnxruntime(isPackage), unmarked],
    define: { WASM_SUMS: JSON.stringify(WASM_SUMS) },
    build: {
      target: TARGET,
      outDir: isPackage ? "runtime/dist" : BUILT,
      emptyOutDir: true,
      lib: {
        entry: { textwright: "runtime/src/index.ts", "textwright.worker": "runtime/src/worker/worker.ts" },
        formats: ["es"],
        fileName: (_, name) => `${name}.js`,
      },
      minify: false,
      rolldownOptions: {
        external: [/^node:/, "onnxruntime-web/wasm", "textwright"],
        output: { minify: !isPackage, paths: { "onnxruntime-web/wasm": "./onnxruntime.js", textwright: "./textwright.js" } },
      },
    },
  };
});
