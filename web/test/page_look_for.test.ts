/** What somebody types into the second step, and what is cut out of a long text to show a label on it. */

import { expect, test } from "vitest";
import { counted } from "../pages/shared/counted.js";
import { typedAnswers, typedLabels } from "../pages/start/look_for/data.js";
import { cutOut, withLabel } from "../pages/start/look_for/shown.js";
import { schemaOf } from "../runtime/src/schema.js";

test.each([
  ["BRAND", [{ name: "BRAND", meaning: "" }]],
  ["BRAND: who makes it: Sony", [{ name: "BRAND", meaning: "who makes it: Sony" }]],
  [" A \r\n\n b : c \n", [{ name: "A", meaning: "" }, { name: "b", meaning: "c" }]],
  [": nothing", []],
  ["", []],
])("%j is read as labels", (lines, labels) => {
  expect(typedLabels(lines)).toEqual(labels);
});

test("answers stand with commas between, each once", () => {
  expect(typedAnswers(" yes, no;maybe,\n no,, ")).toEqual(["yes", "no", "maybe"]);
});

test("a number has its noun", () => {
  expect([counted(1, "mark"), counted(1200, "text"), counted(2, "copy", "copies")]).toEqual(["1 mark", "1,200 texts", "2 copies"]);
});

test.each([
  ["short 🚀 Sony TV", "Sony"],
  [`${"word ".repeat(60)}Sony ${"more ".repeat(60)}`, "Sony"],
  [`${"🚀".repeat(100)}-Sony-${"🚀".repeat(100)}`, "Sony"],
  [`two\nlines Sony\t${"x".repeat(400)}`, "Sony"],
])("what is marked in %j stays marked in what is cut out", (text, words) => {
  const before = [...text.slice(0, text.indexOf(words))].length;
  const cut = cutOut({ text, start: before, end: before + words.length });
  expect(cut.text.slice(cut.start, cut.end)).toBe(words);
  expect(cut.text.length).toBeLessThan(220);
  expect(() => encodeURIComponent(cut.text)).not.toThrow();
  expect(cut.text).not.toMatch(/[\n\t]/);
});

test("a proposed label is drawn as if it were there", () => {
  const schema = schemaOf(["A"]);
  expect(withLabel(schema, "B").labels.map(({ name }) => name)).toEqual(["A", "B"]);
  expect(withLabel(schema, "A")).toBe(schema);
});
