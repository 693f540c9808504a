/** Read the vectors of spec/, which Python, Node and Chromium must all satisfy, and ask the runtime. */

import { offsetsOf, rulesModel, type Span, wordsOf } from "textwright";

export interface WordVector {
  readonly text: string;
  readonly words: readonly (readonly string[])[];
}

export interface PatternVector {
  readonly about: string;
  readonly rules: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly texts?: readonly string[];
  readonly error?: boolean;
}

export type Mark = readonly [start: number, end: number, label: string];

/** Describe the words of a text as the vectors do. */
export function describeWords(text: string): string[][] {
  return wordsOf(text).map(({ start, end, form, kind, glued }) => {
    const words = [text.slice(start, end), form, kind];
    return glued && kind !== "gap" ? [...words, "glued"] : words;
  });
}

/** Take the marks `⟦LABEL words⟧` out of a text; offsets are UTF-16 units. */
export function unmark(marked: string): { text: string; marks: Mark[] } {
  const opened: [number, string][] = [];
  const marks: Mark[] = [];
  let text = "";
  for (const piece of marked.split(/(⟦[A-Z]+ |⟧)/u)) {
    if (piece.startsWith("⟦")) opened.push([text.length, piece.slice(1, -1)]);
    else if (piece !== "⟧") text += piece;
    else {
      const [start, label] = opened.pop() as [number, string];
      marks.push([start, text.length, label]);
    }
  }
  return { text, marks: marks.sort((a, b) => a[0] - b[0] || b[1] - a[1] || (a[2] < b[2] ? -1 : 1)) };
}

export function marksOf(spans: readonly Span[] | null): Mark[] {
  return (spans ?? []).map(({ start, end, label }) => [start, end, label]);
}

/** The marks in code points, as files have them. */
export function inPoints(text: string, spans: readonly Span[] | null): Mark[] {
  const { toPoints } = offsetsOf(text);
  return marksOf(spans).map(([start, end, label]) => [toPoints(start), toPoints(end), label]);
}

/** Run the rules of a vector over one of its texts. */
export async function runVector({ rules, files }: PatternVector, text: string): Promise<Mark[]> {
  const [annotation] = await rulesModel(rules.join("\n"), files).predict([text]);
  return marksOf(annotation?.spans ?? null);
}
