/** What the server says of the step. */

export interface Score {
  readonly right: number;
  readonly low: number;
  readonly high: number;
  readonly texts: number;
  /** How many of these were shown as mistakes to whoever wrote the method, before it was changed. */
  readonly seen: number;
}

export interface Method {
  readonly method: string;
  readonly title: string;
  readonly score: Score | null;
  /** The score in words, such as "right for 11 of 15 texts", and in few: the share, and between which it likely lies. */
  readonly said: string;
  /** What right means, and what is counted by itself. */
  readonly apart: string;
  readonly share: string;
  readonly likely: string;
  readonly size_bytes: number | null;
  readonly ms: number | null;
  readonly why_not: string | null;
}

export interface Way {
  readonly name: string;
  readonly title: string;
  readonly words: string;
  /** Lines for a terminal that bring what `code` needs; empty: nothing. */
  readonly before: string;
  readonly code: string;
}

/** What stands in the project's folder `model/`. */
export interface ShippedModel {
  readonly method: string;
  readonly version: string;
  readonly size_bytes: number;
  readonly why_no_form: string | null;
  readonly ways: readonly Way[];
}

export interface Offer {
  readonly methods: readonly Method[];
  readonly judged: boolean;
  readonly report: boolean;
  readonly chosen: string | null;
  /** The chosen method's model stands in `model/`. */
  readonly ready: boolean;
  readonly tries: readonly string[];
  readonly annotated: number;
  /** Something was changed since the methods were judged. */
  readonly stale: boolean;
  /** Some methods are not judged yet. */
  readonly unfinished: boolean;
  readonly model: ShippedModel | null;
  readonly busy: boolean;
  readonly fault: string | null;
}

/** Write a size as people do. */
export function sizeInWords(bytes: number): string {
  return bytes < 999_500 ? `${Math.max(1, Math.round(bytes / 1_000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Write how long a text takes. */
export function timeInWords(ms: number): string {
  if (ms < 1) return "less than 1 ms";
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
