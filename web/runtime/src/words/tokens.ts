/** The words of a text as the rules see them, with their places in the raw text. */

import { clean, raw } from "./clean.js";
import { type Shape, shapeOf } from "./codes.js";
import { cut, fold, GAP } from "./words.js";

export interface Word {
  /** The place in UTF-16 units; a gap is empty. */
  readonly start: number;
  readonly end: number;
  /** In lower case, repaired; dashes are `–`, hyphens `-`; a gap is empty. */
  readonly form: string;
  readonly kind: Shape;
  /** Whether no white space stands before it. */
  readonly glued: boolean;
}

/** Clean a text and cut it into words, numbers, symbols and gaps. */
export function wordsOf(text: string): Word[] {
  const mapped = clean(text);
  const { surfaces, starts, ends, glued } = cut(mapped.text);
  return surfaces.map((surface, i) => {
    const form = fold(surface);
    const [start, end] = place(starts[i] as number, ends[i] as number);
    return { start, end, form: surface === GAP ? "" : form, kind: shapeOf(surface, form), glued: glued[i] as boolean };
  });

  function place(start: number, end: number): [number, number] {
    if (start < end) return raw(mapped, start, end);
    const at = raw(mapped, start, start + 1)[0];
    return [at, at];
  }
}
