/** Cut a text into sentences, as predictors/opinions.py does. Places are UTF-16 units. */

import { matches } from "./matches.js";
import { offsetsOf } from "./offsets.js";
import { isWord, LOWER } from "./words.js";

/** White space as Python has it. */
const SPACE = "\\t-\\r\\x1c-\\x1f \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
/**
 * A sentence ends before a capital, a letter that has none, a digit or a bullet, and at a line's end; in Chinese and
 * Japanese at its full stop. One without an end is cut.
 */
const NEXT = `(?![。！？"'”’)」』）${SPACE}])`;
const RUN = new RegExp(`[${SPACE}]+|(?<=[。！？])${NEXT}|(?<=[。！？]["'”’)」』）])${NEXT}`, "gu");
const FINAL = ".!?…؟۔।॥。！？";
const CLOSING = "\"'”’)」』）";
const BULLETS = "•●▪";
const OPENING = "0123456789£$€\"'“‘(•*-¿¡«„「『（";
const INNER = new RegExp(`[^${SPACE}](?:.*[^${SPACE}])?`, "su");
/** Code points in the longest sentence. */
const LONGEST = 300;

/** Cut a text into sentences; what lies between two is white space. */
export function sentencesOf(text: string): [start: number, end: number][] {
  const runs = [...matches(RUN, text)].map((match): [number, number] => [match.index, match.index + match[0].length]);
  const ends = runs.filter(([start, end]) => parts(text, start, end));
  const edges = [[0, 0], ...ends, [text.length, text.length]] as [number, number][];
  return edges.slice(1).flatMap(([end], i) => piecesOf(text, (edges[i] as [number, number])[1], end));
}

/** Say whether a run of white space lies between two sentences. */
function parts(text: string, start: number, end: number): boolean {
  const next = text.charAt(end);
  if (/[\r\n]/u.test(text.slice(start, end)) || (next !== "" && BULLETS.includes(next))) return true;
  return (start === end || opens(text, end)) && closes(text, start);
}

/** Say whether a sentence may begin there: with anything but a small letter, or a sign that stands within one. */
function opens(text: string, place: number): boolean {
  if (place >= text.length) return false;
  const next = String.fromCodePoint(text.codePointAt(place) as number);
  return (isWord(next) && !LOWER.has(next)) || OPENING.includes(next);
}

/** Say whether a sentence ends there, quotation marks and brackets aside. */
function closes(text: string, end: number): boolean {
  let last = end;
  while (last > 0 && CLOSING.includes(text.charAt(last - 1))) last--;
  return last > 0 && FINAL.includes(text.charAt(last - 1));
}

/** Trim a sentence, leave an empty one out, and cut a long one between words. */
function piecesOf(text: string, start: number, end: number): [number, number][] {
  const found: [number, number][] = [];
  const { toPoints, toUnits } = offsetsOf(text.slice(start, end));
  const size = toPoints(end - start);
  for (let first = 0; first < size; ) {
    const from = start + toUnits(first);
    const longest = start + toUnits(Math.min(size, first + LONGEST));
    const stop = size - first <= LONGEST ? end : cutOf(text, from, longest);
    const inner = INNER.exec(text.slice(from, stop));
    if (inner !== null) found.push([from + inner.index, from + inner.index + inner[0].length]);
    first = toPoints(stop - start);
  }
  return found;
}

function cutOf(text: string, from: number, longest: number): number {
  const space = text.slice(0, longest).lastIndexOf(" ");
  return space > from ? space : longest;
}
