/** Answers of which only the newest counts, as while somebody types. */

import type { Model } from "./model.js";
import type { Annotation } from "./types.js";

export interface Latest {
  /** Annotate a text; `undefined` when a newer call came before the answer. */
  predict(text: string): Promise<Annotation | undefined>;
}

/**
 * Ask a model so that a newer text drops the older: its work is not begun when it waits, and ends early when it computes.
 *
 * ```js
 * const newest = latest(model);
 * input.oninput = async () => {
 *   const annotation = await newest.predict(input.value);
 *   if (annotation !== undefined) show(annotation);
 * };
 * ```
 */
export function latest(model: Pick<Model, "predict">): Latest {
  let current = new AbortController();
  return {
    predict: async (text) => {
      current.abort();
      const { signal } = (current = new AbortController());
      try {
        const [annotation] = await model.predict([text], { signal });
        return signal.aborted ? undefined : annotation;
      } catch (error) {
        if (signal.aborted) return undefined;
        throw error;
      }
    },
  };
}
