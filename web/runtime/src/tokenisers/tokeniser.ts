/**
 * Cut a text into the pieces that a language model knows, by its `tokenizer.json`, with their places.
 *
 * The same as the library `tokenizers` (0.23) gives without special tokens, truncation and padding; see
 * docs/tokenisers.md.
 */

import { ModelError } from "../errors.js";
import { offsetsOf } from "../words/offsets.js";
import { addedPieces, type Finder, finderOf } from "./added.js";
import { type Aligned, alignedOf, textOf } from "./aligned.js";
import { bytePairs } from "./byte_pairs.js";
import { type Cutter, cutterOf } from "./cutters.js";
import { type Normaliser, normaliserOf } from "./normalisers.js";
import { type Part, partOf, reader } from "./parts.js";
import { type Places, trimmerOf } from "./trimming.js";
import { unigram } from "./unigram.js";
import type { PieceModel } from "./vocabulary.js";
import { wordPieces } from "./word_pieces.js";

/** The pieces of a text: number, name and place of each, in UTF-16 units: `text.slice(starts[i], ends[i])`. */
export interface Tokens {
  readonly ids: number[];
  readonly tokens: string[];
  readonly starts: number[];
  readonly ends: number[];
}

export interface Tokeniser {
  /** Cut a text. No special tokens are put around it, it is neither cut off nor filled up. */
  encode(text: string): Tokens;
  /** Give the number of a piece; undefined when it is none. */
  idOf(token: string): number | undefined;
}

interface Parts {
  readonly model: PieceModel;
  readonly normaliser: Normaliser;
  readonly cutter: Cutter;
  readonly asWritten: Finder;
  readonly uniform: Finder;
  readonly trim: (tokens: Places) => Places;
  readonly added: ReadonlyMap<string, number>;
}

const NO_MODEL: PieceModel = { ids: new Map(), size: 0, cut: () => [] };
const KNOWN = ["version", "truncation", "padding", "added_tokens", "normalizer", "pre_tokenizer", "post_processor", "decoder", "model"];

const modelOf = reader<PieceModel>("model", NO_MODEL, { WordPiece: wordPieces, BPE: bytePairs, Unigram: unigram });

/** Read a `tokenizer.json`, as text or decoded. Throw `ModelError` for a part that is not known, by its name. */
export function openTokeniser(json: string | object): Tokeniser {
  const parts = partsOf(partOf("the file", typeof json === "string" ? parsed(json) : json));
  return {
    encode: (text) => inUnits(text, encoded(text, parts)),
    idOf: (token) => parts.added.get(token) ?? parts.model.ids.get(token),
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    throw new ModelError(`tokenizer.json: ${(error as Error).message}`);
  }
}

function partsOf(data: Part): Parts {
  const unknown = Object.keys(data).find((key) => !KNOWN.includes(key));
  if (unknown !== undefined) throw new ModelError(`tokenizer.json: ${unknown} is unknown. This version knows: ${KNOWN.join(", ")}`);
  const model = modelOf(typed(partOf("model", data["model"])));
  const normaliser = normaliserOf(data["normalizer"]);
  const added = addedPieces(data["added_tokens"], model);
  return {
    model,
    normaliser,
    cutter: cutterOf(data["pre_tokenizer"]),
    asWritten: finderOf(added.filter((piece) => !piece.normalised)),
    uniform: finderOf(added.filter((piece) => piece.normalised), normaliser),
    trim: trimmerOf(data["post_processor"]),
    added: new Map(added.map(({ content, id }) => [content, id])),
  };
}

/** Old files do not say which kind of model they hold; it shows in its settings. */
function typed(model: Part): Part {
  if (typeof model["type"] === "string") return model;
  const type = "merges" in model ? "BPE" : Array.isArray(model["vocab"]) ? "Unigram" : "WordPiece";
  return { type, ...model };
}

/** Cut a text; places are those of code points. */
function encoded(text: string, { model, normaliser, cutter, asWritten, uniform, trim }: Parts): Places {
  const found: Places = { ids: [], tokens: [], starts: [], ends: [] };
  const add = (piece: Aligned, id: number, token: string, start: number, end: number): void => {
    found.ids.push(id);
    found.tokens.push(token);
    found.starts.push(piece.starts[start] as number);
    found.ends.push(piece.ends[end - 1] as number);
  };
  const stretches = asWritten(alignedOf(text)).flatMap((each) => (each.id === undefined ? uniform(normaliser(each.text)) : [each]));
  for (const { text: stretch, id } of stretches) {
    if (id !== undefined) add(stretch, id, textOf(stretch.chars), 0, stretch.chars.length);
    else if (stretch.chars.length > 0) {
      for (const piece of cutter(stretch)) for (const each of model.cut(piece.chars)) add(piece, each.id, each.token, each.start, each.end);
    }
  }
  return trim(found);
}

function inUnits(text: string, { ids, tokens, starts, ends }: Places): Tokens {
  const { toUnits } = offsetsOf(text);
  return { ids, tokens, starts: starts.map(toUnits), ends: ends.map(toUnits) };
}
