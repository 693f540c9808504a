import { readFileSync } from "node:fs";
import { load, ModelError, rulesModel } from "textwright";
import { describe, expect, it } from "vitest";
import { describeWords, inPoints, type Mark, type PatternVector, runVector, unmark, type WordVector } from "./vectors.js";

function read<T>(name: string): T[] {
  return (JSON.parse(readFileSync(new URL(`../../spec/${name}`, import.meta.url), "utf8")) as { vectors: T[] }).vectors;
}

describe("words.json", () => {
  it.each(read<WordVector>("words.json"))("$text", ({ text, words }) => {
    expect(describeWords(text)).toEqual(words);
  });
});

describe("patterns.json", () => {
  const vectors = read<PatternVector>("patterns.json");
  const cases = vectors.flatMap((vector) => (vector.texts ?? []).map((marked) => ({ about: vector.about, vector, marked })));

  it.each(cases)("$about: $marked", async ({ vector, marked }) => {
    const { text, marks } = unmark(marked);
    expect(await runVector(vector, text)).toEqual(marks);
  });

  it.each(vectors.filter(({ error }) => error))("refuses: $about", ({ rules, files }) => {
    expect(() => rulesModel(rules.join("\n"), files)).toThrow(ModelError);
  });
});

describe("titles.json", () => {
  it("gives the spans of job_titles.rules", async () => {
    const vectors = read<{ text: string; spans: Mark[] }>("titles.json");
    const model = await load(new URL("../../src/textwright/packs/job_titles/rules/", import.meta.url));
    const annotations = await model.predict(vectors.map(({ text }) => text));
    const found = annotations.map(({ spans }, i) => inPoints(vectors[i]?.text as string, spans));
    expect(found).toEqual(vectors.map(({ spans }) => spans));
  });
});
