/**
 * Asks model folders the texts of their parity.json in Node: parity.py runs it.
 *
 * node parity.mjs RUNTIME FOLDER... writes a line of JSON for each folder: {"annotations": [...]}, offsets in code
 * points, or {"unable": "why"} when the runtime does not know a model's kind.
 */

import { readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [runtime, ...folders] = process.argv.slice(2);
const { load, offsetsOf } = await import(pathToFileURL(runtime).href);

function inPoints(text, { spans, categories }) {
  const { toPoints } = offsetsOf(text);
  const places = spans?.map((span) => ({ ...span, start: toPoints(span.start), end: toPoints(span.end) }));
  return { ...(places && { spans: places }), ...(categories && { categories }) };
}

async function answered(folder) {
  const texts = JSON.parse(readFileSync(join(folder, "parity.json"), "utf8")).texts.map(({ text }) => text);
  const model = await load(folder).catch((error) => {
    if (error.message.includes("unknown kind")) return error.message;
    throw error;
  });
  if (typeof model === "string") return { unable: model };
  const annotations = await model.predict(texts);
  model.close?.();
  return { annotations: annotations.map((annotation, i) => inPoints(texts[i], annotation)) };
}

for (const folder of folders) {
  const line = Buffer.from(`${JSON.stringify(await answered(folder))}\n`);
  for (let done = 0; done < line.length; ) done += writeSync(1, line, done);
}
