/** Kinds of rules about capitals: words that shout, and texts without any. See wrangle/checks/casing.py. */

import unicode from "../../../../src/textwright/wrangle/unicode.json";
import data from "../../../../src/textwright/wrangle/checks/casing.json";
import { fold, HYPHENS, LOWER } from "../words/words.js";
import type { Subject } from "./findings.js";
import { type Finder, findingOf, repairOf, type RuleData, WHITE_SPACE } from "./rules.js";

const LOUD = 4;
const CLEAR = 5;
const LONGEST_CODE = 6;
const VOWELS = /[aeiouy]/;
const ASCII = /^[\x00-\x7f]*$/;
const ADDRESS = new Set([".", "@", "/", "_"]);
const DIGITS = new Set("0123456789");
const WRITTEN = new Map([...data.acronyms, ...data.names].map((word) => [fold(word), word]));
const WORDS_TOO = new Set(data.words_too.map(fold));
const SMALL = new Set(data.small);
const JOINED = new Set(data.joined);
const AFTER_NUMBER = new Set(data.after_number);
const CAPITAL = capitals();

/** A word with its place, and what stands right before and behind it ("" for white space and edges). */
interface Word {
  readonly start: number;
  readonly end: number;
  readonly surface: string;
  readonly small: string;
  readonly size: number;
  readonly before: string;
  readonly after: string;
}

/** By each small letter, the first capital that folds to it. */
function capitals(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [capital, small] of Object.entries(unicode.fold)) if (!found.has(small)) found.set(small, capital);
  return found;
}

/** Lower-case a word; unlike `fold` it keeps the typographic apostrophe. */
function low(word: string): string {
  const folded = [...fold(word)];
  return [...word].map((char, i) => (char === "’" ? char : (folded[i] as string))).join("");
}

function hasCapital({ text, folded }: Subject): boolean {
  return text.replaceAll("’", "'") !== folded;
}

function hasSmall(surface: string): boolean {
  return [...surface].some((char) => LOWER.has(char));
}

/** List the words that hold a letter with two cases. */
function wordsOf({ text, words: { surfaces, starts, ends } }: Subject): Word[] {
  return surfaces.flatMap((surface, i) => {
    const [start, end, small] = [starts[i] as number, ends[i] as number, low(surface)];
    if (start === end || (surface === small && !hasSmall(surface))) return [];
    const size = [...surface].length;
    return [{ start, end, surface, small, size, before: beside(text.charAt(start - 1)), after: beside(text.charAt(end)) }];
  });
}

function beside(char: string): string {
  return WHITE_SPACE.has(char) ? "" : char;
}

function isInAddress({ before, after }: Word): boolean {
  return ADDRESS.has(before) || after === "@" || after === "_";
}

/** Say whether a word has two capitals or more and no small letter. */
function isLoud(word: Word): boolean {
  const small = [...word.small];
  const capitals = [...word.surface].filter((char, i) => char !== small[i]).length;
  return capitals > 1 && !hasSmall(word.surface) && !isInAddress(word);
}

/** Say whether capitals are right: a known word, no vowels, a short one in brackets or by a number. */
function isAcronym({ surface, size, before, after }: Word): boolean {
  const word = fold(surface);
  if (DIGITS.has(before) && AFTER_NUMBER.has(word)) return false;
  const besideNumber = DIGITS.has(before) || DIGITS.has(after);
  return (
    WRITTEN.get(word) === surface ||
    (size <= CLEAR && ASCII.test(word) && !VOWELS.test(word)) ||
    (before === "(" && after === ")" && size <= LONGEST_CODE) ||
    (besideNumber && size < LOUD)
  );
}

/** Find runs of words in capitals that are no known abbreviations. */
export function shouting(rule: RuleData): Finder {
  return function* (subject) {
    if (!hasCapital(subject)) return;
    for (const run of loudRuns(wordsOf(subject))) {
      const [start, end] = placeOf(run);
      yield findingOf(rule, start, end, repairOf(start, end, rewritten(subject.text, run, run.map(quiet))));
    }
  };
}

/** Part the words in capitals into runs that stand together, each with a word that is clearly too loud. */
function loudRuns(words: readonly Word[]): Word[][] {
  const loud = words.filter((word) => isLoud(word) && !isAcronym(word));
  const least = loud.length > 1 || !words.some(({ surface }) => hasSmall(surface)) ? LOUD : CLEAR;
  const runs: Word[][] = [[]];
  for (const word of words) {
    if (isLoud(word)) runs.at(-1)?.push(word);
    else if (word.size > 1) runs.push([]);
  }
  return runs.map(trimmed).filter((run) => run.some((word) => !isAcronym(word) && word.size >= least));
}

/** Leave out the abbreviations at both ends of a run. */
function trimmed(run: readonly Word[]): Word[] {
  const plain = run.map((word) => !isAcronym(word));
  const first = plain.indexOf(true);
  return first < 0 ? [] : run.slice(first, plain.lastIndexOf(true) + 1);
}

function quiet(word: Word): string {
  const { surface, small, before } = word;
  if (isAcronym(word) || WRITTEN.has(small)) return WRITTEN.get(small) ?? surface;
  if (DIGITS.has(before) && AFTER_NUMBER.has(small)) return small;
  return staysSmall(word) ? small : withCapital(small);
}

/** Find texts with letters but without a capital. */
export function lowerCase(rule: RuleData): Finder {
  return function* (subject) {
    if (hasCapital(subject)) return;
    const words = wordsOf(subject).filter((word) => !isInAddress(word) && !DIGITS.has(word.before));
    if (!words.some(({ size }) => size >= LOUD - 1)) return;
    const [start, end] = placeOf(words);
    const made = rewritten(subject.text, words, words.map(begun));
    if (made !== subject.text.slice(start, end)) yield findingOf(rule, start, end, repairOf(start, end, made));
  };
}

function begun(word: Word): string {
  const { surface } = word;
  if (WRITTEN.has(surface) && !WORDS_TOO.has(surface)) return WRITTEN.get(surface) as string;
  return staysSmall(word) ? surface : withCapital(surface);
}

/** Say whether a word has no capital inside a headline: `of`, and the second half of `part-time`. */
function staysSmall({ small, start, before }: Word): boolean {
  return (SMALL.has(small) && start > 0) || (HYPHENS.has(before) && JOINED.has(small));
}

/** Give the first letter that has one its capital. */
function withCapital(small: string): string {
  const chars = [...small];
  const place = chars.findIndex((char) => CAPITAL.has(char) && char !== "'");
  return chars.map((char, i) => (i === place ? (CAPITAL.get(char) as string) : char)).join("");
}

function placeOf(words: readonly Word[]): [number, number] {
  return [(words[0] as Word).start, (words.at(-1) as Word).end];
}

/** Put other writings of words into the stretch of text from the first to the last of them. */
function rewritten(text: string, words: readonly Word[], written: readonly string[]): string {
  let made = "";
  let [done] = placeOf(words);
  words.forEach(({ start, end }, i) => {
    made += text.slice(done, start) + (written[i] as string);
    done = end;
  });
  return made;
}
