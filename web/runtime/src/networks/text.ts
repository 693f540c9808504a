/** A network for whole texts, which gives each word's say for each category: see predictors/text.py. */

import { ModelError, within } from "../errors.js";
import { type Numbering, numbering } from "./features.js";
import { checkVersion, type Folder } from "../loading/folder.js";
import type { EvidenceModel, EvidenceOptions, LoadOptions, PredictOptions, ScoringModel } from "../model.js";
import { GRAPH, type Graph, type Numbers, openGraph } from "./onnx.js";
import { type Opinion, Reader } from "./opinions.js";
import type { Schema } from "../schema.js";
import { type EncodedText, encodeText, type TextFeatures, textFeaturesFromData, widthOf } from "./text_features.js";
import { inTurn } from "../turns.js";
import type { Annotation, Scores, Span } from "../types.js";

const VERSION = 1;
/** Words that are read at once; a longer text is read in pieces of equal length. */
const MOST_WORDS = 8192;

/** A model of whole texts: it asks for an opinion of each, and its reader makes the answer. */
export abstract class WholeTextModel implements ScoringModel, EvidenceModel {
  readonly schema: Schema;
  private readonly number: Numbering;

  constructor(
    protected readonly reader: Reader,
    protected readonly features: TextFeatures,
  ) {
    this.schema = reader.schema;
    this.number = numbering(features.words);
  }

  /** Ask the model of one text. */
  protected abstract opinion(words: EncodedText): Promise<Opinion>;

  async predict(texts: readonly string[], options: PredictOptions = {}): Promise<Annotation[]> {
    return this.each(texts, options, (opinion) => this.reader.annotation(opinion));
  }

  async score(texts: readonly string[], options: PredictOptions = {}): Promise<Scores[]> {
    return this.each(texts, options, (opinion) => this.reader.scores(opinion));
  }

  async evidence(texts: readonly string[], { every = false, ...options }: EvidenceOptions = {}): Promise<Span[][]> {
    return this.each(texts, options, (opinion, text) => this.reader.evidence(text, opinion, every));
  }

  abstract close(): void;

  private async each<T>(texts: readonly string[], options: PredictOptions, answer: (opinion: Opinion, text: string) => T): Promise<T[]> {
    return inTurn(texts, options, async (some) => {
      const found: T[] = [];
      for (const text of some) found.push(answer(await this.opinion(encodeText(text, this.features, this.number)), text));
      return found;
    });
  }

  /** Take what a graph gave for so many words. Throw `ModelError` when that is not one number for each label. */
  protected counted(given: Numbers<Float32Array> | undefined, words: number): Float32Array {
    const expected = words * this.reader.topics;
    if (given?.data.length === expected) return given.data;
    throw new ModelError(`the graph gave ${given?.data.length ?? "no"} numbers, expected ${expected}: one for each of ${this.reader.topics} labels`);
  }
}

/** A network for whole texts. */
class TextModel extends WholeTextModel {
  constructor(
    reader: Reader,
    features: TextFeatures,
    private readonly window: number,
    private readonly graph: Graph,
  ) {
    super(reader, features);
  }

  close(): void {
    this.graph.close();
  }

  /** Ask the network in pieces of at most `window` words that count by their length. */
  protected async opinion({ starts, rows }: EncodedText): Promise<Opinion> {
    const width = widthOf(this.features);
    const added = new Float32Array(starts.length * this.reader.topics);
    const pieces = Math.max(1, Math.ceil(starts.length / this.window));
    let bias = new Float32Array() as Float32Array;
    let done = 0;
    for (let piece = 0; piece < pieces; piece++) {
      const size = Math.floor(starts.length / pieces) + Number(piece < starts.length % pieces);
      const said = await this.ask(rows.subarray(done * width, (done + size) * width), size);
      if (piece === 0) bias = said.bias;
      const share = pieces === 1 ? 1 : Math.fround(size / starts.length);
      added.set(said.added.map((value) => value * share), done * this.reader.topics);
      done += size;
    }
    return { starts, bias, added };
  }

  /** Run the graph. A text without a word is read as one word without a feature, which adds nothing. */
  private async ask(rows: Int32Array, words: number): Promise<{ bias: Float32Array; added: Float32Array }> {
    const width = widthOf(this.features);
    const given = words > 0 ? rows : new Int32Array(width);
    const { bias, added } = await this.graph.run({ rows: { data: given, dims: [1, Math.max(words, 1), width] } });
    const said = this.counted(added, Math.max(words, 1));
    return { bias: this.counted(bias, 1), added: said.subarray(0, words * this.reader.topics) };
  }
}

/** Open a model folder of the kind `text_network`. */
export async function openText(folder: Folder, options: LoadOptions): Promise<WholeTextModel> {
  checkVersion(folder, VERSION);
  const [reader, features, window] = within(`${folder.address}config.json`, () => {
    const window = folder.config["window"] ?? MOST_WORDS;
    if (!Number.isSafeInteger(window) || (window as number) < 1) throw new ModelError(`the window is ${String(window)}, expected a number of words`);
    return [Reader.of(folder), textFeaturesFromData(folder.config["features"]), window as number] as const;
  });
  return new TextModel(reader, features, window, await openGraph(folder.readBytes(GRAPH), options));
}
