/** WordPiece: the longest piece that a word begins with, again and again (Schuster and Nakajima 2012, BERT). */

import { textOf } from "./aligned.js";
import { checkKeys, numberIn, type Part, textIn } from "./parts.js";
import { type Piece, type PieceModel, unitsOf, unknownIn, vocabularyOf } from "./vocabulary.js";

export function wordPieces(part: Part): PieceModel {
  checkKeys(part, ["unk_token", "continuing_subword_prefix", "max_input_chars_per_word", "vocab"]);
  const ids = vocabularyOf(part);
  const unknown = { id: unknownIn(part, ids), token: textIn(part, "unk_token") };
  const prefix = textIn(part, "continuing_subword_prefix");
  const most = numberIn(part, "max_input_chars_per_word", 100);
  const longest = [...ids.keys()].reduce((size, token) => Math.max(size, token.length), 0);

  /** Find the longest piece that begins at a character; undefined where there is none. */
  function longestAt(word: string, units: readonly number[], start: number): Piece | undefined {
    const [from, before] = [units[start] as number, start > 0 ? prefix : ""];
    for (let end = units.length - 1; end > start; end--) {
      const to = units[end] as number;
      if (to - from + before.length > longest) continue;
      const token = before + word.slice(from, to);
      const id = ids.get(token);
      if (id !== undefined) return { id, token, start, end };
    }
    return undefined;
  }

  function cut(chars: readonly number[]): Piece[] {
    const whole = { ...unknown, start: 0, end: chars.length };
    if (chars.length > most) return [whole];
    const [word, units] = [textOf(chars), unitsOf(chars)];
    const pieces: Piece[] = [];
    for (let start = 0; start < chars.length; start = pieces.at(-1)?.end as number) {
      const piece = longestAt(word, units, start);
      if (piece === undefined) return [whole];
      pieces.push(piece);
    }
    return pieces;
  }

  return { ids, size: ids.size, cut };
}
