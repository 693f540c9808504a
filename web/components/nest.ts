/** Turn spans into a tree that can be drawn: boxes inside boxes, and the text between them. */

import type { Schema, Span } from "textwright";

/** A span's box. `continued`: its beginning stands in an earlier box, since the spans cross. */
export interface Box {
  readonly span: Span;
  readonly continued: boolean;
  readonly pieces: readonly Piece[];
}
export type Piece = string | Box;

interface Stretch {
  readonly span: Span;
  readonly start: number;
  readonly end: number;
}

/** Nest spans by their places; of two on the same words the parent of the schema is outside. */
export function nest(text: string, spans: readonly Span[], schema: Schema): Piece[] {
  const stretches = spans.map((span) => ({ span, start: span.start, end: span.end }));
  return piecesOf(text, { start: 0, end: text.length }, sorted(stretches, schema), schema);
}

function piecesOf(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  stretches: readonly Stretch[],
  schema: Schema,
): Piece[] {
  const pieces: Piece[] = [];
  let done = start;
  let waiting = stretches;
  while (waiting.length > 0) {
    const [first, ...others] = waiting as [Stretch, ...Stretch[]];
    if (first.start > done) pieces.push(text.slice(done, first.start));
    const inner = others.filter((other) => other.start < first.end);
    pieces.push({
      span: first.span,
      continued: first.start > first.span.start,
      pieces: piecesOf(text, first, inner.map((other) => ({ ...other, end: Math.min(other.end, first.end) })), schema),
    });
    done = first.end;
    const left = inner.filter((other) => other.end > done).map((other) => ({ ...other, start: done }));
    waiting = sorted([...left, ...others.filter((other) => other.start >= done)], schema);
  }
  if (done < end) pieces.push(text.slice(done, end));
  return pieces;
}

function sorted(stretches: readonly Stretch[], schema: Schema): Stretch[] {
  const depth = ({ span }: Stretch): number => depthOf(span.label, schema);
  return [...stretches].sort((a, b) => a.start - b.start || b.end - a.end || depth(a) - depth(b));
}

/** Count a label's ancestors in the schema. */
function depthOf(label: string, schema: Schema): number {
  const seen = new Set<string>();
  let parent = parentOf(label, schema);
  while (parent !== undefined && !seen.has(parent)) {
    seen.add(parent);
    parent = parentOf(parent, schema);
  }
  return seen.size;
}

function parentOf(label: string, schema: Schema): string | undefined {
  return schema.labels.find(({ name }) => name === label)?.parent;
}
