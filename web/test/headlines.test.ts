import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { applyRepairs, checkHeadline, type Finding, ModelError, offsetsOf, repairHeadline, type Rules, safeRepairs, type Span } from "textwright";
import rules from "../../src/textwright/packs/job_titles/headline.json";

interface Vector {
  readonly text: string;
  readonly spans: readonly Span[];
  readonly findings: readonly unknown[];
  readonly repaired: string;
}

const { vectors } = JSON.parse(readFileSync(new URL("../../spec/headlines.json", import.meta.url), "utf8")) as { vectors: Vector[] };

/** Describe findings as the vectors do, in code points. */
function described(text: string, findings: readonly Finding[]): unknown[] {
  const { toPoints } = offsetsOf(text);
  return findings.map(({ start, end, rule, repairs }) => {
    const made = repairs.map((repair) => [toPoints(repair.start), toPoints(repair.end), repair.text, repair.safe]);
    return [toPoints(start), toPoints(end), rule, made];
  });
}

function inUnits(text: string, spans: readonly Span[]): Span[] {
  const { toUnits } = offsetsOf(text);
  return spans.map((span) => ({ ...span, start: toUnits(span.start), end: toUnits(span.end) }));
}

describe("spec/headlines.json", () => {
  test("holds many texts", () => expect(vectors.length).toBeGreaterThan(500));

  test("findings are the same as in Python", () => {
    const differing = vectors.filter(({ text, spans, findings }) => {
      const annotation = { spans: inUnits(text, spans), categories: null };
      const found = described(text, checkHeadline(text, { rules, annotation }));
      return JSON.stringify(found) !== JSON.stringify(findings);
    });
    const shown = differing.slice(0, 5).map(({ text, spans, findings }) => {
      const annotation = { spans: inUnits(text, spans), categories: null };
      return { text, found: described(text, checkHeadline(text, { rules, annotation })), findings };
    });
    expect(shown).toEqual([]);
    expect(differing.length).toBe(0);
  });

  test("repaired texts are the same as in Python", () => {
    const differing = vectors.filter(({ text, repaired }) => repairHeadline(text, { rules }) !== repaired);
    expect(differing.map(({ text, repaired }) => [text, repairHeadline(text, { rules }), repaired]).slice(0, 5)).toEqual([]);
  });
});

describe("headlines", () => {
  test("rules that ask a model are silent without one", () => {
    expect(checkHeadline("Great things", { rules })).toEqual([]);
    expect(checkHeadline("Great things", { rules, annotation: { spans: [], categories: null } }).map(({ rule }) => rule)).toEqual(["no_job"]);
  });

  test("the longest length counts characters, and can be set", () => {
    const [finding] = checkHeadline("Nurse 👍👍", { longest: 7 }).filter(({ rule }) => rule === "too_long");
    expect(finding).toMatchObject({ start: 8, end: 10, message: expect.stringContaining("7 characters") as string });
  });

  test("safe repairs of a text can be made at once", () => {
    const text = "STAFF NURSE!! 👩‍💻 (nights";
    expect(applyRepairs(text, safeRepairs(checkHeadline(text)))).toBe("Staff Nurse!  (nights)");
  });

  test("texts nested on purpose are repaired to the end", () => {
    expect(repairHeadline(`Nurse ${"(".repeat(150)}${")".repeat(150)}`)).toBe("Nurse");
  });

  test("no repair that leaves nothing is made unasked", () => {
    expect(repairHeadline("immediate start", { rules })).toBe("immediate start");
    expect(repairHeadline("URGENT ASAP", { rules })).toBe("ASAP");
  });

  test("brackets without their other half take no time", () => {
    const began = performance.now();
    checkHeadline("(".repeat(10_000) + "]".repeat(10_000));
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  test.each([
    [{ rules: [{ name: "x", message: "x", kind: "magic" }] }, /rule x: unknown kind magic. Known: bracket/],
    [{ rules: [{ name: "x", message: "x" }] }, /rule x: a rule of the kind pattern needs patterns/],
    [{ rules: [{ name: "x", message: "x", patterns: [{ match: "(" }] }] }, /rule x: "\(" is no pattern/],
    [{ rules: [{ name: "x", message: "x", severity: "bad", patterns: [] }] }, /severity bad. Known: error, warning, info/],
    [{}, /these are no rules/],
  ])("rules that cannot be used are refused: %j", (bad, message) => {
    const read = (): unknown => checkHeadline("a", { rules: bad as unknown as Rules });
    expect(read).toThrow(ModelError);
    expect(read).toThrow(message);
  });
});
