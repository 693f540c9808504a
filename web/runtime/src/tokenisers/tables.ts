/**
 * Tables of characters as the library `tokenizers` has them: unicode.json, by tools/make_tokeniser_tables.py.
 *
 * Browsers follow other versions of Unicode. Of a browser only that is used which no version changes: how a
 * character of these tables is decomposed.
 */

import common from "../../../../src/textwright/wrangle/unicode.json";
import data from "./unicode.json";

/** A set of code points in runs. */
export class Chars {
  constructor(
    readonly firsts: readonly number[],
    readonly lasts: readonly number[],
  ) {}

  /** Read numbers to the base 36: how far each run begins behind the one before, and how long it is. */
  static unpacked(packed: string): Chars {
    const numbers = packed.split(" ").map((number) => parseInt(number, 36));
    const firsts: number[] = [];
    const lasts: number[] = [];
    let end = 0;
    for (let i = 0; i + 1 < numbers.length; i += 2) {
      firsts.push(end + (numbers[i] as number));
      end += (numbers[i] as number) + (numbers[i + 1] as number);
      lasts.push(end - 1);
    }
    return new Chars(firsts, lasts);
  }

  has(code: number): boolean {
    let low = 0;
    let high = this.firsts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.lasts[middle] as number) < code) low = middle + 1;
      else high = middle;
    }
    return low < this.firsts.length && (this.firsts[low] as number) <= code;
  }

  /** Write the runs as they stand in a class of a regular expression. */
  get source(): string {
    return this.firsts.map((first, i) => `${escaped(first)}-${escaped(this.lasts[i] as number)}`).join("");
  }

  /** Give all other code points. */
  get others(): Chars {
    const firsts = [0, ...this.lasts.map((last) => last + 1)];
    const lasts = [...this.firsts.map((first) => first - 1), 0x10ffff];
    const some = [...firsts.keys()].filter((i) => (firsts[i] as number) <= (lasts[i] as number));
    return new Chars(some.map((i) => firsts[i] as number), some.map((i) => lasts[i] as number));
  }
}

function escaped(code: number): string {
  return `\\u{${code.toString(16)}}`;
}

/** Make a table of single characters. */
function charsOf(text: string): Chars {
  const codes = [...text].map((char) => char.codePointAt(0) as number);
  return new Chars(codes, codes);
}

/** Unpack a table when it is first asked, so that nobody waits for what a tokeniser does not need. */
function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

const table = (packed: string): (() => Chars) => lazily(() => Chars.unpacked(packed));

export const WHITE_SPACE = lazily(() => charsOf(common.white_space));
/** What BERT's clean-up removes: controls, private and unassigned characters of its Unicode version. */
export const REMOVED = table(data.removed);
/** Marks without a width, which BERT takes for accents. */
export const ACCENTS = table(data.accents);
/** All marks that combine. */
export const MARKS = table(data.marks);
const PUNCTUATION = table(data.punctuation);
export const DIGITS = table(data.digits);
export const IN_WORD = table(data.word);
export const CANONICAL = table(data.canonical);
export const COMPATIBLE = table(data.compatible);
export const JOINS_BEFORE = table(data.joins_before);
export const JOINS_AFTER = table(data.joins_after);
export const JOINS_NOTHING = table(data.joins_nothing);
export const PICTURES = table(data.pictures);

/** The classes that a regular expression may name, as `\p{L}` or `\w`. */
export const CLASSES: ReadonlyMap<string, () => Chars> = new Map<string, () => Chars>([
  ...Object.entries(data.regex).map(([name, packed]) => [name, table(packed)] as const),
  ["s", WHITE_SPACE],
]);

const LOWER = lazily(() => {
  const all = [...Object.entries(common.fold), ...Object.entries(data.lower)];
  return new Map(all.map(([char, lower]) => [char.codePointAt(0) as number, codesOf(lower)]));
});

/** Give the lower case of a character, which may be several; undefined where that is itself. */
export function lowerOf(code: number): readonly number[] | undefined {
  if (code < 0x80) return code >= 0x41 && code <= 0x5a ? [code + 32] : undefined;
  return LOWER().get(code);
}

const COMBINING = lazily(() => {
  const places = new Map<number, number>();
  for (const [place, packed] of Object.entries(data.classes)) {
    const { firsts, lasts } = Chars.unpacked(packed);
    firsts.forEach((first, i) => {
      for (let code = first; code <= (lasts[i] as number); code++) places.set(code, Number(place));
    });
  }
  return places;
});

/** Give the combining class of a character, 0 for most. */
export function combiningClass(code: number): number {
  return code < 0x300 ? 0 : (COMBINING().get(code) ?? 0);
}

/** List the code points of a text. */
export function codesOf(text: string): number[] {
  return Array.from(text, (char) => char.codePointAt(0) as number);
}

export function isSpace(code: number): boolean {
  return code < 0x80 ? code === 0x20 || (code >= 9 && code <= 13) : WHITE_SPACE().has(code);
}

/** Say whether a character is punctuation for BERT: what ASCII has of signs counts, too. */
export function isPunctuation(code: number): boolean {
  return PUNCTUATION().has(code);
}
