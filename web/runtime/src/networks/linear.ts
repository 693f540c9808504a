/** A linear model of whole texts: each feature adds something to each category. See predictors/linear.py. */

import { within } from "../errors.js";
import { checkVersion, type Folder } from "../loading/folder.js";
import type { LoadOptions } from "../model.js";
import { GRAPH, type Graph, openGraph } from "./onnx.js";
import { type Opinion, Reader } from "./opinions.js";
import { WholeTextModel } from "./text.js";
import { type EncodedText, type TextFeatures, textFeaturesFromData, widthOf } from "./text_features.js";

const VERSION = 1;

/** Adds up what the words say, in no order. */
class LinearModel extends WholeTextModel {
  constructor(
    reader: Reader,
    features: TextFeatures,
    private readonly graph: Graph,
  ) {
    super(reader, features);
  }

  close(): void {
    this.graph.close();
  }

  /** Ask the model of one text, and share out what a feature adds among the words that have it. */
  protected async opinion({ starts, rows }: EncodedText): Promise<Opinion> {
    const counts = new Map<number, number>();
    for (const row of rows) if (row > 0) counts.set(row, (counts.get(row) ?? 0) + 1);
    const [bias, said] = await this.ask([...counts].sort(([a], [b]) => a - b));
    const topics = this.reader.topics;
    const place = new Map([...counts.keys()].sort((a, b) => a - b).map((row, i) => [row, i * topics]));
    const added = new Float32Array(starts.length * topics);
    rows.forEach((row, i) => {
      const from = place.get(row);
      if (from === undefined) return;
      const word = Math.floor(i / widthOf(this.features)) * topics;
      for (let topic = 0; topic < topics; topic++) {
        const share = Math.fround((said[from + topic] as number) / (counts.get(row) as number));
        added[word + topic] = (added[word + topic] as number) + share;
      }
    });
    return { starts, bias, added };
  }

  /** Run the graph. Of a text without a feature only the bias is asked, with one that then counts for nothing. */
  private async ask(counted: readonly (readonly [row: number, count: number])[]): Promise<[Float32Array, Float32Array]> {
    const given = counted.length > 0 ? counted : [[1, 1] as const];
    const { bias, added } = await this.graph.run({
      rows: { data: Int32Array.from(given, ([row]) => row), dims: [given.length] },
      counts: { data: Float32Array.from(given, ([, count]) => count), dims: [given.length] },
    });
    return [this.counted(bias, 1), this.counted(added, given.length)];
  }
}

/** Open a model folder of the kind `linear`. */
export async function openLinear(folder: Folder, options: LoadOptions): Promise<WholeTextModel> {
  checkVersion(folder, VERSION);
  const [reader, features] = within(`${folder.address}config.json`, () => {
    return [Reader.of(folder), textFeaturesFromData(folder.config["features"])] as const;
  });
  return new LinearModel(reader, features, await openGraph(folder.readBytes(GRAPH), options));
}
