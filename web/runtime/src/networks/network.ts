/** A network that scores every span of words; the best set of them is chosen. See predictors/onnx.py. */

import { ModelError, within } from "../errors.js";
import { encode, type Numbering, numbering } from "./features.js";
import { checkVersion, type Folder } from "../loading/folder.js";
import type { LoadOptions, PredictOptions, ScoringModel } from "../model.js";
import { GRAPH, type Graph, openGraph } from "./onnx.js";
import type { Schema } from "../schema.js";
import { type SpanSettings, spanSettingsOf } from "./span_settings.js";
import { inParts, inTurn } from "../turns.js";
import type { Annotation, Scores } from "../types.js";
import { annotationsOf, type Part, partBatches, type Scored, scoresOf } from "./windows.js";

const VERSION = 1;

/** Marks what the network says. It never fails for a text. */
export class NetworkModel implements ScoringModel {
  readonly schema: Schema;
  private readonly number: Numbering;

  constructor(
    private readonly settings: SpanSettings,
    private readonly graph: Graph,
  ) {
    this.schema = settings.schema;
    this.number = numbering(settings.features);
  }

  async predict(texts: readonly string[], options: PredictOptions = {}): Promise<Annotation[]> {
    return inTurn(texts, options, (some) => annotationsOf(this.scored(some, options), some.length, this.settings.nesting));
  }

  async score(texts: readonly string[], options: PredictOptions = {}): Promise<Scores[]> {
    const { nesting, temperature } = this.settings;
    return inTurn(texts, options, (some) => scoresOf(this.scored(some, options), some.length, nesting, temperature));
  }

  close(): void {
    this.graph.close();
  }

  private async *scored(texts: readonly string[], options: PredictOptions): Scored {
    const encoded = texts.map((text) => encode(text, this.number));
    for await (const parts of inParts(partBatches(encoded, this.settings.window), options)) yield [parts, await this.ask(parts)];
  }

  /** Run the graph for parts with equally many words. */
  private async ask(parts: readonly Part[]): Promise<Float32Array[]> {
    const words = parts[0]?.words.starts.length ?? 0;
    const { width } = this.settings.features;
    const data = new Int32Array(parts.length * words * width);
    parts.forEach((part, i) => part.words.rows.forEach((rows, j) => data.set(rows, (i * words + j) * width)));
    const { scores } = await this.graph.run({ rows: { data, dims: [parts.length, words, width] } });
    const size = this.settings.nesting.size * words * words;
    if (scores?.data.length !== parts.length * size) {
      throw new ModelError(`the graph's scores are [${scores?.dims.join(", ")}], expected one for each of ${this.settings.nesting.size} labels`);
    }
    return parts.map((_, i) => scores.data.subarray(i * size, (i + 1) * size));
  }
}

/** Open a model folder of the kind `network`. */
export async function openNetwork(folder: Folder, options: LoadOptions): Promise<NetworkModel> {
  checkVersion(folder, VERSION);
  const settings = within(`${folder.address}config.json`, () => spanSettingsOf(folder.config));
  return new NetworkModel(settings, await openGraph(folder.readBytes(GRAPH), options));
}
