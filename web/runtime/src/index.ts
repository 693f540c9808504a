/** Texts in, spans and categories out, in a page or in Node. */

export { decode, type Thresholds } from "./decode.js";
export { ModelError } from "./errors.js";
export { load } from "./load.js";
export { explains, type ExplainingModel, type LoadOptions, type Model, scores, type ScoringModel } from "./model.js";
export { type Offsets, offsetsOf } from "./offsets.js";
export { rulesModel } from "./rules.js";
export type { Label, Rule, Schema, Task } from "./schema.js";
export type { Annotation, Category, Explanation, Scores, Span } from "./types.js";
export { type Word, wordsOf } from "./tokens.js";
