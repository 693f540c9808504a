/** Work on many texts that can be given up between them. */

import type { PredictOptions } from "./model.js";

/** Texts that are answered before anybody else gets a turn. */
const AT_ONCE = 8;

/** Answer texts, some at a time where a signal may end it: between them the page gets its turn and can send the signal. */
export async function inTurn<T>(
  texts: readonly string[],
  { signal }: PredictOptions,
  answer: (some: readonly string[]) => Promise<T[]> | T[],
): Promise<T[]> {
  if (signal === undefined) return answer(texts);
  signal.throwIfAborted();
  const found: T[] = [];
  for (let done = 0; done < texts.length; done += AT_ONCE) {
    if (done > 0) await turn();
    signal.throwIfAborted();
    found.push(...(await answer(texts.slice(done, done + AT_ONCE))));
  }
  signal.throwIfAborted();
  return found;
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
