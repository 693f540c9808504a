/** A model that marks spans of words by a score for every span: the best set of them is chosen. */

import { encode, type Numbering, numbering } from "./features.js";
import type { PredictOptions, ScoringModel } from "../model.js";
import type { Numbers } from "./onnx.js";
import type { Schema } from "../schema.js";
import type { SpanSettings } from "./span_settings.js";
import { inParts, inTurn } from "../turns.js";
import type { Annotation, Scores } from "../types.js";
import { annotationsOf, type Part, partBatches, type Scored, scoresOf } from "./windows.js";

/** Parts of texts with equally many words; `rows` are the features of the words, [parts, words, features]. */
export interface SpanBatch {
  readonly texts: readonly string[];
  readonly parts: readonly Part[];
  readonly rows: Numbers<Int32Array>;
  /** How many scores there must be: [parts, labels, words, words]. */
  readonly expected: number;
}

/** What scores every span of words. */
export interface SpanScorer {
  scores(batch: SpanBatch): Promise<Float32Array>;
  close(): void;
}

/** Marks spans of words. It never fails for a text. */
export class SpanModel implements ScoringModel {
  readonly schema: Schema;
  private readonly number: Numbering;

  constructor(
    private readonly settings: SpanSettings,
    private readonly scorer: SpanScorer,
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
    this.scorer.close();
  }

  private async *scored(texts: readonly string[], options: PredictOptions): Scored {
    const encoded = texts.map((text) => encode(text, this.settings.features, this.number));
    for await (const parts of inParts(partBatches(encoded, this.settings.window), options)) yield [parts, await this.ask(texts, parts)];
  }

  private async ask(texts: readonly string[], parts: readonly Part[]): Promise<Float32Array[]> {
    const words = parts[0]?.words.starts.length ?? 0;
    const { features: { width }, nesting } = this.settings;
    const data = new Int32Array(parts.length * words * width);
    parts.forEach((part, i) => part.words.rows.forEach((row, j) => data.set(row, (i * words + j) * width)));
    const size = nesting.size * words * words;
    const rows = { data, dims: [parts.length, words, width] };
    const scores = await this.scorer.scores({ texts, parts, rows, expected: parts.length * size });
    return parts.map((_, i) => scores.subarray(i * size, (i + 1) * size));
  }
}
