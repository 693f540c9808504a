/** Where a selection can stop: the words of a text and the edges between its characters, in UTF-16 units. */

import type { Place } from "./state.js";

const WORDS = new Intl.Segmenter("en", { granularity: "word" });
const CHARACTERS = new Intl.Segmenter("en", { granularity: "grapheme" });
const CURRENCY = /^\p{Sc}$/u;
const NUMBER = /^\p{Nd}/u;
const GLUED_BEHIND = /^[+#%]$/;
const SYMBOL = /\p{So}/u;

export interface Ruler {
  readonly length: number;
  readonly words: readonly Place[];
  /** Every place between two characters as a reader sees them, with both ends of the text. */
  readonly edges: readonly number[];
}

/** Measure a text once: its words and the edges of its characters. */
export function rulerOf(text: string): Ruler {
  const edges = Array.from(CHARACTERS.segment(text), ({ index }) => index);
  return { length: text.length, words: wordsIn(text), edges: [...edges, text.length] };
}

/** List the words; a text without any has each run without white space as one. */
export function wordsIn(text: string): Place[] {
  const segments = [...WORDS.segment(text)];
  const words = segments.flatMap(({ segment, isWordLike }, i) => {
    if (isWordLike !== true) return SYMBOL.test(segment) ? [placeOf(segments, i, i)] : [];
    return [placeOf(segments, beginning(segments, i), ending(segments, i))];
  });
  return words.length > 0 ? words : runsIn(text);
}

function placeOf(segments: readonly Intl.SegmentData[], from: number, to: number): Place {
  const last = segments[to] as Intl.SegmentData;
  return { start: (segments[from] as Intl.SegmentData).index, end: last.index + last.segment.length };
}

/** A currency sign belongs to the number behind it. */
function beginning(segments: readonly Intl.SegmentData[], i: number): number {
  const before = segments[i - 1]?.segment ?? "";
  return CURRENCY.test(before) && NUMBER.test((segments[i] as Intl.SegmentData).segment) ? i - 1 : i;
}

/** `C++`, `C#` and `50%` are words. */
function ending(segments: readonly Intl.SegmentData[], i: number): number {
  let last = i;
  while (GLUED_BEHIND.test(segments[last + 1]?.segment ?? "")) last++;
  return last;
}

function runsIn(text: string): Place[] {
  return Array.from(text.matchAll(/\S+/gu), ({ index, 0: run }) => ({ start: index, end: index + run.length }));
}
