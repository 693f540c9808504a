/**
 * Turn a text into words with hashed features, the input of a network: see predictors/features.py.
 *
 * Everything is an integer of 32 bits, so that Python gives the same rows. Places are UTF-16 units.
 */

import { clean, raw } from "../words/clean.js";
import { ModelError } from "../errors.js";
import { cut, fold, LOWER, UNSPACED } from "../words/words.js";

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
/** A word longer than this is a code, an address or noise: its beginning says enough. */
export const LONGEST = 40;
/** Marks, and the vowels and ends of Korean syllables that stand in parts. */
const WRITTEN_ONTO = /[\p{M}\u1160-\u11ff]/u;
const REMEMBERED = 20_000;

/** Which features a word has, and how they are numbered. The names are those of `config.json`. */
export interface Features {
  readonly rows: number;
  readonly width: number;
  readonly word_hashes: number;
  readonly affixes: number;
  readonly ngrams: readonly number[];
  /** Whether each letter of a script that sets no spaces is a word of its own; models of earlier versions do without. */
  readonly characters?: boolean;
}

/** A text as a network reads it: for each word its place and its feature numbers. A gap is empty. */
export interface Encoded {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly rows: readonly Int32Array[];
}

/** A word as written, with its place in the raw text; `glued` when no white space stands before. */
export interface NetworkWord {
  readonly surface: string;
  readonly start: number;
  readonly end: number;
  readonly glued: boolean;
}

/** Numbers the features of a word. */
export type Numbering = (surface: string, glued: boolean) => Int32Array;

const WHOLE_NUMBERS = ["rows", "width", "word_hashes", "affixes"] as const;

/** Read the settings of a `config.json`. Throw `ModelError` when one is missing, unknown or no number. */
export function featuresFromData(data: unknown): Features {
  const found = (data ?? {}) as Readonly<Record<string, unknown>>;
  const whole = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
  const known = [...WHOLE_NUMBERS, "ngrams", "characters"] as readonly string[];
  const right =
    Object.keys(found).every((key) => known.includes(key)) &&
    WHOLE_NUMBERS.every((key) => whole(found[key])) &&
    Array.isArray(found["ngrams"]) &&
    found["ngrams"].every(whole) &&
    ["boolean", "undefined"].includes(typeof found["characters"]);
  if (right) return found as unknown as Features;
  throw new ModelError(`the features ${JSON.stringify(data)} are not those of this version: ${known.join(", ")}`);
}

/** Cut a text into words and number their features. */
export function encode(text: string, { characters }: Features, number: Numbering): Encoded {
  const words = networkWords(text, { characters });
  return {
    starts: words.map(({ start }) => start),
    ends: words.map(({ end }) => end),
    rows: words.map(({ surface, glued }) => number(surface, glued)),
  };
}

/** Clean and cut a text; cut words that were run together, `ChefLondon`, once more, and with `characters` `東京` as well. */
export function networkWords(text: string, { characters = false }: { readonly characters?: boolean | undefined } = {}): NetworkWord[] {
  const mapped = clean(text);
  const { surfaces, starts, ends, glued } = cut(mapped.text);
  return surfaces.flatMap((surface, i): NetworkWord[] => {
    const start = starts[i] as number;
    const joined = glued[i] as boolean;
    if (start === ends[i]) {
      const at = raw(mapped, start, start + 1)[0];
      return [{ surface, start: at, end: at, glued: joined }];
    }
    const edges = seams(surface, characters);
    return edges.slice(1).map((last, piece) => {
      const first = edges[piece] as number;
      const [from, to] = raw(mapped, start + first, start + last);
      return { surface: surface.slice(first, last), start: from, end: to, glued: joined || first > 0 };
    });
  });
}

/** Give the places between which a word lies in one piece: `ab|Cd`, and `東|京` with `characters`. */
function seams(surface: string, characters: boolean): number[] {
  const inner = new Set(runTogether(surface));
  if (characters && UNSPACED.test(surface)) for (const place of betweenCharacters(surface)) inner.add(place);
  return [0, ...[...inner].sort((a, b) => a - b), surface.length];
}

function runTogether(surface: string): number[] {
  if (surface.length < 4 || fold(surface) === surface.replaceAll("’", "'")) return [];
  const chars = [...surface];
  const shape = chars.map(kindOf);
  const inner: number[] = [];
  let place = 0;
  chars.forEach((char, i) => {
    if (i >= 2 && shape.slice(i - 2, i + 2).join() === "x,x,X,x") inner.push(place);
    place += char.length;
  });
  return inner;
}

/** Yield the places beside each letter of a script without spaces; what is written onto a letter stays with it. */
function* betweenCharacters(surface: string): Generator<number> {
  let place = 0;
  let before: string | undefined;
  for (const char of surface) {
    if (!WRITTEN_ONTO.test(char)) {
      if (before !== undefined && (UNSPACED.test(before) || UNSPACED.test(char))) yield place;
      before = char;
    }
    place += char.length;
  }
}

/** Give the function that numbers a word's features; it remembers the words that it has seen. */
export function numbering(features: Features): Numbering {
  const seen = new Map<string, Int32Array>();
  return (surface, glued) => {
    const key = (glued ? "1" : "0") + surface;
    let rows = seen.get(key);
    if (rows === undefined) {
      rows = rowsOf(surface, glued, features);
      if (seen.size >= REMEMBERED) seen.clear();
      seen.set(key, rows);
    }
    return rows;
  };
}

function rowsOf(surface: string, glued: boolean, features: Features): Int32Array {
  const rows = new Int32Array(features.width);
  let count = 0;
  for (const code of codesOf([...surface].slice(0, LONGEST), glued, features)) {
    if (count === features.width) break;
    rows[count++] = 1 + (code % features.rows);
  }
  return rows;
}

/** Hash every feature of a word, the most telling first. */
function* codesOf(surface: readonly string[], glued: boolean, features: Features): Generator<number> {
  const word = [...fold(surface.join(""))];
  const code = hashText(["w", ...word]);
  for (let again = 0; again < features.word_hashes; again++) yield mix(code + again);
  yield mix(hashText(["h", ...shapeOf(surface)]));
  yield mix(hashText(["b", glued ? "1" : "0"]));
  for (let size = 1; size <= Math.min(features.affixes, word.length - 1); size++) {
    yield mix(hashText(["p", ...word.slice(0, size)]));
    yield mix(hashText(["s", ...word.slice(-size)]));
  }
  const bounded = ["<", ...word, ">"];
  for (const size of features.ngrams) {
    for (let i = 0; i + size <= bounded.length; i++) yield mix(hashText(["g", ...bounded.slice(i, i + size)]));
  }
}

/** Hash characters: FNV-1a with 32 bits over their code points. */
export function hashText(chars: Iterable<string>): number {
  let code = FNV_OFFSET;
  for (const char of chars) code = Math.imul(code ^ (char.codePointAt(0) as number), FNV_PRIME);
  return code >>> 0;
}

/** Spread the bits of a hash (the finish of MurmurHash3), so that its remainder is even. */
export function mix(code: number): number {
  let mixed = code | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** Give a word's shape: X, x and 0 for upper, lower and digit; longer runs are cut to two. */
function shapeOf(chars: readonly string[]): string[] {
  const shape: string[] = [];
  for (const kind of chars.map(kindOf)) {
    if (shape.at(-1) !== kind || shape.at(-2) !== kind) shape.push(kind);
  }
  return shape;
}

function kindOf(char: string): string {
  if (char >= "0" && char <= "9" && char.length === 1) return "0";
  if (fold(char) !== char) return "X";
  return LOWER.has(char) ? "x" : char;
}
