/** The normal forms of Unicode, in the version of the library, with the way back to the raw text. */

import { type Aligned, Rewriting } from "./aligned.js";
import { CANONICAL, codesOf, combiningClass, COMPATIBLE } from "./tables.js";

/** The first character that has a decomposition. */
const FIRST = 0xa0;
/** The first character that joins one before it. */
const FIRST_JOINING = 0x300;

export interface Form {
  readonly compatible: boolean;
  readonly composed: boolean;
}

/** A character on its way, with what it does to the old ones. */
interface Piece {
  code: number;
  change: number;
  readonly place: number;
}

/** Bring a text into a normal form. */
export function formed(text: Aligned, { compatible, composed }: Form): Aligned {
  if (text.chars.every((code) => code < FIRST)) return text;
  const pieces = inOrder(decomposed(text.chars, compatible));
  const rewriting = new Rewriting();
  for (const { code, change } of composed ? recomposed(pieces) : pieces) rewriting.add(code, change);
  return rewriting.of(text);
}

function decomposed(chars: readonly number[], compatible: boolean): Piece[] {
  const table = compatible ? COMPATIBLE() : CANONICAL();
  const form = compatible ? "NFKD" : "NFD";
  const pieces: Piece[] = [];
  for (const char of chars) {
    const codes = char < FIRST || !table.has(char) ? [char] : codesOf(String.fromCodePoint(char).normalize(form));
    codes.forEach((code, i) => pieces.push({ code, change: i === 0 ? 0 : 1, place: combiningClass(code) }));
  }
  return pieces;
}

/** Sort each run of marks by their classes. */
function inOrder(pieces: Piece[]): Piece[] {
  for (let begin = 0; begin < pieces.length; begin++) {
    if (pieces[begin]?.place === 0) continue;
    let end = begin + 1;
    while (end < pieces.length && pieces[end]?.place !== 0) end++;
    const run = pieces.slice(begin, end).sort((a, b) => a.place - b.place);
    pieces.splice(begin, run.length, ...run);
    begin = end;
  }
  return pieces;
}

/** Join what makes one character with the last one that is no mark. */
function recomposed(pieces: readonly Piece[]): Piece[] {
  const found: Piece[] = [];
  let base: Piece | undefined;
  let last = -1; // the class of the mark that stands between, if one does
  for (const piece of pieces) {
    const joined = base !== undefined && last < piece.place ? compose(base.code, piece.code) : undefined;
    if (base !== undefined && joined !== undefined) {
      base.code = joined;
      base.change += piece.change - 1;
      continue;
    }
    const own = { ...piece };
    found.push(own);
    if (piece.place === 0) base = own;
    last = piece.place === 0 ? -1 : piece.place;
  }
  return found;
}

/** Give the character that two make together. */
function compose(first: number, second: number): number | undefined {
  if (second < FIRST_JOINING) return undefined;
  const both = String.fromCodePoint(first, second);
  const made = codesOf(both.normalize("NFC"));
  const code = made[0] as number;
  if (made.length !== 1 || !CANONICAL().has(code)) return undefined;
  const apart = String.fromCodePoint(first).normalize("NFD") + String.fromCodePoint(second).normalize("NFD");
  return String.fromCodePoint(code).normalize("NFD") === apart ? code : undefined;
}
