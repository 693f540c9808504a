/** Where a selection can stop: the words of a text and the edges between its characters, in UTF-16 units. */

import type { Place } from "./state.js";

const WORDS = new Intl.Segmenter("en", { granularity: "word" });
const CHARACTERS = new Intl.Segmenter("en", { granularity: "grapheme" });
const CURRENCY = /^\p{Sc}$/u;
const NUMBER = /^\p{Nd}/u;
const GLUED_BEHIND = /^[+#%]$/;
const SYMBOL = /\p{So}/u;
/** What nobody sees: soft hyphens, characters without width, marks of direction. Within a word it stays, at its end it is none of it. */
const UNSEEN = "\\u00ad\\u061c\\u200b\\u200c\\u200e\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff";
/** Unicode lets a narrow space join what stands around it, as in "2 450"; French sets it before each "!". */
const NARROW = "\\u202f";
const CLINGING = new RegExp(`^[${UNSEEN}${NARROW}]+$`, "u");
const PARTS = new RegExp(`(?:(?![${UNSEEN}]*(?:${NARROW}|$))[^${NARROW}])+|[${UNSEEN}${NARROW}]+`, "gu");

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
  const segments = Array.from(WORDS.segment(text), bare).flat();
  const words = segments.flatMap(({ segment, isWordLike }, i) => {
    if (isWordLike !== true) return SYMBOL.test(segment) ? [placeOf(segments, i, i)] : [];
    return [placeOf(segments, beginning(segments, i), ending(segments, i))];
  });
  return words.length > 0 ? words : runsIn(text);
}

/** Part a word from the narrow spaces in it, and from what nobody sees at its end. */
function bare(found: Intl.SegmentData): Intl.SegmentData[] {
  if (found.isWordLike !== true) return [found];
  return Array.from(found.segment.matchAll(PARTS), ({ index, 0: segment }) => ({
    ...found,
    segment,
    index: found.index + index,
    isWordLike: !CLINGING.test(segment),
  }));
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
