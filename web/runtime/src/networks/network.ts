/** A network that scores every span of words; the best set of them is chosen. See predictors/onnx.py. */

import { ModelError, within } from "../errors.js";
import { checkVersion, type Folder } from "../loading/folder.js";
import type { LoadOptions } from "../model.js";
import { GRAPH, type Graph, openGraph } from "./onnx.js";
import { spanSettingsOf } from "./span_settings.js";
import { type SpanBatch, SpanModel } from "./spans.js";

const VERSION = 1;

/** Open a model folder of the kind `network`. */
export async function openNetwork(folder: Folder, options: LoadOptions): Promise<SpanModel> {
  checkVersion(folder, VERSION);
  const settings = within(`${folder.address}config.json`, () => spanSettingsOf(folder.config));
  const graph = await openGraph(folder.readBytes(GRAPH), options);
  return new SpanModel(settings, {
    scores: (batch) => scored(graph, batch, settings.nesting.size),
    close: () => graph.close(),
  });
}

/** Run the graph. Throw `ModelError` unless it gives a score for each of so many labels. */
async function scored(graph: Graph, { rows, expected }: SpanBatch, labels: number): Promise<Float32Array> {
  const { scores } = await graph.run({ rows });
  if (scores?.data.length === expected) return scores.data;
  throw new ModelError(`the graph's scores are [${scores?.dims.join(", ")}], expected one for each of ${labels} labels`);
}
