/** What a page and its worker say to each other. */

import type { EvidenceOptions, LoadOptions, Progress } from "../model.js";
import type { Schema } from "../schema.js";

/** What a model can be asked besides its schema. */
export const QUESTIONS = ["predict", "score", "evidence", "explain"] as const;
export type Question = (typeof QUESTIONS)[number];

/** Options without what cannot travel: functions and signals. */
export type Sendable<T> = Omit<T, "onProgress" | "signal" | "worker">;

export interface LoadRequest {
  readonly id: number;
  readonly load: string;
  readonly options: Sendable<LoadOptions>;
}

export interface AskRequest {
  readonly id: number;
  readonly ask: Question;
  /** Texts, or the one text that is to be explained. */
  readonly given: readonly string[] | string;
  readonly options: Sendable<EvidenceOptions>;
}

/** Drop a request, whether it waits or is being answered. */
export interface CancelRequest {
  readonly id: number;
  readonly cancel: true;
}

export type ToWorker = LoadRequest | AskRequest | CancelRequest;

/** What the answer to `load` is. */
export interface Opened {
  readonly schema: Schema;
  readonly answers: readonly Question[];
}

/** A fault; `ours` is one of the folder or of what was asked, a `ModelError`. */
export interface Fault {
  readonly ours: boolean;
  readonly name: string;
  readonly message: string;
}

export type FromWorker =
  | { readonly id: number; readonly progress: Progress }
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly fault: Fault };
