/** What every loaded model can do, whatever its kind. */

import type { Schema } from "./schema.js";
import type { Annotation, Explanation, Scores, Span } from "./types.js";

/** How far loading is: bytes of all files together, as they lie there. `total` grows when a size was not stated. */
export interface Progress {
  /** The file of which bytes came last: its name in the model's folder, or that of a file of onnxruntime. */
  readonly file: string;
  readonly loaded: number;
  readonly total: number;
  readonly from: "network" | "cache";
}

export interface LoadOptions {
  /** Where onnxruntime's WebAssembly lies, packed or not; else beside the runtime. */
  readonly wasm?: string | URL;
  /** Run in a Web Worker, so that the page stays free while a model computes. In Node it changes nothing. */
  readonly worker?: boolean;
  /** Threads of the WebAssembly, 1 unless said; more only where the page is cross-origin isolated. The first network decides for all. */
  readonly threads?: number;
  /** Where networks compute; `webgpu` falls back to WebAssembly where there is none. */
  readonly device?: "wasm" | "webgpu";
  /** The folder of the files for WebGPU; else they lie beside the runtime. */
  readonly webgpu?: string | URL;
  /** Keep files by their SHA-256 in Cache Storage, where there is one; `true` unless said. */
  readonly cache?: boolean;
  /** Called as bytes come. */
  readonly onProgress?: (progress: Progress) => void;
  /** Gives up loading; `load` then throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** Sent with each request for a file of the model, such as a key. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface PredictOptions {
  /** Drops the work: what waits is never begun, what computes ends after a few texts. `predict` then throws the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface Model {
  readonly schema: Schema;
  /** Annotate each text; one annotation a text, in order. */
  predict(texts: readonly string[], options?: PredictOptions): Promise<Annotation[]>;
  /** Free what the model holds, its worker too. What is asked later is refused with a `ModelError`. */
  close(): void;
}

/** A model that can say which rule made each span. */
export interface ExplainingModel extends Model {
  explain(text: string, options?: PredictOptions): Promise<Explanation[]>;
}

/** A model that knows probabilities. */
export interface ScoringModel extends Model {
  /** Give the spans that are not unlikely and every category, each with its probability, for each text. */
  score(texts: readonly string[], options?: PredictOptions): Promise<Scores[]>;
}

export interface EvidenceOptions extends PredictOptions {
  /** Give all sentences, those that spoke against (below 0) as well, not only those that spoke most. */
  readonly every?: boolean;
}

/** A model that can show what in a whole text decided its categories. */
export interface EvidenceModel extends Model {
  /** Give the sentences that spoke most for the chosen categories, with what each added, for each text. */
  evidence(texts: readonly string[], options?: EvidenceOptions): Promise<Span[][]>;
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
