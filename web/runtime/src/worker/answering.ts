/** The worker's side: holds one model and answers one request after the other. */

import { ModelError } from "../errors.js";
import { load } from "../loading/load.js";
import type { Model } from "../model.js";
import { turn } from "../turns.js";
import { type AskRequest, type CancelRequest, type FromWorker, type LoadRequest, type Opened, type Question, QUESTIONS, type ToWorker } from "./messages.js";

type Request = Exclude<ToWorker, CancelRequest>;
type Answering = Readonly<Partial<Record<Question, (given: unknown, options: object) => Promise<unknown>>>>;

/** Answer the page that started this worker. */
export function answerPage(): void {
  const waiting = new Map<number, AbortController>();
  const holder: Holder = { model: undefined };
  let last: Promise<void> = Promise.resolve();
  addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
    if ("cancel" in data) return waiting.get(data.id)?.abort();
    const stop = new AbortController();
    waiting.set(data.id, stop);
    last = last.then(async () => {
      await turn(); // what came in the meantime may drop it
      await answer(data, holder, stop.signal);
      waiting.delete(data.id);
    });
  });
}

/** The one model of a worker, once it is loaded. */
interface Holder {
  model: Model | undefined;
}

async function answer(request: Request, holder: Holder, signal: AbortSignal): Promise<void> {
  const { id } = request;
  try {
    signal.throwIfAborted();
    send({ id, answer: "load" in request ? await open(request, holder, signal) : await ask(request, holder, signal) });
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    send({ id, fault: { ours: error instanceof ModelError, name, message } });
  }
}

async function open({ id, load: folder, options }: LoadRequest, holder: Holder, signal: AbortSignal): Promise<Opened> {
  const model = await load(folder, { ...options, signal, onProgress: (progress) => send({ id, progress }) });
  holder.model = model;
  return { schema: model.schema, answers: QUESTIONS.filter((question) => question in model) };
}

async function ask({ ask: question, given, options }: AskRequest, { model }: Holder, signal: AbortSignal): Promise<unknown> {
  return (model as Answering | undefined)?.[question]?.(given, { ...options, signal });
}

function send(message: FromWorker): void {
  postMessage(message);
}
