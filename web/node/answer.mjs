/**
 * Answers texts with the built runtime in Node, for tests that compare it with Python.
 *
 * node answer.mjs words < texts.json      the words of each text: [start, end, form, kind, glued]
 * node answer.mjs FOLDER < texts.json     the spans of each text by the model in FOLDER: [start, end, label]
 *
 * Texts are a JSON list; so is the answer. Offsets are code points.
 */

import { readFileSync, writeSync } from "node:fs";
import { load, offsetsOf, wordsOf } from "../../src/textwright/server/web/runtime/textwright.js";

function words(text) {
  const { toPoints } = offsetsOf(text);
  return wordsOf(text).map(({ start, end, form, kind, glued }) => [toPoints(start), toPoints(end), form, kind, glued]);
}

async function spans(folder, texts) {
  const annotations = await (await load(folder)).predict(texts);
  return annotations.map((annotation, i) => {
    const { toPoints } = offsetsOf(texts[i]);
    return annotation.spans.map(({ start, end, label }) => [toPoints(start), toPoints(end), label]);
  });
}

const texts = JSON.parse(readFileSync(0, "utf8"));
const what = process.argv[2];
const answer = Buffer.from(JSON.stringify(what === "words" ? texts.map(words) : await spans(what, texts)));
for (let done = 0; done < answer.length; ) done += writeSync(1, answer, done);
