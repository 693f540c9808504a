/**
 * Answers texts with the built runtime in Node, for tests that compare it with Python.
 *
 * node answer.mjs words < texts.json            the words of each text
 * node answer.mjs FOLDER < texts.json           the spans of each text, by the model in FOLDER
 *
 * Texts are a JSON list; so is the answer. Offsets are code points.
 */

import { readFileSync, writeSync } from "node:fs";
import { cut, fold, load, offsetsOf } from "../../src/textwright/server/web/runtime/textwright.js";

function wordsOf(text) {
  const { surfaces, starts, ends, glued } = cut(text);
  const { toPoints } = offsetsOf(text);
  return surfaces.map((surface, i) => [surface, toPoints(starts[i]), toPoints(ends[i]), glued[i] ? 1 : 0, fold(surface)]);
}

async function spansOf(folder, texts) {
  const annotations = await (await load(folder)).predict(texts);
  return annotations.map(({ spans }, i) => {
    const { toPoints } = offsetsOf(texts[i]);
    return spans.map(({ start, end, label }) => [toPoints(start), toPoints(end), label]);
  });
}

const texts = JSON.parse(readFileSync(0, "utf8"));
const what = process.argv[2];
const answer = Buffer.from(JSON.stringify(what === "words" ? texts.map(wordsOf) : await spansOf(what, texts)));
for (let done = 0; done < answer.length; ) done += writeSync(1, answer, done);
