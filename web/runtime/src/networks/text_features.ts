/** Turn a whole text into words with hashed features, each also paired with the next: see predictors/text_features.py. */

import { ModelError } from "../errors.js";
import { type Features, featuresFromData, hashText, LONGEST, mix, networkWords, type Numbering } from "./features.js";
import { fold } from "../words/words.js";

/** What the code of a word is multiplied with before that of the next is added. */
const TURN = 0x9e3779b1;

/** The features of each word, and with `pairs` one of it and the next word, which comes last. */
export interface TextFeatures {
  readonly words: Features;
  readonly pairs: boolean;
}

/** A text as a model of whole texts reads it: where each word starts, and its numbers, [words, width]. */
export interface EncodedText {
  readonly starts: readonly number[];
  readonly rows: Int32Array;
}

/** Read the settings of a `config.json`. */
export function textFeaturesFromData(data: unknown): TextFeatures {
  const { words, pairs, ...others } = (data ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof pairs === "boolean" && Object.keys(others).length === 0) return { words: featuresFromData(words), pairs };
  throw new ModelError(`the features ${JSON.stringify(data)} are not those of this version: words, pairs`);
}

/** How many numbers each word has. */
export function widthOf({ words, pairs }: TextFeatures): number {
  return words.width + Number(pairs);
}

/** Cut a text into words, leave the gaps out, and number the features of each. */
export function encodeText(text: string, features: TextFeatures, number: Numbering): EncodedText {
  const words = networkWords(text, features.words).filter(({ start, end }) => start < end);
  const width = widthOf(features);
  const rows = new Int32Array(words.length * width);
  words.forEach(({ surface, glued }, i) => rows.set(number(surface, glued), i * width));
  if (features.pairs) {
    const codes = words.map(({ surface }) => wordCode(surface));
    codes.forEach((code, i) => {
      rows[(i + 1) * width - 1] = 1 + (mix(Math.imul(code, TURN) + (codes[i + 1] ?? 0)) % features.words.rows);
    });
  }
  return { starts: words.map(({ start }) => start), rows };
}

/** Hash a word in lower case. */
function wordCode(surface: string): number {
  return hashText(["w", ...fold([...surface].slice(0, LONGEST).join(""))]);
}
