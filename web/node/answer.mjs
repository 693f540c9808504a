/**
 * Answers questions about texts with the built runtime in Node, for tests that compare it with Python.
 *
 * A question is a line of JSON, {number, what, folder, asked}, and so is its answer, {number, answer} or {number, error}. What is
 * asked and answered are lists, and offsets are code points. `what` is one of
 *   words       the words of each text: [start, end, form, kind, glued]
 *   model       what the model in the folder says of each text: {spans, categories}
 *   scores      what it holds likely of each text, in the same shape with scores
 *   evidence    the sentences that decided: {spans}
 *   every       all sentences with what each added to the chosen categories: {spans}
 *   importance  what each word counts for the likeliest label of the first task: {spans}
 *   sentences   the places of each text's sentences: [start, end]
 *   tokens      the pieces of each text by a tokenizer.json, which stands for the folder: [ids, names, starts, ends]
 *   headlines   what is wrong with each {text, spans} by the rules in a file, and the repaired text
 *   rules       the spans by each {rules, texts}: [start, end, label]; null for rules that are refused
 */

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { checkHeadline, importance, load, ModelError, offsetsOf, openTokeniser, repairHeadline, rulesModel, sentencesOf, wordsOf } from "../../src/textwright/server/web/runtime/textwright.js";

function words(text) {
  const { toPoints } = offsetsOf(text);
  return wordsOf(text).map(({ start, end, form, kind, glued }) => [toPoints(start), toPoints(end), form, kind, glued]);
}

/** Give an annotation as files have it. */
function inPoints(text, { spans, categories }) {
  const { toPoints } = offsetsOf(text);
  const places = spans?.map((span) => ({ ...span, start: toPoints(span.start), end: toPoints(span.end) }));
  return { ...(places && { spans: places }), ...(categories && { categories }) };
}

function sentences(text) {
  const { toPoints } = offsetsOf(text);
  return sentencesOf(text).map((place) => place.map(toPoints));
}

function tokens(file, texts) {
  const tokeniser = openTokeniser(readFileSync(file, "utf8"));
  return texts.map((text) => {
    const { toPoints } = offsetsOf(text);
    const { ids, tokens, starts, ends } = tokeniser.encode(text);
    return [ids, tokens, starts.map(toPoints), ends.map(toPoints)];
  });
}

async function annotations(folder, texts, ask) {
  const found = await ask(await load(folder), texts);
  return found.map((annotation, i) => inPoints(texts[i], annotation));
}

async function wordsThatMatter(model, texts) {
  const found = [];
  for (const text of texts) found.push({ spans: await importance(model, text) });
  return found;
}

async function spansByRules({ rules, texts }) {
  try {
    const found = await rulesModel(rules.join("\n")).predict(texts);
    return found.map((annotation, i) => inPoints(texts[i], annotation).spans.map(({ start, end, label }) => [start, end, label]));
  } catch (error) {
    if (error instanceof ModelError) return null;
    throw error;
  }
}

/** Say what is wrong with a text, as spec/headlines.json has it. */
function headline(rules, { text, spans }) {
  const { toPoints, toUnits } = offsetsOf(text);
  const marked = spans.map((span) => ({ ...span, start: toUnits(span.start), end: toUnits(span.end) }));
  const found = checkHeadline(text, { rules, annotation: { spans: marked, categories: null } });
  const findings = found.map(({ start, end, rule, repairs }) => {
    const made = repairs.map((each) => [toPoints(each.start), toPoints(each.end), each.text, each.safe]);
    return [toPoints(start), toPoints(end), rule, made];
  });
  return { findings, repaired: repairHeadline(text, { rules }) };
}

async function answerTo([what, folder], asked) {
  if (what === "headlines") {
    const rules = JSON.parse(readFileSync(folder, "utf8"));
    return asked.map((vector) => headline(rules, vector));
  }
  if (what === "words") return asked.map(words);
  if (what === "tokens") return tokens(folder, asked);
  if (what === "rules") return Promise.all(asked.map(spansByRules));
  if (what === "scores") return annotations(folder, asked, (model, texts) => model.score(texts));
  if (what === "sentences") return asked.map(sentences);
  if (what === "evidence" || what === "every") {
    const options = { every: what === "every" };
    return annotations(folder, asked, async (model, texts) => (await model.evidence(texts, options)).map((spans) => ({ spans })));
  }
  if (what === "importance") return annotations(folder, asked, wordsThatMatter);
  if (what === "model") return annotations(folder, asked, (model, texts) => model.predict(texts));
  throw new Error(`what is ${what}?`);
}

async function answerOf(line) {
  const { number, what, folder, asked } = JSON.parse(line);
  try {
    return { number, answer: await answerTo([what, folder], asked) };
  } catch (error) {
    return { number, error: error.stack };
  }
}

for await (const line of createInterface({ input: process.stdin })) process.stdout.write(`${JSON.stringify(await answerOf(line))}\n`);
