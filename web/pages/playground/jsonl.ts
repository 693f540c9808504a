/** Write annotations in textwright's file format: a JSON object a line, offsets in code points. */

import { type Annotation, offsetsOf } from "textwright";

export function toJsonl(texts: readonly string[], annotations: readonly Annotation[]): string {
  return annotations.map((annotation, i) => `${lineOf(texts[i] as string, annotation)}\n`).join("");
}

function lineOf(text: string, { spans, categories }: Annotation): string {
  const { toPoints } = offsetsOf(text);
  const inPoints = spans?.map((span) => ({ ...span, start: toPoints(span.start), end: toPoints(span.end) }));
  return JSON.stringify({ text, ...(inPoints && { spans: inPoints }), ...(categories && { categories }) });
}
