/** Work on many texts that can be given up between them. */

import { ModelError } from "./errors.js";
import type { PredictOptions } from "./model.js";

/** Milliseconds for which nobody else gets a turn. */
const ENOUGH = 16;
/** How much of a text an error repeats, in UTF-16 units. */
const SHOWN = 60;

/** Answer texts, some at a time where a signal may end it: between them the page gets its turn and can send the signal. */
export async function inTurn<T>(
  texts: readonly string[],
  { signal }: PredictOptions,
  answer: (some: readonly string[]) => Promise<T[]> | T[],
): Promise<T[]> {
  refuseOtherThanTexts(texts);
  if (signal === undefined) return answer(texts);
  signal.throwIfAborted();
  const found: T[] = [];
  for (let size = 1, done = 0; done < texts.length; done = found.length) {
    if (done > 0) await turn();
    signal.throwIfAborted();
    const began = performance.now();
    found.push(...(await answer(texts.slice(done, done + size))));
    size = performance.now() - began < ENOUGH ? size * 2 : Math.max(1, size >> 1);
  }
  signal.throwIfAborted();
  return found;
}

/** Throw for one string in the place of several texts, and for what is no text among them: JavaScript would answer some of it. */
function refuseOtherThanTexts(texts: unknown): void {
  if (typeof texts === "string")
    throw new ModelError(`found one string, '${texts.slice(0, SHOWN)}', expected a list of texts. For one text write [text]`);
  if (!Array.isArray(texts)) throw new ModelError(`found ${typeof texts}, expected a list of texts`);
  const place = texts.findIndex((each) => typeof each !== "string");
  if (place >= 0) throw new ModelError(`text ${String(place)} is ${String(texts[place]).slice(0, SHOWN)}, expected a string`);
}

/** Yield the parts of something long; where a signal may end it, the page gets its turn before each. */
export async function* inParts<T>(parts: Iterable<T>, { signal }: PredictOptions): AsyncGenerator<T> {
  for (const part of parts) {
    if (signal !== undefined) await turn();
    signal?.throwIfAborted();
    yield part;
  }
}

/** Wait until what has come in the meantime, such as keys and messages, has been dealt with. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
