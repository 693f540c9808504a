/** Two models in one folder, one for spans and one for categories: see predictors/joint.py. */

import { ModelError } from "../errors.js";
import { checkVersion, type Folder } from "../loading/folder.js";
import { type EvidenceModel, type EvidenceOptions, type Model, type PredictOptions, scores, type ScoringModel, showsEvidence } from "../model.js";
import type { Schema } from "../schema.js";
import type { Annotation, Scores, Span } from "../types.js";

const VERSION = 1;

/** A model for spans and one for categories, as one. */
export class JointModel implements ScoringModel, EvidenceModel {
  readonly schema: Schema;

  constructor(
    private readonly spans: Model,
    private readonly categories: Model,
  ) {
    this.schema = { ...spans.schema, tasks: categories.schema.tasks };
  }

  async predict(texts: readonly string[], options: PredictOptions = {}): Promise<Annotation[]> {
    const found = await this.spans.predict(texts, options);
    const sorted = await this.categories.predict(texts, options);
    return found.map(({ spans }, i) => ({ spans, categories: sorted[i]?.categories ?? null }));
  }

  async score(texts: readonly string[], options: PredictOptions = {}): Promise<Scores[]> {
    if (!scores(this.spans) || !scores(this.categories)) throw new ModelError("one of the two models gives no probabilities");
    const found = await this.spans.score(texts, options);
    const sorted = await this.categories.score(texts, options);
    return found.map(({ spans }, i) => ({ spans, categories: sorted[i]?.categories ?? [] }));
  }

  async evidence(texts: readonly string[], options?: EvidenceOptions): Promise<Span[][]> {
    return showsEvidence(this.categories) ? this.categories.evidence(texts, options) : texts.map(() => []);
  }

  close(): void {
    this.spans.close();
    this.categories.close();
  }
}

/** Open a model folder of the kind `joint`. */
export async function openJoint(folder: Folder, open: (part: Folder) => Promise<Model>): Promise<JointModel> {
  checkVersion(folder, VERSION);
  const [spans, categories] = await Promise.all([folder.inner("spans"), folder.inner("categories")]);
  return new JointModel(await open(spans), await open(categories));
}
