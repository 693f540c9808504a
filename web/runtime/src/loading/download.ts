/** Fetch files: once more after a fault of the network, and once for all who ask for the same at the same time. */

import { ModelError } from "../errors.js";

/** Milliseconds before a second attempt. */
const PAUSE = 300;

type Bytes = Uint8Array<ArrayBuffer>;
/** Called with the bytes that are there, and with the size of all where the host states it. */
type OnBytes = (loaded: number, size?: number) => void;

export interface DownloadOptions {
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Ask the host whether the file has changed, however long it was to be kept. */
  readonly fresh?: boolean;
  readonly onBytes?: OnBytes;
}

interface Running {
  readonly result: Promise<Bytes>;
  readonly waiting: Set<OnBytes>;
  readonly stop: AbortController;
}

const running = new Map<string, Running>();

/** Fetch a file over the network. Throw `ModelError` when there is none, and the signal's reason when it says stop. */
export async function download(url: URL, { headers = {}, signal, fresh = false, onBytes }: DownloadOptions = {}): Promise<Bytes> {
  signal?.throwIfAborted();
  const key = JSON.stringify([url.href, headers]);
  const common = running.get(key) ?? begin(key, url, { headers, cache: fresh ? "no-cache" : "default" });
  const mine: OnBytes = (loaded, size) => onBytes?.(loaded, size);
  common.waiting.add(mine);
  try {
    return await unlessAborted(common.result, signal);
  } finally {
    common.waiting.delete(mine);
    if (common.waiting.size === 0) leave(key, common);
  }
}

function begin(key: string, url: URL, init: RequestInit): Running {
  const stop = new AbortController();
  const waiting = new Set<OnBytes>();
  const tell: OnBytes = (loaded, size) => waiting.forEach((each) => each(loaded, size));
  const result = twice(() => attempt(url, { ...init, signal: stop.signal }, tell), stop.signal).catch((error: unknown) => {
    throw error instanceof ModelError || stop.signal.aborted ? error : new ModelError(`${url.href}: ${(error as Error).message}${advice(url)}`);
  });
  result.catch(() => undefined); // nobody may be left to hear of it
  const begun = { result, waiting, stop };
  running.set(key, begun);
  return begun;
}

/** The last one who waited is gone: with the bytes, or without them. */
function leave(key: string, { stop, waiting }: Running): void {
  if (running.get(key)?.waiting === waiting) running.delete(key);
  stop.abort();
}

async function twice(step: () => Promise<Bytes>, signal: AbortSignal): Promise<Bytes> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof ModelError || signal.aborted) throw error;
  }
  await new Promise((resolve) => setTimeout(resolve, PAUSE));
  return step();
}

/** What may be wrong when a browser says no more than that it failed. */
function advice({ origin }: URL): string {
  if (typeof location === "undefined" || location.origin === origin) return "";
  return `. Does ${origin} allow this page to read it (Access-Control-Allow-Origin), and the page's Content-Security-Policy to ask it (connect-src)?`;
}

async function attempt(url: URL, init: RequestInit, onBytes: OnBytes): Promise<Bytes> {
  const response = await fetch(url, init);
  if (!response.ok) throw new ModelError(`${url.href}: the server answered ${response.status} ${response.statusText}`.trimEnd());
  const { body } = response;
  if (body === null) return new Uint8Array(await response.arrayBuffer());
  const isPacked = response.headers.has("Content-Encoding");
  const stated = isPacked ? undefined : Number(response.headers.get("Content-Length")) || undefined;
  return joined(body, (loaded) => onBytes(loaded, stated));
}

/** Read a stream to its end. */
async function joined(body: ReadableStream<Bytes>, onBytes: (loaded: number) => void): Promise<Bytes> {
  const pieces: Bytes[] = [];
  let size = 0;
  const reader = body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    pieces.push(next.value);
    size += next.value.length;
    onBytes(size);
  }
  const whole = new Uint8Array(size);
  pieces.reduce((place, piece) => (whole.set(piece, place), place + piece.length), 0);
  return whole;
}

/** Wait for a result, or throw the signal's reason as soon as it says stop. */
export function unlessAborted<T>(result: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return result;
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    if (signal.aborted) return stop();
    signal.addEventListener("abort", stop, { once: true });
    result.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
