/** What every loaded model can do, whatever its kind. */

import type { Schema } from "./schema.js";
import type { Annotation, Explanation, Scores, Span } from "./types.js";

export interface LoadOptions {
  /** Where onnxruntime's WebAssembly lies, packed by gzip or not; else beside the runtime. */
  readonly wasm?: string | URL;
}

export interface Model {
  readonly schema: Schema;
  /** Annotate each text; one annotation a text, in order. */
  predict(texts: readonly string[]): Promise<Annotation[]>;
}

/** A model that can say which rule made each span. */
export interface ExplainingModel extends Model {
  explain(text: string): Promise<Explanation[]>;
}

/** A model that knows probabilities. */
export interface ScoringModel extends Model {
  /** Give the spans that are not unlikely and every category, each with its probability, for each text. */
  score(texts: readonly string[]): Promise<Scores[]>;
}

/** A model that can show what in a whole text decided its categories. */
export interface EvidenceModel extends Model {
  /** Give the sentences that spoke most for the chosen categories, with what each added, for each text. */
  evidence(texts: readonly string[]): Promise<Span[][]>;
}

/** Say whether a model can show what decided. */
export function showsEvidence(model: Model): model is EvidenceModel {
  return "evidence" in model;
}

/** Say whether a model knows probabilities. */
export function scores(model: Model): model is ScoringModel {
  return "score" in model;
}

/** Say whether a model can explain itself. */
export function explains(model: Model): model is ExplainingModel {
  return "explain" in model;
}
