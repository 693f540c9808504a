/** The page's side: a model that answers from a worker of its own. */

import { addressOf } from "../loading/address.js";
import { ModelError } from "../errors.js";
import type { EvidenceOptions, LoadOptions, Model, Progress } from "../model.js";
import type { Fault, FromWorker, Opened, Question, Sendable, ToWorker } from "./messages.js";

const NAME = "textwright.worker.js";
const CANNOT_START =
  `the worker cannot be started. ${NAME} lies beside the runtime, and the page's Content-Security-Policy allows it: ` +
  "worker-src 'self', and blob: for a runtime of another origin";

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** What a request is without its number. */
type Request = { readonly load: string; readonly options: Sendable<LoadOptions> } | { readonly ask: Question; readonly given: readonly string[] | string; readonly options: object };

/** Say whether there are workers: in pages and in workers, not in Node and its like. */
export function hasWorkers(): boolean {
  return typeof Worker !== "undefined" && typeof location !== "undefined";
}

/** Load a model in a worker. */
export async function loadInWorker(address: string, options: LoadOptions): Promise<Model> {
  const { onProgress, signal, worker: _, ...others } = options;
  const line = new Line();
  try {
    const sendable = { ...others, ...wholeAddresses(options) };
    const opened = (await line.ask({ load: address, options: sendable }, signal, onProgress)) as Opened;
    return modelOf(line, opened);
  } catch (error) {
    line.close();
    throw error;
  }
}

/** Addresses as a worker needs them, which knows nothing of the page's. */
function wholeAddresses({ wasm, webgpu }: LoadOptions): Pick<LoadOptions, "wasm" | "webgpu"> {
  return {
    ...(wasm !== undefined && { wasm: addressOf(String(wasm)) }),
    ...(webgpu !== undefined && { webgpu: addressOf(String(webgpu)) }),
  };
}

/** A model that can be asked what the one in the worker can be asked. */
function modelOf(line: Line, { schema, answers }: Opened): Model {
  const asking =
    (question: Question) =>
    (given: readonly string[] | string, { signal, ...options }: EvidenceOptions = {}): Promise<unknown> =>
      line.ask({ ask: question, given, options }, signal);
  const asked = Object.fromEntries(answers.map((question) => [question, asking(question)]));
  return { schema, close: () => line.close(), ...asked } as Model;
}

/** A worker, and who waits for its answers. */
class Line {
  private readonly waiting = new Map<number, Waiting>();
  private readonly worker: Worker;
  private readonly release: () => void;
  private ended: ModelError | undefined;
  private asked = 0;

  constructor() {
    ({ worker: this.worker, release: this.release } = started());
    this.worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.hear(data);
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.end(new ModelError(event.message ? `the worker ended: ${event.message}` : CANNOT_START));
    };
  }

  /** Ask the worker; when the signal says stop, drop what was asked. */
  ask(request: Request, signal?: AbortSignal, onProgress?: (progress: Progress) => void): Promise<unknown> {
    if (this.ended !== undefined) return Promise.reject(this.ended);
    if (signal?.aborted === true) return Promise.reject(signal.reason as Error);
    const id = this.asked++;
    const answer = new Promise<unknown>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject, onProgress });
      this.send({ id, ...request } as ToWorker);
    });
    if (signal === undefined) return answer;
    const stop = (): void => this.drop(id, signal.reason as Error);
    signal.addEventListener("abort", stop, { once: true });
    return answer.finally(() => signal.removeEventListener("abort", stop));
  }

  close(): void {
    this.end(new ModelError("the model is closed"));
  }

  private hear(said: FromWorker): void {
    this.release(); // the worker runs, and has read what it was started from
    const asker = this.waiting.get(said.id);
    if ("progress" in said) return asker?.onProgress?.(said.progress);
    this.waiting.delete(said.id);
    if ("answer" in said) asker?.resolve(said.answer);
    else asker?.reject(errorOf(said.fault));
  }

  private drop(id: number, reason: Error): void {
    this.send({ id, cancel: true });
    this.waiting.get(id)?.reject(reason);
    this.waiting.delete(id);
  }

  private end(reason: ModelError): void {
    this.ended ??= reason;
    this.worker.terminate();
    this.release();
    for (const { reject } of this.waiting.values()) reject(reason);
    this.waiting.clear();
  }

  private send(message: ToWorker): void {
    this.worker.postMessage(message);
  }
}

/** A worker; `release` gives back what it was started from. */
interface Started {
  readonly worker: Worker;
  readonly release: () => void;
}

/** Start the worker that lies beside the runtime. */
function started(): Started {
  const { origin } = new URL(import.meta.url);
  try {
    if (origin !== location.origin) return importing(new URL(NAME, import.meta.url));
    const worker = new Worker(new URL(/* @vite-ignore */ "./textwright.worker.js", import.meta.url), { type: "module" });
    return { worker, release: () => undefined };
  } catch (error) {
    throw new ModelError(`${CANNOT_START} (${(error as Error).message})`);
  }
}

/** Browsers start no worker from another origin, but one that imports from there. */
function importing({ href }: URL): Started {
  const made = URL.createObjectURL(new Blob([`import ${JSON.stringify(href)};`], { type: "text/javascript" }));
  return { worker: new Worker(made, { type: "module" }), release: () => URL.revokeObjectURL(made) };
}

/** Make the error again that a worker threw. */
function errorOf({ ours, name, message }: Fault): Error {
  return ours ? new ModelError(message) : Object.assign(new Error(message), { name });
}
