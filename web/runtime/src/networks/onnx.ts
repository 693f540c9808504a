/**
 * Run a graph by onnxruntime-web. It and its WebAssembly are loaded when the first graph is opened, so that a page
 * with rules alone loads neither.
 */

import { ModelError } from "../errors.js";
import { addressOf, fetchBytes } from "../loading/folder.js";
import type { LoadOptions } from "../model.js";

/** Where the graph lies in a model folder. */
export const GRAPH = "onnx/model.onnx";

/** Numbers in rows; the last of `dims` runs fastest. */
export interface Numbers<T extends Int32Array | Float32Array> {
  readonly data: T;
  readonly dims: readonly number[];
}

export type Inputs = Readonly<Record<string, Numbers<Int32Array> | Numbers<Float32Array>>>;
export type Outputs = Readonly<Record<string, Numbers<Float32Array>>>;

/** A graph that is ready to run, until it is closed. */
export interface Graph {
  run(inputs: Inputs): Promise<Outputs>;
  close(): void;
}

type Runtime = typeof import("onnxruntime-web/wasm");

let started: Promise<Runtime> | undefined;

/** Open a graph while onnxruntime is loaded. */
export async function openGraph(content: Promise<Uint8Array>, { wasm }: LoadOptions = {}): Promise<Graph> {
  const starting = start(wasm);
  starting.catch(() => undefined); // what is wrong with the folder is told first
  const graph = await content;
  const runtime = await starting;
  const session = await runtime.InferenceSession.create(graph, { graphOptimizationLevel: "all" }).catch((error: unknown) => {
    throw new ModelError(`onnxruntime cannot read the graph: ${(error as Error).message}`);
  });
  return {
    run: async (inputs) => {
      const tensors = Object.entries(inputs).map(([name, { data, dims }]) => [name, new runtime.Tensor(data, dims)]);
      const found = await session.run(Object.fromEntries(tensors));
      return Object.fromEntries(Object.entries(found).map(([name, { data, dims }]) => [name, { data: data as Float32Array, dims }]));
    },
    close: () => void session.release(),
  };
}

/** Load onnxruntime once; try again after a failure. */
function start(wasm: string | URL | undefined): Promise<Runtime> {
  started ??= load(wasm).catch((error: unknown) => {
    started = undefined;
    throw error;
  });
  return started;
}

async function load(wasm: string | URL | undefined): Promise<Runtime> {
  const beside = (name: string): URL => new URL(name, import.meta.url);
  const address = wasm === undefined ? beside("onnxruntime.wasm.gz") : new URL(await addressOf(String(wasm)));
  const [runtime, binary] = await Promise.all([import("onnxruntime-web/wasm"), fetchBytes(address)]);
  runtime.env.wasm.numThreads = 1;
  runtime.env.wasm.wasmPaths = { mjs: beside("onnxruntime.glue.js").href };
  runtime.env.wasm.wasmBinary = await unpacked(address, binary);
  return runtime;
}

/** Unpack a gzip file; a server may have done so on the way. */
async function unpacked(address: URL, content: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  if (content[0] === 0x1f && content[1] === 0x8b) {
    return new Response(new Blob([content]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  }
  if (content[0] === 0 && content[1] === 0x61) return content.buffer;
  throw new ModelError(`${address.href} is no WebAssembly. It lies beside the runtime, or where the option wasm says`);
}
