/** Run a graph by onnxruntime-web, which is loaded when the first graph is opened: a page with rules alone never asks for it. */

import { unlessAborted } from "../loading/download.js";
import { ModelError } from "../errors.js";
import type { Opening } from "../loading/files.js";
import { deviceFor, start } from "./onnxruntime.js";

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

/** Open a graph while onnxruntime is loaded. */
export async function openGraph(content: Promise<Uint8Array>, options: Opening = {}): Promise<Graph> {
  const device = await deviceFor(options);
  const starting = start(device, options);
  starting.catch(() => undefined); // what is wrong with the folder is told first
  const graph = await content;
  const { InferenceSession, Tensor } = await unlessAborted(starting, options.signal);
  const settings = { graphOptimizationLevel: "all", executionProviders: [device], logSeverityLevel: 3 } as const;
  const session = await InferenceSession.create(graph, settings).catch((error: unknown) => {
    throw new ModelError(`onnxruntime cannot read the graph: ${(error as Error).message}`);
  });
  const run = async (inputs: Inputs): Promise<Outputs> => {
    const tensors = Object.entries(inputs).map(([name, { data, dims }]) => [name, new Tensor(data, dims)]);
    const found = await session.run(Object.fromEntries(tensors));
    return Object.fromEntries(Object.entries(found).map(([name, { data, dims }]) => [name, { data: data as Float32Array, dims }]));
  };
  return closing(oneByOne(run), () => session.release());
}

/** Let one run end before the next begins: a session on a graphics card takes one at a time. */
function oneByOne(run: Graph["run"]): Graph["run"] {
  let last: Promise<unknown> = Promise.resolve();
  return (inputs) => {
    const mine = last.then(() => run(inputs));
    last = mine.catch(() => undefined);
    return mine;
  };
}

/** Refuse what is asked once the session is given back. */
function closing(run: Graph["run"], release: () => Promise<void>): Graph {
  let isClosed = false;
  return {
    run: (inputs) => (isClosed ? Promise.reject(new ModelError("the model is closed")) : run(inputs)),
    close: () => {
      if (!isClosed) release().catch(() => undefined);
      isClosed = true;
    },
  };
}
