/** What a model says of a text. Offsets count UTF-16 units: `text.slice(span.start, span.end)`. */

export interface Span {
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly score?: number;
}

/** A label for the whole text, as an answer to `task`. */
export interface Category {
  readonly task: string;
  readonly label: string;
  readonly score?: number;
}

/** A layer that the model does not annotate is null; an empty one says that nothing is there. */
export interface Annotation {
  readonly spans: readonly Span[] | null;
  readonly categories: readonly Category[] | null;
}

/** Probabilities for one text: spans that may be there and every category, each with its score. */
export interface Scores {
  readonly spans: readonly Span[];
  readonly categories: readonly Category[];
}

/** Which rule of which phase made a span, and the stretch of text that the whole rule took. */
export interface Explanation {
  readonly span: Span;
  readonly phase: string;
  readonly rule: string;
  readonly start: number;
  readonly end: number;
}

/** Sort spans by start; of two that start together the longer comes first. */
export function inOrder(spans: readonly Span[]): Span[] {
  return [...spans].sort((a, b) => a.start - b.start || b.end - a.end || compare(a.label, b.label));
}

/** Compare by code points, as Python does. */
export function compare(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  const i = left.findIndex((char, place) => char !== right[place]);
  if (i < 0) return left.length - right.length;
  return (left[i]?.codePointAt(0) ?? -1) - (right[i]?.codePointAt(0) ?? -1);
}
