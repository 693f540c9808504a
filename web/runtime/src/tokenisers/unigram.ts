/** Unigram: the most probable way to cut a text (Kudo 2018), found from left to right (Viterbi 1967). */

import { ModelError } from "../errors.js";
import { textOf } from "./aligned.js";
import { byteName, bytePieces } from "./byte_pairs.js";
import { checkKeys, flagIn, listOf, type Part } from "./parts.js";
import { type Piece, type PieceModel, unitsOf } from "./vocabulary.js";

/** So much less probable than the least probable piece is an unknown character. */
const PENALTY = 10;
const BYTES = new TextEncoder();

export function unigram(part: Part): PieceModel {
  checkKeys(part, ["unk_id", "vocab", "byte_fallback"]);
  const pieces = scoredPieces(part);
  const ids = new Map(pieces.map(([token], id) => [token, id]));
  const scores = pieces.map(([, score]) => score);
  const unknown = unknownOf(part, pieces.length);
  const least = scores.reduce((low, score) => Math.min(low, score), Infinity) - PENALTY;
  const bytes = flagIn(part, "byte_fallback", false) ? bytePieces(ids) : undefined;
  const longest = longestByStart(ids);

  /** Find, for each place, where the last piece of the best way begins, and whether that is unknown. */
  function best(text: string, units: readonly number[]): { from: number[]; id: number[] } {
    const total = new Float64Array(units.length);
    const from = Array<number>(units.length).fill(-1);
    const id = Array<number>(units.length).fill(-1);
    const propose = (start: number, end: number, piece: number, score: number): void => {
      const sum = score + (total[start] as number);
      if (from[end] !== -1 && sum <= (total[end] as number)) return;
      [total[end], from[end], id[end]] = [sum, start, piece];
    };
    for (let start = 0; start + 1 < units.length; start++) {
      const begin = units[start] as number;
      const most = Math.max(longest.get(text.slice(begin, begin + 2)) ?? 0, 2);
      let single = false;
      for (let end = start + 1; end < units.length && (units[end] as number) - begin <= most; end++) {
        const piece = ids.get(text.slice(begin, units[end]));
        if (piece === undefined) continue;
        propose(start, end, piece, scores[piece] as number);
        single ||= end === start + 1;
      }
      if (!single) propose(start, start + 1, unknown ?? -1, least);
    }
    return { from, id };
  }

  /** Follow the best way back; unknown characters side by side are one stretch. */
  function stretches({ from, id }: { readonly from: readonly number[]; readonly id: readonly number[] }): [number, number][] {
    const found: [number, number][] = [];
    let joining = false;
    for (let end = from.length - 1; end > 0; end = from[end] as number) {
      const strange = id[end] === (unknown ?? -1);
      const last = found.at(-1);
      if (strange && joining && last !== undefined) last[0] = from[end] as number;
      else found.push([from[end] as number, end]);
      joining = strange;
    }
    return found.reverse();
  }

  function cut(chars: readonly number[]): Piece[] {
    const [text, units] = [textOf(chars), unitsOf(chars)];
    return stretches(best(text, units)).flatMap(([start, end]) => named(text.slice(units[start], units[end]), start, end));
  }

  /** Give the piece of a stretch, else those of its bytes, else the unknown one. */
  function named(token: string, start: number, end: number): Piece[] {
    const id = ids.get(token);
    if (id !== undefined) return [{ id, token, start, end }];
    const spelt = bytes && Array.from(BYTES.encode(token), (byte) => ({ id: bytes[byte], token: byteName(byte), start, end }));
    if (spelt?.every((piece) => piece.id !== undefined) === true) return spelt as Piece[];
    if (unknown !== undefined) return [{ id: unknown, token, start, end }];
    throw new ModelError(`the tokeniser has no piece for ${token} and none for what is unknown`);
  }

  return { ids, size: pieces.length, cut };
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

