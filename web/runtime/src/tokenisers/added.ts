/** Pieces that are found before a text is cut: special ones as `[MASK]`, and those added after training. */

import { ModelError } from "../errors.js";
import { type Aligned, alignedOf, sliceOf } from "./aligned.js";
import type { Normaliser } from "./normalisers.js";
import { checkKeys, flagIn, listOf, partOf, textIn } from "./parts.js";
import { codesOf, IN_WORD, isSpace } from "./tables.js";
import type { PieceModel } from "./vocabulary.js";

export interface AddedPiece {
  readonly id: number;
  readonly content: string;
  /** Whether letters must not stand beside it. */
  readonly singleWord: boolean;
  /** Whether it takes the white space before and after it along. */
  readonly lstrip: boolean;
  readonly rstrip: boolean;
  /** Whether it is found in the text that was made uniform, in its own uniform form. */
  readonly normalised: boolean;
  readonly special: boolean;
}

/** A stretch of a text that was found to be an added piece, or that is still to be cut. */
export interface Found {
  readonly text: Aligned;
  readonly id?: number;
}

/** Read `added_tokens`. A piece that the model does not know gets the next free number, as in the library. */
export function addedPieces(value: unknown, model: PieceModel): AddedPiece[] {
  const numbers = new Map<string, number>();
  const pieces: AddedPiece[] = [];
  for (const each of listOf("added_tokens", value ?? [])) {
    const part = { type: "an added token", ...partOf("an added token", each) };
    checkKeys(part, ["id", "content", "single_word", "lstrip", "rstrip", "normalized", "special"]);
    const content = textIn(part, "content");
    if (content === "") continue;
    const id = numbers.get(content) ?? model.ids.get(content) ?? nextNumber(numbers, model);
    numbers.set(content, id);
    const special = flagIn(part, "special", false);
    const [singleWord, lstrip, rstrip] = [flagIn(part, "single_word", false), flagIn(part, "lstrip", false), flagIn(part, "rstrip", false)];
    pieces.push({ id, content, singleWord, lstrip, rstrip, normalised: flagIn(part, "normalized", !special), special });
  }
  return [...pieces.filter(({ special }) => special), ...pieces.filter(({ special }) => !special)];
}

function nextNumber(numbers: ReadonlyMap<string, number>, { size }: PieceModel): number {
  return Math.max(size, ...[...numbers.values()].map((id) => id + 1));
}

// --- finding -------------------------------------------------------------------------------------

/** The characters of all pieces, one below the other. */
interface Node {
  readonly next: Map<number, Node>;
  piece?: AddedPiece;
}

export type Finder = (text: Aligned) => Found[];

/** Make what finds pieces: those as they are written, or those that are looked for in uniform text. */
export function finderOf(pieces: readonly AddedPiece[], normaliser?: Normaliser): Finder {
  const root: Node = { next: new Map() };
  for (const piece of pieces) insert(root, normaliser?.(alignedOf(piece.content)).chars ?? codesOf(piece.content), piece);
  return (text) => [...parts(text, root)].filter(({ text }) => text.chars.length > 0);
}

function insert(root: Node, chars: readonly number[], piece: AddedPiece): void {
  if (chars.length === 0) throw new ModelError(`tokenizer.json: nothing is left of the added token ${piece.content} once it is normalised`);
  let node = root;
  for (const code of chars) {
    const next = node.next.get(code) ?? { next: new Map<number, Node>() };
    node.next.set(code, next);
    node = next;
  }
  node.piece ??= piece;
}

/** Yield the pieces found, the leftmost first and of several the longest, and what lies between. */
function* parts(text: Aligned, root: Node): Generator<Found> {
  const { chars } = text;
  let done = 0;
  for (let place = 0; place < chars.length; ) {
    const [piece, end] = longestAt(chars, root, place);
    if (piece === undefined || (piece.singleWord && besideLetter(chars, place, end))) {
      place = piece === undefined ? place + 1 : end;
      continue;
    }
    const start = piece.lstrip ? Math.max(done, spaceBefore(chars, place)) : place;
    const stop = piece.rstrip ? spaceAfter(chars, end) : end;
    if (done < start) yield { text: sliceOf(text, done, start) };
    yield { text: sliceOf(text, start, stop), id: piece.id };
    done = stop;
    place = end;
  }
  if (done < chars.length) yield { text: sliceOf(text, done, chars.length) };
}

function longestAt(chars: readonly number[], root: Node, start: number): [AddedPiece | undefined, number] {
  let found: [AddedPiece | undefined, number] = [undefined, start];
  let node: Node | undefined = root;
  for (let end = start; node !== undefined; end++) {
    if (node.piece !== undefined) found = [node.piece, end];
    node = node.next.get(chars[end] ?? -1);
  }
  return found;
}

function besideLetter(chars: readonly number[], start: number, end: number): boolean {
  const letter = (place: number): boolean => place >= 0 && place < chars.length && IN_WORD().has(chars[place] as number);
  return letter(start - 1) || letter(end);
}

function spaceBefore(chars: readonly number[], place: number): number {
  let start = place;
  while (start > 0 && isSpace(chars[start - 1] as number)) start--;
  return start;
}

function spaceAfter(chars: readonly number[], place: number): number {
  let end = place;
  while (end < chars.length && isSpace(chars[end] as number)) end++;
  return end;
}
