/** Annotate many texts without stopping the page, and give up as soon as they are outdated. */

import type { Annotation, Model } from "textwright";

const CHUNK = 100;

export interface Reading {
  readonly texts: readonly string[];
  readonly annotations: readonly Annotation[];
  /** The time spent in the model. */
  readonly milliseconds: number;
}

/** Annotate texts; return undefined when `outdated` says that nobody wants the answer any more. */
export async function read(model: Model, texts: readonly string[], outdated: () => boolean): Promise<Reading | undefined> {
  const annotations: Annotation[] = [];
  let milliseconds = 0;
  for (let start = 0; start < texts.length; start += CHUNK) {
    const began = performance.now();
    annotations.push(...(await model.predict(texts.slice(start, start + CHUNK))));
    milliseconds += performance.now() - began;
    await new Promise((resolve) => setTimeout(resolve));
    if (outdated()) return undefined;
  }
  return { texts, annotations, milliseconds };
}

/** Say how long a text took, in the unit that reads best. */
export function perText({ texts, milliseconds }: Reading): string {
  const each = milliseconds / Math.max(texts.length, 1);
  return each < 1 ? `${Math.max(1, Math.round(each * 1000))} µs` : `${each.toFixed(1)} ms`;
}
