/** What several pages share: marks that move with their words, and the card of a model. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { cardOf, figuresOf, rowOf } from "../pages/shared/card.js";
import { changeOf, moved, piecesOf } from "../pages/shared/paper.js";

const mark = (start: number, end: number) => ({ start, end, kind: "joy", strength: 1 });

test("a text is cut where marks begin and end, whatever their order", () => {
  const pieces = piecesOf("so glad, so sad", [mark(12, 15), mark(3, 7)]);
  expect(pieces.map(({ text }) => text)).toEqual(["so ", "glad", ", so ", "sad"]);
  expect(pieces.map((piece) => piece.mark !== undefined)).toEqual([false, true, false, true]);
});

test.each([
  ["typed behind", "glad", "glad!", [[0, 4]]],
  ["typed before", "glad", "so glad", [[3, 7]]],
  ["typed inside", "glad", "glaad", []],
  ["taken away", "so glad", "glad", [[0, 4]]],
  ["replaced", "glad", "sad", []],
  ["emptied", "glad", "", []],
])("a mark goes with its word: %s", (_, before, after, expected) => {
  const start = before.indexOf("glad");
  expect(moved([mark(start, start + 4)], before, after).map(({ start, end }) => [start, end])).toEqual(expected);
});

test.each([
  ["glad", "so glad", { start: 0, end: 0, text: "so " }],
  ["aaa", "aaaa", { start: 3, end: 3, text: "a" }],
  ["so sad", "so glad", { start: 3, end: 4, text: "gl" }],
  ["glad", "glad", { start: 4, end: 4, text: "" }],
])("a change from %j to %j is as short as can be", (before, after, change) => {
  expect(changeOf(before, after)).toEqual(change);
});

test("an emptied text has no pieces", () => {
  expect(piecesOf("", [])).toEqual([]);
});

test("the card of a shipped model is read whole", () => {
  const path = new URL("../../src/textwright/packs/emotion/model/config.json", import.meta.url);
  const card = cardOf(JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>);
  expect(card.limits.length).toBeGreaterThan(3);
  expect(card.notFor.length).toBeGreaterThan(2);
  expect(card.figures.heads).toEqual(["task", "label", "texts", "F1", "95 %"]);
  expect(Number(rowOf(card.figures, "ekman", "joy")?.[3])).toBeGreaterThan(0.5);
  expect(card.figures.told).toContain("dev");
  expect(card.threshold("emotion", "disgust")).toBeGreaterThan(0.1);
});

test("what a config.json leaves out is empty, and whatever it holds breaks nothing", () => {
  for (const config of [{}, { card: 3, files: [], thresholds: "x" }, { card: { limits: [1, "one"] }, temperature: { a: "hot" } }]) {
    const card = cardOf(config);
    expect([card.size, card.temperature("a"), card.threshold("a", "b")]).toEqual([0, 1, 0.5]);
    expect(card.figures.rows).toEqual([]);
  }
  expect(cardOf({ card: { limits: [1, "one"] } }).limits).toEqual(["one"]);
});

test("only what a page loads counts to the size", () => {
  const files = { "README.md": { size: 5 }, "parity.json": { size: 7 }, "onnx/model.onnx": { size: 20 }, "tokenizer.json": { size: 3 } };
  expect(cardOf({ files }).size).toBe(23);
});

test("a text without a table is all told", () => {
  expect(figuresOf("Nobody measured.")).toEqual({ heads: [], rows: [], told: "Nobody measured." });
});
