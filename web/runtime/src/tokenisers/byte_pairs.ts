/** Byte-pair encoding: of all pairs of neighbours the one that was learned first is joined, again and again (Sennrich 2016). */

import { ModelError } from "../errors.js";
import { textOf } from "./aligned.js";
import { checkKeys, flagIn, listOf, type Part } from "./parts.js";
import { type Piece, type PieceModel, unknownIn, vocabularyOf } from "./vocabulary.js";

/** Numbers of pieces are smaller, so that a pair of them is one number. */
const MOST_PIECES = 2 ** 24;
/** Words are shorter, so that a join's rank and place are one number. */
const MOST_SYMBOLS = 2 ** 24;
const BYTES = new TextEncoder();

/** Which pairs are joined: the rank of each, and what it becomes. */
interface Joins {
  readonly ranks: ReadonlyMap<number, number>;
  readonly made: readonly number[];
}

/** A word being joined: numbers of pieces with their sizes in bytes; one that was joined to another has none. */
interface Symbols {
  readonly ids: number[];
  readonly sizes: number[];
}

export function bytePairs(part: Part): PieceModel {
  const known = ["dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix", "fuse_unk", "byte_fallback", "ignore_merges", "vocab", "merges"];
  checkKeys(part, known);
  if ((part["dropout"] ?? 0) !== 0) throw new ModelError("tokenizer.json: BPE has a dropout, which would give other pieces each time");
  const ids = vocabularyOf(part);
  const tokens = new Map([...ids].map(([token, id]) => [id, token]));
  const prefix = (part["continuing_subword_prefix"] ?? "") as string;
  const suffix = (part["end_of_word_suffix"] ?? "") as string;
  const joins = joinsOf(part, ids, prefix);
  const unknown = part["unk_token"] === null || part["unk_token"] === undefined ? undefined : unknownIn(part, ids);
  const whole = flagIn(part, "ignore_merges", false);
  const spelling: Spelling = {
    unknown,
    fused: flagIn(part, "fuse_unk", false),
    bytes: flagIn(part, "byte_fallback", false) ? bytePieces(ids) : undefined,
    idOf: (char, first, last) => ids.get((first ? "" : prefix) + char + (last ? suffix : "")),
  };

  function cut(chars: readonly number[]): Piece[] {
    const word = whole ? textOf(chars) : "";
    const id = whole ? ids.get(word) : undefined;
    if (id !== undefined) return [{ id, token: word, start: 0, end: chars.length }];
    const symbols = spelled(chars, spelling);
    joinAll(symbols, joins);
    return piecesOf(symbols, chars, tokens);
  }

  return { ids, size: ids.size, cut };
}

// --- reading -------------------------------------------------------------------------------------

function joinsOf(part: Part, ids: ReadonlyMap<string, number>, prefix: string): Joins {
  const ranks = new Map<number, number>();
  const made = listOf("merges", part["merges"]).map((merge, rank) => {
    const [first, second] = pairOf(merge);
    const joined = first + second.slice(prefix.length);
    const [a, b, c] = [first, second, joined].map((token) => {
      const id = ids.get(token);
      if (id !== undefined && id < MOST_PIECES) return id;
      throw new ModelError(`tokenizer.json: the vocabulary lacks ${token} of the merge ${first} ${second}`);
    }) as [number, number, number];
    ranks.set(a * MOST_PIECES + b, rank);
    return c;
  });
  return { ranks, made };
}

function pairOf(merge: unknown): [string, string] {
  const pair: unknown = typeof merge === "string" ? merge.split(" ") : merge;
  if (Array.isArray(pair) && pair.length === 2 && pair.every((each) => typeof each === "string")) return pair as [string, string];
  throw new ModelError(`tokenizer.json: the merge ${JSON.stringify(merge)} is no pair of pieces`);
}

/** List the piece that stands for each byte; undefined where the vocabulary lacks it. */
export function bytePieces(ids: ReadonlyMap<string, number>): readonly (number | undefined)[] {
  return [...Array(0x100).keys()].map((byte) => ids.get(byteName(byte)));
}

export function byteName(byte: number): string {
  return `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`;
}

// --- spelling ------------------------------------------------------------------------------------

interface Spelling {
  /** The piece for unknown characters; without one they are passed over. */
  readonly unknown: number | undefined;
  /** Whether unknown characters side by side are one piece. */
  readonly fused: boolean;
  readonly bytes: readonly (number | undefined)[] | undefined;
  readonly idOf: (char: string, first: boolean, last: boolean) => number | undefined;
}

/** Begin with one symbol a character, or a byte of an unknown one. */
function spelled(chars: readonly number[], { unknown, fused, bytes, idOf }: Spelling): Symbols {
  const symbols: Symbols = { ids: [], sizes: [] };
  let waiting = 0; // bytes of the unknown piece that is not yet added
  const add = (id: number, size: number): void => void (symbols.ids.push(id), symbols.sizes.push(size));
  const flush = (): void => {
    if (waiting > 0) add(unknown as number, waiting);
    waiting = 0;
  };
  chars.forEach((code, i) => {
    const id = idOf(String.fromCodePoint(code), i === 0, i === chars.length - 1);
    const spelt = id === undefined ? inBytes(code, bytes) : undefined;
    if (id !== undefined || (unknown !== undefined && !fused && spelt === undefined)) flush();
    if (id !== undefined) add(id, sizeOf(code));
    else if (spelt !== undefined) for (const each of spelt) add(each, 1);
    else if (unknown !== undefined) waiting += sizeOf(code);
  });
  flush();
  return symbols;
}

/** Give the pieces for the bytes of a character; undefined where one is missing. */
function inBytes(code: number, bytes: Spelling["bytes"]): readonly number[] | undefined {
  if (bytes === undefined) return undefined;
  const spelt = Array.from(BYTES.encode(String.fromCodePoint(code)), (byte) => bytes[byte]);
  return spelt.every((each) => each !== undefined) ? spelt : undefined;
}

function sizeOf(code: number): number {
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

// --- joining -------------------------------------------------------------------------------------

/** Join pairs, the first learned first, of equals the leftmost. It takes n log n steps. */
function joinAll({ ids, sizes }: Symbols, { ranks, made }: Joins): void {
  const before = ids.map((_, i) => i - 1);
  const after = ids.map((_, i) => (i + 1 < ids.length ? i + 1 : -1));
  const waiting = new Heap();
  const propose = (place: number): void => {
    const next = after[place] as number;
    const rank = next < 0 ? undefined : ranks.get((ids[place] as number) * MOST_PIECES + (ids[next] as number));
    if (rank !== undefined) waiting.push(rank * MOST_SYMBOLS + place);
  };
  for (let place = 0; place + 1 < ids.length; place++) propose(place);
  for (let top = waiting.pop(); top !== undefined; top = waiting.pop()) {
    const [place, rank] = [top % MOST_SYMBOLS, Math.floor(top / MOST_SYMBOLS)];
    const next = after[place] as number;
    if (sizes[place] === 0 || next < 0) continue;
    const now = ranks.get((ids[place] as number) * MOST_PIECES + (ids[next] as number));
    if (now === undefined || made[now] !== made[rank]) continue; // what stood there was joined meanwhile
    ids[place] = made[rank] as number;
    sizes[place] = (sizes[place] as number) + (sizes[next] as number);
    sizes[next] = 0;
    after[place] = after[next] as number;
    if (after[place] >= 0) before[after[place]] = place;
    if ((before[place] as number) >= 0) propose(before[place] as number);
    propose(place);
  }
}

/** Numbers of which the smallest comes first. */
class Heap {
  private readonly items: number[] = [];

  push(item: number): void {
    let place = this.items.push(item) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if ((this.items[parent] as number) <= item) break;
      this.items[place] = this.items[parent] as number;
      place = parent;
    }
    this.items[place] = item;
  }

  pop(): number | undefined {
    const first = this.items[0];
    const last = this.items.pop();
    if (last !== undefined && this.items.length > 0) this.sink(last);
    return first;
  }

  /** Put an item in the place of the first, and let it sink. */
  private sink(item: number): void {
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= this.items.length) break;
      if (child + 1 < this.items.length && (this.items[child + 1] as number) < (this.items[child] as number)) child++;
      if ((this.items[child] as number) >= item) break;
      this.items[place] = this.items[child] as number;
      place = child;
    }
    this.items[place] = item;
  }
}

/** Say where each symbol stands. Where characters were passed over, later places are off by them, as in the library. */
function piecesOf({ ids, sizes }: Symbols, chars: readonly number[], tokens: ReadonlyMap<number, string>): Piece[] {
  const holder = chars.flatMap((code, i) => Array<number>(sizeOf(code)).fill(i));
  const pieces: Piece[] = [];
  let byte = 0;
  ids.forEach((id, i) => {
    const size = sizes[i] as number;
    if (size === 0) return;
    const [start, end] = [holder[byte] as number, (holder[byte + size - 1] as number) + 1];
    pieces.push({ id, token: tokens.get(id) as string, start, end });
    byte += size;
  });
  return pieces;
}

