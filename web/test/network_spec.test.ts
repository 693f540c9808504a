/** spec/network.json binds the runtime as it binds Python: what happens before and after the graph of a network. */

import { readFileSync } from "node:fs";
import { decode, offsetsOf } from "textwright";
import { describe, expect, it } from "vitest";
import { bestSpans, type Thresholds } from "../runtime/src/decode.js";
import { encode, featuresFromData, numbering } from "../runtime/src/networks/features.js";
import { schemaFromData } from "../runtime/src/schema.js";
import { annotationsOf, partBatches, partsOf, type Scored, scoresOf } from "../runtime/src/networks/windows.js";

type Place = readonly [start: number, end: number, label: string, number: number];

interface ReadCase {
  readonly nesting: number;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly scores: readonly (readonly (readonly (readonly number[])[])[])[];
  readonly spans: readonly (readonly unknown[])[];
  readonly temperature: number;
  readonly likely: readonly Place[];
}

interface Encoded {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly rows: readonly (readonly number[])[];
}

interface Spec {
  readonly features: unknown;
  readonly nestings: readonly Readonly<Record<string, readonly string[]>>[];
  readonly schemas: readonly unknown[];
  readonly thresholds: readonly Thresholds[];
  readonly encode: readonly Encoded[];
  readonly encode_whole: readonly Encoded[];
  readonly best: readonly { nesting: number; candidates: readonly Place[]; best: readonly Place[] }[];
  readonly decode: readonly {
    schema: number;
    thresholds: number;
    spans: readonly (readonly [number, number, string, number | null])[];
    categories: readonly (readonly [string, string, number])[];
    annotation: object;
  }[];
  readonly windows: readonly { words: number; parts: readonly (readonly number[])[] }[];
  readonly read: readonly ReadCase[];
}

const SPEC = JSON.parse(readFileSync(new URL("../../spec/network.json", import.meta.url), "utf8")) as Spec;
const NESTINGS = SPEC.nestings.map((nesting) => new Map(Object.entries(nesting)));
const WINDOW = { words: 6, stride: 3, reach: 1 };

describe("features", () => {
  const features = featuresFromData(SPEC.features);
  const whole = { ...features, characters: false };

  it.each([
    ...SPEC.encode.map((encoded) => ({ ...encoded, given: features })),
    ...SPEC.encode_whole.map((encoded) => ({ ...encoded, given: whole })),
  ])("$text, characters $given.characters", ({ text, starts, ends, rows, given }) => {
    const { toPoints } = offsetsOf(text);
    const found = encode(text, given, numbering(given));
    expect(found.starts.map(toPoints)).toEqual(starts);
    expect(found.ends.map(toPoints)).toEqual(ends);
    expect(found.rows.map((row) => [...row])).toEqual(rows);
  });

  it.each([{}, { ...(SPEC.features as object), more: 1 }, { ...(SPEC.features as object), rows: "997" }, { ...(SPEC.features as object), characters: 1 }, null])("refuses %j", (data) => {
    expect(() => featuresFromData(data)).toThrow(/are not those of this version/);
  });
});

describe("decode", () => {
  it.each(SPEC.best)("the best of $candidates", ({ nesting, candidates, best }) => {
    const given = candidates.map(([start, end, label, weight]) => ({ start, end, label, weight }));
    const found = bestSpans(given, NESTINGS[nesting] as Map<string, string[]>);
    expect(found.map(({ start, end, label, weight }) => [start, end, label, weight])).toEqual(best);
  });

  it.each(SPEC.decode)("what $spans and $categories decide", (wanted) => {
    const spans = wanted.spans.map(([start, end, label, score]) => ({ start, end, label, ...(score !== null && { score }) }));
    const categories = wanted.categories.map(([task, label, score]) => ({ task, label, score }));
    const thresholds = SPEC.thresholds[wanted.thresholds] as Thresholds;
    const found = decode({ spans, categories }, schemaFromData(SPEC.schemas[wanted.schema]), { thresholds });
    expect(Object.fromEntries(Object.entries(found).filter(([, layer]) => layer !== null))).toEqual(wanted.annotation);
  });

  it("counts an emoji once when it is given the text", () => {
    const text = "👩👩👩ab";
    const spans = [
      { start: 0, end: 6, label: "A", score: 0.4 },
      { start: 0, end: 8, label: "A", score: 0.45 },
    ];
    const inPoints = spans.map((span) => ({ ...span, end: offsetsOf(text).toPoints(span.end) }));
    const schema = schemaFromData({ labels: ["A"] });
    const counted = decode({ spans: inPoints, categories: [] }, schema).spans?.[0]?.score;
    expect(decode({ spans, categories: [] }, schema, { text }).spans?.[0]?.score).toBe(counted);
  });

  it.each([
    [[["A", "C"], ["B", "C"]], /C is bound to A and B; only one can hold it/],
    [[["A", "B"], ["B", "A"]], /into itself/],
  ])("refuses the rules %j", (pairs, message) => {
    const rules = (pairs as string[][]).map(([outer, inner]) => ({ kind: "exactly_one_inside", outer, inner }));
    const schema = schemaFromData({ labels: ["A", "B", "C"], rules });
    expect(() => decode({ spans: [], categories: [] }, schema)).toThrow(message);
  });
});

describe("windows", () => {
  it.each(SPEC.windows)("$words words", ({ words, parts }) => {
    expect(words === 0 ? [] : [...partsOf(words, WINDOW)]).toEqual(parts);
  });
});

describe("lattice", () => {
  it.each(SPEC.read)("what $scores say", async (wanted) => {
    const nesting = NESTINGS[wanted.nesting] as Map<string, string[]>;
    const [annotation] = await annotationsOf(scored(wanted), 1, nesting);
    expect(annotation?.spans?.map(({ start, end, label }) => [start, end, label])).toEqual(wanted.spans);
    const [scores] = await scoresOf(scored(wanted), 1, nesting, wanted.temperature);
    expect(scores?.spans.map(({ start, end, label }) => [start, end, label])).toEqual(wanted.likely.map((each) => each.slice(0, 3)));
    scores?.spans.forEach(({ score }, i) => expect(Math.abs((score as number) - (wanted.likely[i]?.[3] as number))).toBeLessThan(1e-6));
  });

  /** Put the scores of a case beside the parts to which they belong. */
  async function* scored({ starts, ends, scores }: ReadCase): Scored {
    const batches = [...partBatches([{ starts, ends, rows: starts.map(() => new Int32Array()) }], WINDOW)];
    const firsts = batches.flat().map(({ first }) => first).sort((a, b) => a - b);
    for (const parts of batches) {
      yield [parts, parts.map(({ first }) => Float32Array.from((scores[firsts.indexOf(first)] as number[][][]).flat(2)))];
    }
  }
});
