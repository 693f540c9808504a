/**
 * Answers texts with the built runtime in Node, for tests that compare it with Python.
 *
 * node answer.mjs words < texts.json      the words of each text: [start, end, form, kind, glued]
 * node answer.mjs FOLDER < texts.json     the spans of each text by the model in FOLDER: [start, end, label]
 * node answer.mjs rules < vectors.json    the same for each {rules, texts}; null for rules that are refused
 *
 * What comes and goes is a JSON list. Offsets are code points.
 */

import { readFileSync, writeSync } from "node:fs";
import { load, ModelError, offsetsOf, rulesModel, wordsOf } from "../../src/textwright/server/web/runtime/textwright.js";

function words(text) {
  const { toPoints } = offsetsOf(text);
  return wordsOf(text).map(({ start, end, form, kind, glued }) => [toPoints(start), toPoints(end), form, kind, glued]);
}

async function spans(model, texts) {
  const annotations = await model.predict(texts);
  return annotations.map((annotation, i) => {
    const { toPoints } = offsetsOf(texts[i]);
    return annotation.spans.map(({ start, end, label }) => [toPoints(start), toPoints(end), label]);
  });
}

async function spansByRules({ rules, texts }) {
  try {
    return await spans(rulesModel(rules.join("\n")), texts);
  } catch (error) {
    if (error instanceof ModelError) return null;
    throw error;
  }
}

async function answerTo(what, asked) {
  if (what === "words") return asked.map(words);
  if (what === "rules") return Promise.all(asked.map(spansByRules));
  return spans(await load(what), asked);
}

const asked = JSON.parse(readFileSync(0, "utf8"));
const answer = Buffer.from(JSON.stringify(await answerTo(process.argv[2], asked)));
for (let done = 0; done < answer.length; ) done += writeSync(1, answer, done);
