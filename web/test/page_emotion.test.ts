/** What the emotion page computes: orders, thresholds, words. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { cardOf, figuresOf } from "../pages/shared/card.js";
import { beginningOf, groupOf, named, ordered, percent, spoken, strongest, tempered } from "../pages/emotion/emotions.js";
import { goodnessOf } from "../pages/emotion/goodness.js";
import { marksOf, parted } from "../pages/emotion/words.js";

const task = (...names: string[]) => ({ name: "emotion", meaning: "", multiple: true, labels: names.map((name) => ({ name, meaning: "" })) });

test("labels stand by their groups, in an order that no score changes", () => {
  expect(ordered(task("anger", "fear", "gratitude", "joy", "neutral", "remorse", "surprise"))).toEqual(
    ["gratitude", "joy", "surprise", "remorse", "anger", "fear", "neutral"],
  );
});

test("labels of another model come last", () => {
  expect(ordered(task("boredom", "joy"))).toEqual(["joy", "boredom"]);
  expect(groupOf("boredom")).toBe("other");
});

test.each([
  ["short", "so glad", 7],
  ["long", "a".repeat(6000), 5000],
  ["cut inside a character", `${"a".repeat(4999)}😊`, 4999],
])("a text is read from its beginning: %s", (_, text, expected) => {
  expect(beginningOf(text)).toBe(text.slice(0, expected));
});

test("the strongest is that of the task; of two alike the first", () => {
  const found = [
    { task: "ekman", label: "joy", score: 0.4 },
    { task: "ekman", label: "fear", score: 0.4 },
    { task: "emotion", label: "love", score: 0.9 },
  ];
  expect(strongest(found, "ekman")?.label).toBe("joy");
  expect(strongest([], "ekman")).toBeUndefined();
});

test.each([
  [0.3, 1, 0.3],
  [0.5, 2, 0.5],
  [0.9, 0.5, 0.98780487],
  [0, 2, 0],
  [1, 2, 1],
])("a threshold of %d at temperature %d lies at %d", (threshold, temperature, expected) => {
  expect(tempered(threshold, temperature)).toBeCloseTo(expected, 6);
});

test.each([
  [0, "0 %"],
  [0.004, "under 1 %"],
  [0.345, "35 %"],
  [0.996, "over 99 %"],
  [1, "100 %"],
])("%d is written as %s", (chance, text) => {
  expect(percent(chance)).toBe(text);
});

test("a group is named only when none of its emotions is", () => {
  const there = [
    { task: "ekman", label: "joy", score: 0.9 },
    { task: "ekman", label: "fear", score: 0.3 },
    { task: "emotion", label: "gratitude", score: 0.8 },
  ];
  expect(spoken(named(there))).toBe("gratitude 80 %, fear 30 %.");
  expect(spoken([])).toBe("No emotion stands out.");
});

test("words are parted by what they speak for; dots and those without a say are left out", () => {
  const text = "Thank you, not !";
  const span = (start: number, end: number, score: number) => ({ start, end, label: "joy", score });
  const said = parted(text, [span(0, 5, 0.4), span(6, 9, 0.01), span(9, 10, 0.3), span(11, 14, -0.2), span(15, 16, 0.1)]);
  expect(said.speaksFor.map(({ start, end }) => text.slice(start, end))).toEqual(["Thank", "!"]);
  expect(said.against.map(({ start, end }) => text.slice(start, end))).toEqual(["not"]);
  expect(marksOf(said, "joy")).toEqual([
    { start: 0, end: 5, kind: "joy", strength: 1 },
    { start: 15, end: 16, kind: "joy", strength: 0.25 },
    { start: 11, end: 14, kind: "against", strength: 0.5 },
  ]);
});

test("how good a model is comes from its card", () => {
  const rows = ["| emotion | all 28 (macro) | 5426 | 0.5 | |", "| emotion | joy | 9 | 0.6 | |", "| emotion | relief | 9 | 0.2 | |", "| ekman | all 7 (macro) | 5426 | 0.62 | |"];
  const told = goodnessOf(figuresOf(["| task | label | texts | F1 | 95 % |", "| --- | --- | ---: | ---: | --- |", ...rows].join("\n")));
  expect(told).toContain("On 5,426 comments its F1 was 0.5 over all emotions and 0.62 over the groups");
  expect(told).toContain("best at joy (0.6) and worst at relief (0.2)");
  expect(goodnessOf(figuresOf("nothing"))).toBe("");
});

test.each(["model", "linear"])("the card of the shipped %s is read", (name) => {
  const path = new URL(`../../src/textwright/packs/emotion/${name}/config.json`, import.meta.url);
  expect(goodnessOf(cardOf(JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>).figures)).toContain("gratitude");
});
