/**
 * A fine-tuned encoder: see predictors/transformer.py. One that reads spans scores every span of words, one that reads
 * whole texts every category.
 */

import { ModelError, within } from "../errors.js";
import { LONGEST } from "./features.js";
import { type Frame, frameFromData, type Place, windowsOf, wordWindows, type WordWindows } from "./frame.js";
import { checkVersion, type Folder } from "../loading/folder.js";
import type { LoadOptions, PredictOptions, ScoringModel } from "../model.js";
import { GRAPH, type Graph, type Inputs, type Numbers, openGraph } from "./onnx.js";
import { Reader } from "./opinions.js";
import { type Schema, schemaFromData } from "../schema.js";
import { spanSettingsOf } from "./span_settings.js";
import { type SpanBatch, SpanModel } from "./spans.js";
import { openTokeniser, type Tokeniser } from "../tokenisers/tokeniser.js";
import { inParts, inTurn } from "../turns.js";
import type { Annotation, Scores } from "../types.js";
import type { Part } from "./windows.js";

const VERSION = 1;
const TOKENISER = "tokenizer.json";
/** Pieces that an encoder sees at once: memory stays small, and work on a long text can soon be given up. */
const PIECES_AT_ONCE = 512;
/** Scores are rounded to steps of 1/UNIT, so that the noise of an encoder decides nothing. */
const UNIT = 1024;

/** An encoder with what cuts texts for it. */
class Encoder {
  constructor(
    readonly tokeniser: Tokeniser,
    readonly frame: Frame,
    private readonly graph: Graph,
  ) {}

  /** Run the graph. Throw `ModelError` unless it gives so many scores. */
  async scores(inputs: Inputs, expected: number): Promise<Float32Array> {
    const { scores } = (await this.graph.run(inputs)) as { scores?: Numbers<Float32Array> };
    if (scores?.data.length === expected) return scores.data;
    throw new ModelError(`the graph's scores are [${scores?.dims.join(", ") ?? "missing"}], expected ${expected} of them`);
  }

  close(): void {
    this.graph.close();
  }
}

// --- categories of whole texts -------------------------------------------------------------------

/** A window of a text, by the text's place. */
type Placed = readonly [text: number, window: readonly number[]];

/** Sorts whole texts. */
class TextEncoder implements ScoringModel {
  readonly schema: Schema;

  constructor(
    private readonly reader: Reader,
    private readonly encoder: Encoder,
  ) {
    this.schema = reader.schema;
  }

  async predict(texts: readonly string[], options: PredictOptions = {}): Promise<Annotation[]> {
    return inTurn(texts, options, async (some) => (await this.sums(some, options)).map((bias) => this.reader.annotation(opinion(bias))));
  }

  async score(texts: readonly string[], options: PredictOptions = {}): Promise<Scores[]> {
    return inTurn(texts, options, async (some) => (await this.sums(some, options)).map((bias) => this.reader.scores(opinion(bias))));
  }

  close(): void {
    this.encoder.close();
  }

  /** Score each category of each text: the mean of a text's windows. */
  private async sums(texts: readonly string[], options: PredictOptions): Promise<Float32Array[]> {
    const { topics } = this.reader;
    const { tokeniser, frame } = this.encoder;
    const windows = texts.map((text) => windowsOf(tokeniser.encode(text).ids, frame));
    const totals = texts.map(() => new Float64Array(topics));
    const placed = windows.flatMap((own, text) => own.map((window): Placed => [text, window]));
    for await (const batch of inParts(equallyLong(placed), options)) {
      const scores = await this.encoder.scores(batched(batch), batch.length * topics);
      batch.forEach(([text], i) => add(totals[text] as Float64Array, scores.subarray(i * topics, (i + 1) * topics)));
    }
    return totals.map((total, text) => Float32Array.from(total, (sum) => rounded(sum / (windows[text] as number[][]).length)));
  }
}

/** What an encoder says is of the whole text, not of a word. */
function opinion(bias: Float32Array): { starts: number[]; bias: Float32Array; added: Float32Array } {
  return { starts: [], bias, added: new Float32Array() };
}

function rounded(score: number): number {
  return Math.floor(score * UNIT + 0.5) / UNIT;
}

function add(total: Float64Array, scores: Float32Array): void {
  scores.forEach((score, topic) => (total[topic] = (total[topic] as number) + score));
}

/** Yield windows with equally many pieces together, so that none is filled up. */
function* equallyLong(windows: readonly Placed[]): Generator<Placed[]> {
  const byLength = new Map<number, Placed[]>();
  for (const placed of windows) {
    const length = placed[1].length;
    byLength.set(length, [...(byLength.get(length) ?? []), placed]);
  }
  for (const [length, placed] of byLength) {
    const size = Math.max(1, Math.floor(PIECES_AT_ONCE / length));
    for (let i = 0; i < placed.length; i += size) yield placed.slice(i, i + size);
  }
}

function batched(batch: readonly Placed[]): Inputs {
  const dims = [batch.length, batch[0]?.[1].length ?? 0];
  const data = Int32Array.from(batch.flatMap(([, window]) => window));
  return { ids: { data, dims }, mask: { data: new Int32Array(data.length).fill(1), dims } };
}

// --- spans ---------------------------------------------------------------------------------------

/** Scores spans by the pieces of their words and by the words' features. */
async function spanScores(encoder: Encoder, { texts, parts, rows, expected }: SpanBatch): Promise<Float32Array> {
  const { tokeniser, frame } = encoder;
  const pieces = parts.map((part) => wordWindows(surfaces(texts[part.text] as string, part), tokeniser, frame));
  return await encoder.scores({ rows, ...placedPieces(pieces, frame.pad) }, expected);
}

/** Give what stands in the text for each word; the beginning of a long one says enough. */
function surfaces(text: string, { words: { starts, ends } }: Part): string[] {
  return starts.map((start, i) => {
    const surface = text.slice(start, ends[i]);
    return surface.length <= LONGEST ? surface : [...surface].slice(0, LONGEST).join("");
  });
}

/**
 * Stack the windows of all texts, filled up to the longest, and number their pieces from 0.
 *
 * `firsts` and `lasts`, [texts, words], are the numbers of the pieces with which each word begins and ends.
 */
function placedPieces(texts: readonly WordWindows[], pad: number): Inputs {
  const windows = texts.flatMap((text) => text.windows);
  const longest = windows.reduce((most, window) => Math.max(most, window.length), 0);
  const ids = new Int32Array(windows.length * longest).fill(pad);
  const mask = new Int32Array(ids.length);
  windows.forEach((window, row) => {
    ids.set(window, row * longest);
    mask.fill(1, row * longest, row * longest + window.length);
  });
  const [firsts, lasts]: [number[], number[]] = [[], []];
  let before = 0;
  for (const text of texts) {
    const numbered = ([window, place]: Place): number => (before + window) * longest + place;
    firsts.push(...text.firsts.map(numbered));
    lasts.push(...text.lasts.map(numbered));
    before += text.windows.length;
  }
  const [square, words] = [[windows.length, longest], [texts.length, firsts.length / texts.length]];
  return {
    ids: { data: ids, dims: square },
    mask: { data: mask, dims: square },
    firsts: { data: Int32Array.from(firsts), dims: words },
    lasts: { data: Int32Array.from(lasts), dims: words },
  };
}

// --- opening -------------------------------------------------------------------------------------

/** Open a model folder of the kind `transformer`. */
export async function openTransformer(folder: Folder, options: LoadOptions): Promise<ScoringModel> {
  checkVersion(folder, VERSION);
  const [make, frame] = within(`${folder.address}config.json`, () => [maker(folder), frameFromData(folder.config["tokens"])] as const);
  const content = folder.read(TOKENISER);
  content.catch(() => undefined); // what is wrong with the graph is told first
  const graph = await openGraph(folder.readBytes(GRAPH), options);
  try {
    const text = await content;
    return make(new Encoder(within(`${folder.address}${TOKENISER}`, () => openTokeniser(text)), frame, graph));
  } catch (error) {
    graph.close();
    throw error;
  }
}

/** Read a folder's settings; what they make of an encoder depends on whether the schema has labels. */
function maker(folder: Folder): (encoder: Encoder) => ScoringModel {
  if (schemaFromData(folder.config["schema"]).labels.length === 0) {
    const reader = Reader.of(folder);
    return (encoder) => new TextEncoder(reader, encoder);
  }
  const settings = spanSettingsOf(folder.config);
  return (encoder) => new SpanModel(settings, { scores: (batch) => spanScores(encoder, batch), close: () => encoder.close() });
}
