/** Shapes of codes, such as `X{2}-d{3}`: see predictors/rules/shapes.py. */

import { ModelError } from "../errors.js";
import { matches } from "../words/matches.js";
import { CAPITALS, DASHES, GAP, GAPS, HYPHENS, LETTERS, SPACE, type Words } from "../words/words.js";

export const MOST_CHARACTERS = 60;
/** Accents that stand apart from their letter, which is one character with them or without. */
const ACCENTS = "\\u0300-\\u036f";
const ITEM = /(?:(?<kind>[Xxd])|\[(?<kinds>[Xxd]+)\])(?:\{(?<least>[0-9]{1,3})(?:,(?<most>[0-9]{1,3}))?\})?|\\(?<escaped>.)|(?<sign>[^[\]{}\\])/suy;
const ALONE = `[${LETTERS}0-9]`;
const BEFORE = `(?<!${ALONE})(?<!${ALONE}[${inClass(HYPHENS)}])(?<![0-9][.,])`;
const AFTER = `(?!${ALONE}|[${inClass(HYPHENS)}]${ALONE}|[.,][0-9]|['’][${LETTERS}])`;

/** From `least` to `most` characters of some kinds, `Xxd` in this order; one of letters and digits holds both. */
interface Run {
  readonly kinds: string;
  readonly least: number;
  readonly most: number;
}

/** A sign stands for itself, `-` for any dash, a space for one white space. */
type Part = Run | string;
type Range = readonly [first: number, last: number];

/** The shapes of one name, of which the longest that fits at a place is found. */
export interface NamedShapes {
  readonly name: string;
  readonly patterns: readonly RegExp[];
}

/** Read the shapes of a name. Throw `ModelError` that shows where it went wrong. */
export function namedShapes(name: string, written: readonly string[]): NamedShapes {
  return { name, patterns: written.map((each) => new RegExp(sourceOf(parseShape(each)), "gu")) };
}

/** Find the words of each shape; words that one has are left alone by the next. */
export function wordsOfShapes(named: readonly NamedShapes[], text: string, words: Words): [name: string, range: Range][] {
  const places = named.flatMap(({ name, patterns }) => placesOf(patterns, text).map((place) => [name, ...place] as const));
  if (places.length === 0) return [];
  const [firsts, lasts] = edges(words);
  const taken = new Set<number>();
  return places.flatMap(([name, start, end]): [string, Range][] => {
    const [first, last] = [firsts.get(start), lasts.get(end)];
    if (first === undefined || last === undefined) return [];
    const mine = Array.from({ length: last - first }, (_, i) => first + i);
    if (mine.some((word) => taken.has(word))) return [];
    for (const word of mine) taken.add(word);
    return [[name, [first, last]]];
  });
}

/** List where each shape stands alone in a text, the longest at a place first. */
function placesOf(patterns: readonly RegExp[], text: string): Range[] {
  const places = patterns.flatMap((pattern) => [...matches(pattern, text)].map((match): Range => [match.index, match.index + match[0].length]));
  return places.sort(([start, end], [other, last]) => start - other || last - end);
}

/** Map the characters at which words begin and end to the words; gaps are empty, and no words. */
function edges({ surfaces, starts, ends }: Words): [Map<number, number>, Map<number, number>] {
  const kept = surfaces.flatMap((surface, i) => (surface === GAP ? [] : [i]));
  return [new Map(kept.map((i) => [starts[i] as number, i])), new Map(kept.map((i) => [ends[i] as number, i + 1]))];
}

// --- reading ---

function parseShape(written: string): Part[] {
  const parts: Part[] = [];
  for (let place = 0; place < written.length; ) {
    ITEM.lastIndex = place;
    const found = ITEM.exec(written);
    if (found === null) throw fault(written, place, `found '${charAt(written, place)}', expected X, x, d, [Xd] or a sign`);
    add(parts, partOf(found.groups ?? {}, written, place));
    place += found[0].length;
  }
  check(parts, written);
  return parts;
}

function partOf({ kind, kinds = kind, least = "1", most = least, escaped, sign = escaped }: Record<string, string | undefined>, written: string, place: number): Part {
  if (kinds === undefined) {
    if (sign === undefined || new RegExp(ALONE, "u").test(sign)) {
      throw fault(written, place, `found '${sign ?? ""}': X is a capital letter, x a small one, d a digit`);
    }
    return DASHES.has(sign) ? "-" : new RegExp(`[${SPACE}]`, "u").test(sign) ? " " : sign;
  }
  const [from, to] = [Number(least), Number(most)];
  if (from < 1 || to < from) throw fault(written, place, `${from} to ${to} characters are none; 1 is the least`);
  return { kinds: [..."Xxd"].filter((each) => kinds.includes(each)).join(""), least: from, most: to };
}

/** Add a part; the same kinds side by side are one run. */
function add(parts: Part[], part: Part): void {
  const last = parts.at(-1);
  if (typeof part !== "string" && last !== undefined && typeof last !== "string" && last.kinds === part.kinds) {
    parts[parts.length - 1] = { kinds: part.kinds, least: last.least + part.least, most: last.most + part.most };
  } else {
    parts.push(part);
  }
}

function check(parts: readonly Part[], written: string): void {
  if (parts.every((part) => typeof part === "string")) throw new ModelError(`shape '${written}' has no letter and no digit: X, x or d`);
  const long = parts.reduce((sum, part) => sum + (typeof part === "string" ? 1 : part.most), 0);
  if (long > MOST_CHARACTERS) throw new ModelError(`shape '${written}' is up to ${long} characters long, at most ${MOST_CHARACTERS} fit`);
  parts.forEach((one, i) => {
    const other = parts[i + 1];
    if (other === undefined || typeof one === "string" || typeof other === "string") return;
    if (![...one.kinds].some((kind) => other.kinds.includes(kind))) return;
    throw new ModelError(`shape '${written}': [${one.kinds}] and [${other.kinds}] stand side by side and cannot be told apart`);
  });
}

function fault(written: string, place: number, reason: string): ModelError {
  return new ModelError(`shape '${written}', character ${[...written.slice(0, place)].length + 1}: ${reason}`);
}

function charAt(text: string, place: number): string {
  return String.fromCodePoint(text.codePointAt(place) as number);
}

// --- expressions ---

/** Write a shape as an expression. Where it begins or ends with a run, no longer code may go on there. */
function sourceOf(parts: readonly Part[]): string {
  const before = typeof parts[0] === "string" ? "" : BEFORE;
  const after = typeof parts.at(-1) === "string" ? "" : AFTER;
  return before + parts.map((part) => (typeof part === "string" ? signSource(part) : runSource(part))).join("") + after;
}

function runSource({ kinds, least, most }: Run): string {
  const one = oneOf(kinds);
  const within = `${one}{0,${most - 1}}`;
  const letters = kinds.replace("d", "");
  const both = letters === "" || letters === kinds ? "" : `(?=${within}[0-9])(?=${within}${oneOf(letters)})`;
  return `${both}${one}{${least},${most}}`;
}

/** Write one character of some kinds; a small letter is a letter that is no capital. */
function oneOf(kinds: string): string {
  const digits = kinds.includes("d") ? "0-9" : "";
  const [capital, small] = [kinds.includes("X"), kinds.includes("x")];
  const noCapital = small && !capital ? `(?![${CAPITALS}])` : "";
  if (!capital && !small) return `[${digits}]`;
  return `(?:(?![${ACCENTS}])${noCapital}[${small ? LETTERS : CAPITALS}${digits}][${ACCENTS}]*)`;
}

function signSource(sign: string): string {
  if (sign === "-") return `[${inClass(DASHES)}]`;
  return sign === " " ? `(?![${GAPS}])[${SPACE}]` : escaped(sign);
}

function inClass(signs: Iterable<string>): string {
  return [...signs].map(escaped).join("");
}

function escaped(char: string): string {
  return `\\u{${(char.codePointAt(0) as number).toString(16)}}`;
}
