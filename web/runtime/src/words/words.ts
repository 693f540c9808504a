/**
 * Cut a text into words, numbers, symbols and gaps: see wrangle/words.py and docs/rules.md.
 *
 * Letters and lower case come from unicode.json, not from the browser's own tables.
 */

import data from "../../../../src/textwright/wrangle/unicode.json";
import { matches } from "./matches.js";

export const HYPHEN = "-";
export const DASH = "–";
export const GAP = "\n";

export const HYPHENS: ReadonlySet<string> = new Set("-‐‑");
export const DASHES: ReadonlySet<string> = new Set("-‐‑‒–—―−");
const WHITE_SPACE = new Set(data.white_space);
const ASCII = /^[\x00-\x7f]*$/;
const SAME = new Map(Object.entries(data.same));
const FOLD = new Map(Object.entries(data.fold));

/** The lower-case characters that some other character folds to. */
export const LOWER: ReadonlySet<string> = new Set([...FOLD.values()].filter((char) => char !== "'"));

/**
 * The words of a text in order, as parallel lists: `surfaces[i]` as written (dashes as `-` or `–`,
 * a gap as a line break), its place `[starts[i], ends[i])` in UTF-16 units, and whether no white space
 * stands before it.
 */
export interface Words {
  readonly surfaces: string[];
  readonly starts: number[];
  readonly ends: number[];
  readonly glued: boolean[];
}

/** What letters there are, as the inside of a character class; so are those below. */
export const LETTERS: string = data.letters.map(([first, last]) => `${escape(first as number)}-${escape(last as number)}`).join("");
/** The letters that are capitals. */
export const CAPITALS: string = [...FOLD].flatMap(([char, lower]) => (lower === "'" ? [] : [escape(char.codePointAt(0) as number)])).join("");
export const SPACE: string = [...data.white_space].map((char) => escape(char.codePointAt(0) as number)).join("");
/** White space that is a gap even alone. */
export const GAPS = "\\t-\\r\\x85\\u2028\\u2029";
const WORD =
  `(?:(?<![${LETTERS}0-9.])\\.)?[${LETTERS}]+(?:['’][${LETTERS}]+)*(?:(?:\\+\\+|#)(?![${LETTERS}0-9]))?`;
const WHOLE_WORD = new RegExp(`^(?:${WORD})$`, "u");
const PIECE = new RegExp(
  `${WORD}|[0-9]+(?:[.,][0-9]+)*|\\*+|[^${SPACE}]|(?<gap>[${SPACE}]{2,}|[${GAPS}])`,
  "gu",
);

/** Finds a letter of a script that sets no spaces between words. */
export const UNSPACED = new RegExp(`[${data.unspaced.map(([first, last]) => `${escape(first as number)}-${escape(last as number)}`).join("")}]`, "u");

function escape(code: number): string {
  return `\\u{${code.toString(16)}}`;
}

/** Say whether a piece of `cut` is a word, and not a number, symbol or gap. */
export function isWord(surface: string): boolean {
  return WHOLE_WORD.test(surface);
}

/** Lower-case a word, character by character. */
export function fold(word: string): string {
  if (ASCII.test(word)) return word.toLowerCase();
  let folded = "";
  for (const char of word) folded += FOLD.get(char) ?? char;
  return folded;
}

/**
 * Give the form under which rules find a word, whatever its case and however its accents are composed.
 *
 * More than `fold` takes it for the same: what only capitals write otherwise. Its length may change.
 */
export function matchForm(word: string): string {
  if (ASCII.test(word)) return word.toLowerCase();
  return [...fold(word.normalize("NFC"))].map((char) => SAME.get(char) ?? char).join("");
}

/** Cut a text into words. */
export function cut(text: string): Words {
  const words: Words = { surfaces: [], starts: [], ends: [], glued: [] };
  let last = -1;
  for (const match of matches(PIECE, text)) {
    const start = match.index;
    const end = start + match[0].length;
    if (match.groups?.["gap"] !== undefined) {
      if (words.surfaces.length === 0 || end === text.length) continue;
      last = add(words, GAP, start, start, last);
    } else {
      const surface = DASHES.has(match[0]) ? dash(text, start, end) : match[0];
      last = add(words, surface, start, end, last);
    }
  }
  return words;
}

/** Add a word; return its end. */
function add(words: Words, surface: string, start: number, end: number, last: number): number {
  words.surfaces.push(surface);
  words.starts.push(start);
  words.ends.push(end);
  words.glued.push(start === last);
  return end;
}

/** Tell a hyphen, which joins two characters, from a dash. */
function dash(text: string, start: number, end: number): string {
  const before = text.charAt(start - 1);
  const after = text.charAt(end);
  const joins = before !== "" && after !== "" && !WHITE_SPACE.has(before) && !WHITE_SPACE.has(after);
  return joins && HYPHENS.has(text.slice(start, end)) ? HYPHEN : DASH;
}
