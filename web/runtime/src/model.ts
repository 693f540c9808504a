/** What every loaded model can do, whatever its kind. */

import type { Schema } from "./schema.js";
import type { Annotation, Explanation } from "./types.js";

export interface Model {
  readonly schema: Schema;
  /** Annotate each text; one annotation a text, in order. */
  predict(texts: readonly string[]): Promise<Annotation[]>;
}

/** A model that can say which rule made each span. */
export interface ExplainingModel extends Model {
  explain(text: string): Promise<Explanation[]>;
}

/** Say whether a model can explain itself. */
export function explains(model: Model): model is ExplainingModel {
  return "explain" in model;
}
