/** The pieces that a tokeniser knows, with their numbers. */

import { ModelError } from "../errors.js";
import { entriesOf } from "../loading/tables.js";
import { type Part, textIn } from "./parts.js";

/** A piece of a text, as a model gives it: the characters [start, end) of what it was asked. */
export interface Piece {
  readonly id: number;
  readonly token: string;
  readonly start: number;
  readonly end: number;
}

/** What cuts a text that is uniform already, and knows its pieces by number. */
export interface PieceModel {
  readonly ids: ReadonlyMap<string, number>;
  /** How many pieces it knows, those that are written twice included. */
  readonly size: number;
  cut(chars: readonly number[]): Piece[];
}

/** Read a vocabulary that names each piece's number. */
export function vocabularyOf(part: Part): Map<string, number> {
  const vocabulary = part["vocab"];
  if (typeof vocabulary !== "object" || vocabulary === null || Array.isArray(vocabulary)) {
    throw new ModelError(`tokenizer.json: vocab of ${String(part["type"])} is no table of pieces`);
  }
  const entries = entriesOf(vocabulary);
  const wrong = entries.find(([, id]) => !Number.isSafeInteger(id) || (id as number) < 0);
  if (wrong !== undefined) throw new ModelError(`tokenizer.json: the piece ${wrong[0]} has the number ${String(wrong[1])}`);
  return new Map(entries as [string, number][]);
}

/** Give the number of the piece that stands for what is unknown. */
export function unknownIn(part: Part, ids: ReadonlyMap<string, number>): number {
  const token = textIn(part, "unk_token");
  const id = ids.get(token);
  if (id !== undefined) return id;
  throw new ModelError(`tokenizer.json: the vocabulary lacks ${token}, which stands for unknown pieces`);
}

/** Count the UTF-16 units before each character, and those of all. */
export function unitsOf(chars: readonly number[]): number[] {
  let units = 0;
  const places = chars.map((code) => {
    units += code > 0xffff ? 2 : 1;
    return units;
  });
  return [0, ...places];
}
