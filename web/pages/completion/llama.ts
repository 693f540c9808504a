/** A language model in this page: llama.cpp as WebAssembly, in a worker of its own. */

import { type RawCompletionChunk, Wllama } from "@wllama/wllama";
import { fetchFile, type OnShare } from "./fetching.js";
import { refuseOther } from "./gguf.js";
import { grammarOf, type Question } from "./question.js";

const WASM = new URL("../../node_modules/@wllama/wllama/esm/wasm/wllama.wasm", import.meta.url).href;
const MOST_PIECES = 96;
/** Longer contexts cost memory, and a page's reader waits for them. */
const LONGEST_CONTEXT = 2048;
/** Code has about three characters a piece. */
const CHARACTERS = 3;
/** Shorter prompts always fit. */
const SHORTEST_CUT = 200;
const MOST_THREADS = 4;
/** Between parts of a prompt of this size a computation can be given up. */
const PART = 64;

const nothing = (): void => undefined;
const SILENT = { debug: nothing, log: nothing, warn: nothing, error: nothing };

/** How long an answer took. */
export interface Pace {
  /** Milliseconds until the first piece. */
  readonly first: number;
  /** Pieces a second after it. */
  readonly rate: number;
}

export interface Answering {
  /** Gives the computation up. */
  readonly signal: AbortSignal;
  /** Called with all that is written so far; say `true` when it is enough. */
  readonly onText: (written: string) => boolean;
}

export interface Llama {
  readonly name: string;
  readonly bytes: number;
  readonly threads: number;
  /** How many characters a prompt may have. */
  readonly most: number;
  /** Write what most likely follows. Rejects with the signal's reason when it is given up. */
  complete(question: Question, answering: Answering): Promise<Pace>;
  close(): Promise<void>;
}

/** Start a model from its file; `onShare` hears how much of llama.cpp is there. Throw an error that says why it cannot run. */
export async function openLlama(file: Blob, name: string, onShare: OnShare): Promise<Llama> {
  refuseOldBrowser();
  await refuseOther(file, name);
  await fetchFile(WASM, onShare); // the worker takes it from the browser's cache; without it, it would wait for ever
  const inner = await started(file, name);
  const { n_ctx } = inner.getLoadedContextInfo();
  return {
    name,
    bytes: file.size,
    threads: inner.getNumThreads(),
    most: (n_ctx - MOST_PIECES) * CHARACTERS,
    complete: (question, answering) => completeFitting(inner, question, answering),
    close: () => inner.exit(),
  };
}

/** llama.cpp's module counts its memory in 64 bits; browsers without that cannot run it. */
function refuseOldBrowser(): void {
  try {
    new WebAssembly.Memory({ address: "i64", initial: 1n } as unknown as WebAssembly.MemoryDescriptor);
  } catch {
    throw new Error("This browser cannot run the model: it has no WebAssembly with 64-bit memory. Chrome, Edge and Firefox have it.");
  }
}

async function started(file: Blob, name: string): Promise<Wllama> {
  const inner = new Wllama({ default: WASM }, { logger: SILENT, suppressNativeLog: true });
  inner.setCompat(null); // the other build would come from somebody else's server
  try {
    await inner.loadModel([file], {
      n_ctx: LONGEST_CONTEXT,
      n_batch: PART,
      n_threads: threads(),
      n_gpu_layers: 0,
      n_parallel: 1,
      warmup: false,
    });
    if (inner.getLoadedContextInfo().n_vocab === 0) throw new Error("nothing was read"); // a failure that is not thrown
    return inner;
  } catch (error) {
    await inner.exit().catch(nothing);
    const why = "it is damaged, of a kind that llama.cpp does not know here, or too large for the memory";
    throw new Error(`${name} cannot be run: ${why}.`, { cause: error });
  }
}

/** Threads need a page that is isolated from others; half of the cores, for they wait for each other. */
function threads(): number {
  return crossOriginIsolated ? Math.min(MOST_THREADS, Math.max(1, navigator.hardwareConcurrency >> 1)) : 1;
}

/** Ask with less of a prompt that has more pieces than fit: nobody can tell beforehand, and llama.cpp refuses it. */
async function completeFitting(inner: Wllama, question: Question, answering: Answering): Promise<Pace> {
  try {
    return await complete(inner, question, answering);
  } catch (error) {
    const { prompt, given } = question;
    if (answering.signal.aborted || prompt.length < SHORTEST_CUT) throw error;
    return completeFitting(inner, { prompt: prompt.slice(prompt.length / 2), given }, answering);
  }
}

async function complete(inner: Wllama, { prompt, given }: Question, { signal, onText }: Answering): Promise<Pace> {
  signal.throwIfAborted();
  const enough = new AbortController();
  const began = performance.now();
  let [written, pieces, first] = ["", 0, 0];
  const onData = ({ choices }: RawCompletionChunk): void => {
    if (pieces === 0) first = performance.now() - began;
    pieces += 1;
    written += choices[0]?.text ?? "";
    if (!enough.signal.aborted && !signal.aborted && onText(written)) enough.abort();
  };
  const grammar = grammarOf(given);
  const asked = { prompt, max_tokens: MOST_PIECES, temperature: 0, ...(grammar !== "" && { grammar }) };
  try {
    await inner.createCompletion({ ...asked, stream: true, onData, abortSignal: AbortSignal.any([signal, enough.signal]) });
  } catch (error) {
    signal.throwIfAborted();
    if (!enough.signal.aborted) throw error;
  }
  return { first, rate: ((pieces - 1) * 1000) / (performance.now() - began - first) };
}
