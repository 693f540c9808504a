/** Unigram: the most probable way to cut a text (Kudo 2018), found from left to right (Viterbi 1967). */

import { ModelError } from "../errors.js";
import { textOf } from "./aligned.js";
import { byteName, bytePieces } from "./byte_pairs.js";
import { checkKeys, flagIn, listOf, type Part } from "./parts.js";
import { type Piece, type PieceModel, unitsOf } from "./vocabulary.js";

/** So much less probable than the least probable piece is an unknown character. */
const PENALTY = 10;
/** The number of a piece that there is not. */
const NO_PIECE = -1;
const BYTES = new TextEncoder();

/** Pieces with their scores, the logarithms of how probable they are. */
interface Scored {
  readonly ids: ReadonlyMap<string, number>;
  readonly scores: readonly number[];
  readonly unknown: number | undefined;
  /** The score of an unknown character. */
  readonly least: number;
  /** The pieces of single bytes, where what is unknown is spelt. */
  readonly bytes: readonly (number | undefined)[] | undefined;
  readonly longest: ReadonlyMap<string, number>;
}

/** Read a model of the kind `Unigram`. */
export function unigram(part: Part): PieceModel {
  checkKeys(part, ["unk_id", "vocab", "byte_fallback"]);
  const pieces = scoredPieces(part);
  const ids = new Map(pieces.map(([token], id) => [token, id]));
  const scores = pieces.map(([, score]) => score);
  const scored: Scored = {
    ids,
    scores,
    unknown: unknownOf(part, pieces.length),
    least: scores.reduce((low, score) => Math.min(low, score), Infinity) - PENALTY,
    bytes: flagIn(part, "byte_fallback", false) ? bytePieces(ids) : undefined,
    longest: longestByStart(ids),
  };
  return { ids, size: pieces.length, cut: (chars) => cut(chars, scored) };
}

function cut(chars: readonly number[], scored: Scored): Piece[] {
  const [text, units] = [textOf(chars), unitsOf(chars)];
  const found = stretches(bestWay(text, units, scored), scored.unknown ?? NO_PIECE);
  return found.flatMap(([start, end]) => named(text.slice(units[start], units[end]), start, end, scored));
}

/** The best way to each place: where its last piece begins, and which that is. */
class Way {
  readonly from: Int32Array;
  readonly id: Int32Array;
  private readonly total: Float64Array;

  constructor(places: number) {
    this.from = new Int32Array(places).fill(-1);
    this.id = new Int32Array(places).fill(NO_PIECE);
    this.total = new Float64Array(places);
  }

  /** Take a piece where no way to its end is at least as good. */
  propose(start: number, end: number, id: number, score: number): void {
    const sum = score + (this.total[start] as number);
    if (this.from[end] !== -1 && sum <= (this.total[end] as number)) return;
    this.total[end] = sum;
    this.from[end] = start;
    this.id[end] = id;
  }
}

/** Find the best way from left to right. `units` are the places of the characters in the text. */
function bestWay(text: string, units: readonly number[], scored: Scored): Way {
  const way = new Way(units.length);
  for (let start = 0; start + 1 < units.length; start++) {
    const isKnown = proposeFrom(start, text, units, scored, way);
    if (!isKnown) way.propose(start, start + 1, scored.unknown ?? NO_PIECE, scored.least);
  }
  return way;
}

/** Propose every piece that begins at a character; say whether the character itself is one. */
function proposeFrom(start: number, text: string, units: readonly number[], { ids, scores, longest }: Scored, way: Way): boolean {
  const begin = units[start] as number;
  const most = Math.max(longest.get(text.slice(begin, begin + 2)) ?? 0, 2);
  let isKnown = false;
  for (let end = start + 1; end < units.length && (units[end] as number) - begin <= most; end++) {
    const id = ids.get(text.slice(begin, units[end]));
    if (id === undefined) continue;
    way.propose(start, end, id, scores[id] as number);
    isKnown ||= end === start + 1;
  }
  return isKnown;
}

/** Follow the best way back; unknown characters side by side are one stretch. */
function stretches({ from, id }: Way, unknown: number): [start: number, end: number][] {
  const found: [number, number][] = [];
  let joining = false;
  for (let end = from.length - 1; end > 0; end = from[end] as number) {
    const isUnknown = id[end] === unknown;
    const last = found.at(-1);
    if (isUnknown && joining && last !== undefined) last[0] = from[end] as number;
    else found.push([from[end] as number, end]);
    joining = isUnknown;
  }
  return found.reverse();
}

/** Give the piece of a stretch, else those of its bytes, else the unknown one. */
function named(token: string, start: number, end: number, { ids, bytes, unknown }: Scored): Piece[] {
  const id = ids.get(token);
  if (id !== undefined) return [{ id, token, start, end }];
  const spelt = bytes && Array.from(BYTES.encode(token), (byte) => ({ id: bytes[byte], token: byteName(byte), start, end }));
  if (spelt?.every((piece) => piece.id !== undefined) === true) return spelt as Piece[];
  if (unknown !== undefined) return [{ id: unknown, token, start, end }];
  throw new ModelError(`the tokeniser has no piece for ${token} and none for what is unknown`);
}

function scoredPieces(part: Part): [string, number][] {
  return listOf("vocab", part["vocab"]).map((entry) => {
    if (Array.isArray(entry) && typeof entry[0] === "string" && typeof entry[1] === "number") return entry as [string, number];
    throw new ModelError(`tokenizer.json: ${JSON.stringify(entry)} in vocab is no piece with its score`);
  });
}

function unknownOf(part: Part, size: number): number | undefined {
  const id = part["unk_id"] ?? undefined;
  if (id === undefined || (Number.isSafeInteger(id) && (id as number) >= 0 && (id as number) < size)) return id as number | undefined;
  throw new ModelError(`tokenizer.json: unk_id is ${JSON.stringify(id)}, expected the place of one of ${size} pieces`);
}

/** Say how long pieces are at most that begin with the same two units. */
function longestByStart(ids: ReadonlyMap<string, number>): Map<string, number> {
  const longest = new Map<string, number>();
  for (const token of ids.keys()) {
    const start = token.slice(0, 2);
    longest.set(start, Math.max(longest.get(start) ?? 0, token.length));
  }
  return longest;
}
