/** Texts in, spans and categories out, in a page or in Node. */

export { decode, type Thresholds } from "./decode.js";
export { DataError, ModelError } from "./errors.js";
export { type Example, examplesOf, linesOf } from "./examples.js";
export type { Finding, Repair, Severity } from "./headlines/findings.js";
export { applyRepairs, checkHeadline, type HeadlineOptions, repairHeadline, safeRepairs } from "./headlines/headlines.js";
export type { RuleData, Rules } from "./headlines/rules.js";
export { importance, type ImportanceOptions } from "./importance.js";
export { latest, type Latest } from "./latest.js";
export { load } from "./loading/load.js";
export {
  type EvidenceModel,
  type EvidenceOptions,
  explains,
  type ExplainingModel,
  type LoadOptions,
  type Model,
  type PredictOptions,
  type Progress,
  scores,
  type ScoringModel,
  showsEvidence,
} from "./model.js";
export { type Offsets, offsetsOf } from "./words/offsets.js";
export { rulesModel } from "./rules/rules.js";
export type { Label, Rule, Schema, Task } from "./schema.js";
export { sentencesOf } from "./words/sentences.js";
export { openTokeniser, type Tokeniser, type Tokens } from "./tokenisers/tokeniser.js";
export type { Annotation, Category, Explanation, Scores, Span } from "./types.js";
export { type Word, wordsOf } from "./words/tokens.js";
export { answerPage } from "./worker/answering.js";
