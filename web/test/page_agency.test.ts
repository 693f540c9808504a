/** What the agency page computes: words for a chance, and factors that make up the answer. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { cardOf, figuresOf } from "../pages/shared/card.js";
import { chanceBefore, countOf, factorOf, goodnessOf, pullsOf, sayFor, verdictOf } from "../pages/agency/verdict.js";

test.each([
  [0.999, "An agency.", "agency", "about 99 are from agencies"],
  [0.7, "Probably an agency.", "agency", "about 70 are from agencies"],
  [0.6, "Not sure.", "unsure", "about 60 are from agencies"],
  [0.5, "Not sure.", "unsure", "about 50 are from agencies"],
  [0.3, "Probably the employer.", "direct", "about 70 are from employers"],
  [0.0001, "The employer.", "direct", "about 99 are from employers"],
])("a chance of %d of an agency reads: %s", (chance, headline, side, told) => {
  const verdict = verdictOf(chance, false);
  expect([verdict.headline, verdict.side]).toEqual([headline, side]);
  expect(verdict.told).toContain(told);
});

test("of a few words nothing is claimed, however sure the model is", () => {
  expect(verdictOf(0.999, true)).toEqual({ side: "unsure", headline: "Too short to say.", told: "So far it leans to an agency." });
});

test("certainty is never promised", () => {
  expect([countOf(1), countOf(0)]).toEqual(["99", "1"]);
});

test.each(["agency", "direct"])("what speaks for %s counts on its side, with the temperature", (label) => {
  const pulls = pullsOf([{ start: 0, end: 4, label, score: 0.5 }, { start: 5, end: 9, label, score: -0.2 }], 0.5);
  const sign = label === "agency" ? 1 : -1;
  expect(pulls.map(({ pull }) => pull * sign)).toEqual([1, -0.4]);
  expect(sayFor("agency", pulls)).toHaveLength(1);
  expect(sayFor("direct", pulls)).toHaveLength(1);
});

test("all factors together lead from the start to the answer", () => {
  const pulls = [1.2, -0.4, 0.01].map((pull, start) => ({ start, end: start + 1, pull }));
  const before = chanceBefore(0.8, pulls);
  const odds = (before / (1 - before)) * Math.exp(1.2 - 0.4 + 0.01);
  expect(odds / (1 + odds)).toBeCloseTo(0.8, 10);
});

test("the strongest come first, and those that hardly change the odds are left out", () => {
  const pulls = [0.2, 1, 0.01, -2, -0.3].map((pull, start) => ({ start, end: start + 1, pull }));
  expect(sayFor("agency", pulls).map(({ pull }) => pull)).toEqual([1, 0.2]);
  expect(sayFor("direct", pulls).map(({ pull }) => pull)).toEqual([-2, -0.3]);
});

test.each([
  [Math.log(2), "× 2.0"],
  [-Math.log(5.04), "× 5.0"],
  [Math.log(24.6), "× 25"],
  [9, "× 1,000 or more"],
])("a pull of %d is written as %s", (pull, text) => {
  expect(factorOf({ start: 0, end: 1, pull })).toBe(text);
});

test("how often it is right comes from the card of the shipped model", () => {
  const path = new URL("../../src/textwright/packs/job_adverts/model/config.json", import.meta.url);
  const { figures } = cardOf(JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>);
  expect(goodnessOf(figures)).toMatch(/^It was right on 9\d\.\d % of \d+ adverts .* \(95 % interval: 9\d\.\d to 9\d\.\d\)\.$/);
  expect(goodnessOf(figuresOf("| texts | n |\n| --- | --- |\n| others | 3 |"))).toBe("");
});
