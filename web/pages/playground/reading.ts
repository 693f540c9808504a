/** Annotate many texts by one model or two, a few at a time: first rows come soon, and outdated work ends at once. */

import type { Annotation, Model } from "textwright";

const FIRST = 16;
const MOST = 250;
/** What a part should take, in milliseconds. */
const PART = 80;

export interface Reading {
  readonly annotations: readonly Annotation[];
  /** The time spent in the model, its way to the worker or the server included. */
  readonly milliseconds: number;
  /** Why the model gave up; the texts before it are answered. */
  readonly error?: Error;
}

export const NOTHING: Reading = { annotations: [], milliseconds: 0 };

/**
 * Annotate texts by each model in turn, part by part, so that neither waits for the other to end and both are timed alone.
 *
 * Give a reading a model. `onPart` gets those so far. Throw the signal's reason when it aborts.
 */
export async function readAll(
  models: readonly Model[],
  texts: readonly string[],
  { signal, onPart }: { readonly signal: AbortSignal; readonly onPart: (readings: readonly Reading[], done: number) => void },
): Promise<Reading[]> {
  let readings: Reading[] = models.map(() => NOTHING);
  let size = FIRST;
  for (let start = 0; start < texts.length; start += size) {
    size = start === 0 ? FIRST : sizeOf(readings, start);
    const part = texts.slice(start, start + size);
    for (const [i, model] of models.entries()) {
      const grown = await extended(readings[i] as Reading, model, part, signal);
      readings = readings.with(i, grown);
    }
    onPart(readings, start + part.length);
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
  }
  return readings;
}

/** Choose how many texts come next by what those before took. */
function sizeOf(readings: readonly Reading[], done: number): number {
  const each = readings.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / done;
  return Math.max(1, Math.min(MOST, Math.round(PART / Math.max(each, 0.01))));
}

async function extended(reading: Reading, model: Model, part: readonly string[], signal: AbortSignal): Promise<Reading> {
  if (reading.error !== undefined) return reading;
  const began = performance.now();
  try {
    const found = await model.predict(part, { signal });
    return { annotations: [...reading.annotations, ...found], milliseconds: reading.milliseconds + performance.now() - began };
  } catch (error) {
    signal.throwIfAborted();
    return { ...reading, error: error as Error };
  }
}

/** Say how long a text took, in the unit that reads best. */
export function perText({ annotations, milliseconds }: Reading): string {
  const each = milliseconds / Math.max(annotations.length, 1);
  return each < 1 ? `${Math.max(1, Math.round(each * 1000))} µs` : `${each.toFixed(1)} ms`;
}
