/**
 * A text while it is being normalised: its characters, and for each where in the raw text it came from.
 *
 * Places count code points of the raw text. The steps are those of the library's `NormalizedString`, so that what
 * it says of inserted and removed characters holds here, too.
 */

import { codesOf } from "./tables.js";

export interface Aligned {
  /** Code points. */
  readonly chars: readonly number[];
  /** Character `i` came from `[starts[i], ends[i])`. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Where the piece of the raw text begins that this came from. */
  readonly origin: number;
}

/** A match, or what lies between two: the characters [start, end). */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly match: boolean;
}

const NO_PAIR = 0xd800;
const QUESTION_MARK = 0x3f;

/** Begin with a raw text. A half of a surrogate pair that stands alone is read as `?`, as Python reads it. */
export function alignedOf(text: string): Aligned {
  const chars = codesOf(text).map((code) => (code >= NO_PAIR && code <= 0xdfff ? QUESTION_MARK : code));
  return { chars, starts: chars.map((_, i) => i), ends: chars.map((_, i) => i + 1), origin: 0 };
}

export function textOf(chars: readonly number[]): string {
  let text = "";
  for (let i = 0; i < chars.length; i += 4096) text += String.fromCodePoint(...chars.slice(i, i + 4096));
  return text;
}

/** Cut the characters [start, end) out. */
export function sliceOf(text: Aligned, start: number, end: number): Aligned {
  const { chars, starts, ends, origin } = text;
  if (start === 0 && end === chars.length) return { ...text, origin: starts[0] ?? origin };
  return {
    chars: chars.slice(start, end),
    starts: starts.slice(start, end),
    ends: ends.slice(start, end),
    origin: starts[start] ?? origin,
  };
}

/** Replace each character by one other. */
export function mapped(text: Aligned, change: (code: number) => number): Aligned {
  return { ...text, chars: text.chars.map(change) };
}

/** Keep the characters for which `keep` holds. */
export function filtered(text: Aligned, keep: (code: number) => boolean): Aligned {
  if (text.chars.every(keep)) return text;
  const kept = [...text.chars.keys()].filter((i) => keep(text.chars[i] as number));
  return {
    chars: kept.map((i) => text.chars[i] as number),
    starts: kept.map((i) => text.starts[i] as number),
    ends: kept.map((i) => text.ends[i] as number),
    origin: text.origin,
  };
}

/**
 * New characters for a text, each with what it does to the old ones: 0 takes the place of the next one, -n that of
 * the next one and of n more, anything above 0 is inserted and shares the place of the old one before.
 */
export class Rewriting {
  readonly chars: number[] = [];
  readonly changes: number[] = [];

  add(code: number, change: number): void {
    this.chars.push(code);
    this.changes.push(change);
  }

  /** Apply the changes. */
  of(old: Aligned): Aligned {
    const starts: number[] = [];
    const ends: number[] = [];
    let place = 0;
    for (const change of this.changes) {
      const from = Math.min(change > 0 ? place - 1 : place, old.chars.length - 1);
      starts.push(from < 0 ? old.origin : (old.starts[from] as number));
      ends.push(from < 0 ? old.origin : (old.ends[from] as number));
      if (change <= 0) place += 1 - change;
    }
    return { chars: this.chars, starts, ends, origin: old.origin };
  }
}

/** Put characters before a text; they share the place of its first. An empty text stays empty. */
export function prepended(text: Aligned, before: readonly number[]): Aligned {
  if (text.chars.length === 0) return text;
  const many = <T>(value: T): T[] => before.map(() => value);
  return {
    chars: [...before, ...text.chars],
    starts: [...many(text.starts[0] as number), ...text.starts],
    ends: [...many(text.ends[0] as number), ...text.ends],
    origin: text.origin,
  };
}

/** Put `made` in the place of each match; it shares the place of the match's last character. */
export function replaced(text: Aligned, stretches: readonly Stretch[], made: readonly number[]): Aligned {
  if (!stretches.some(({ match }) => match)) return text;
  const chars: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const add = (code: number, from: number): void => {
    chars.push(code);
    starts.push(from < 0 ? text.origin : (text.starts[from] as number));
    ends.push(from < 0 ? text.origin : (text.ends[from] as number));
  };
  for (const { start, end, match } of stretches) {
    if (match) for (const code of made) add(code, end - 1);
    else for (let i = start; i < end; i++) add(text.chars[i] as number, i);
  }
  return { chars, starts, ends, origin: text.origin };
}
