import type { Span } from "textwright";
import { describe, expect, it } from "vitest";
import { schemaFromData } from "../runtime/src/schema.js";
import { lanesOf } from "../components/annotator/lanes.js";
import { merged } from "../components/annotator/measure.js";
import { problemsOf } from "../components/annotator/problems.js";
import { quoted } from "../components/annotator/quoting.js";
import { EMPTY, type State } from "../components/annotator/state.js";

const SCHEMA = schemaFromData({
  labels: { JOB: {}, CORE: { parent: "JOB" }, LEVEL: { parent: "JOB" }, CITY: {} },
  tasks: { t: { labels: ["x"] } },
  rules: [
    { kind: "exactly_one_inside", outer: "JOB", inner: "CORE" },
    { kind: "inside", inner: "CORE", outer: "JOB" },
    { kind: "no_overlap", label: "JOB" },
    { kind: "no_crossing" },
  ],
});
const TEXT = "Senior UX Nurse, Leeds 👍";

/** Spans by their words: `JOB Senior UX Nurse`. */
function spans(...found: string[]): Span[] {
  return found.map((each) => {
    const [label = "", ...words] = each.split(" ");
    const start = TEXT.indexOf(words.join(" "));
    return { start, end: start + words.join(" ").length, label };
  });
}

function written({ spans: kept, proposed }: State): string[] {
  return [...kept, ...proposed.spans].map(({ start, end, label }) => `${label} ${TEXT.slice(start, end)}`).sort();
}

describe("problems with the obvious repair", () => {
  it.each<[string, string[], string, string, string[]]>([
    ["none inside", ["JOB UX Nurse"], "JOB “UX Nurse” holds no CORE", "Add CORE on the same words", ["CORE UX Nurse", "JOB UX Nurse"]],
    ["none inside behind a sibling", ["JOB Senior UX Nurse", "LEVEL Senior"], "JOB “Senior UX Nurse” holds no CORE", "Add CORE on “UX Nurse”",
      ["CORE UX Nurse", "JOB Senior UX Nurse", "LEVEL Senior"]],
    ["two inside", ["JOB UX Nurse", "CORE UX", "CORE Nurse"], "JOB “UX Nurse” holds 2 CORE, not one", "Keep only CORE “Nurse”", ["CORE Nurse", "JOB UX Nurse"]],
    ["not inside", ["CORE Nurse"], "CORE “Nurse” lies in no JOB", "Add JOB on the same words", ["CORE Nurse", "JOB Nurse"]],
    ["overlap", ["JOB Senior UX Nurse", "CORE Nurse", "JOB Nurse"], "two JOB overlap: “Senior UX Nurse”, “Nurse”", "Keep only JOB “Senior UX Nurse”",
      ["CORE Nurse", "JOB Senior UX Nurse"]],
    ["crossing", ["CITY UX Nurse, Leeds", "LEVEL Senior UX"], "cross", "Cut LEVEL to “Senior”", ["CITY UX Nurse, Leeds", "LEVEL Senior"]],
    ["white space", ["CITY  Leeds "], "CITY “ Leeds ” begins or ends with white space", "Cut the white space off", ["CITY Leeds"]],
    ["nothing but white space", ["CITY  "], "begins or ends with white space", "Remove CITY from “ ”", []],
    ["an unknown label", ["TOWN Leeds"], "unknown label TOWN. Known labels: JOB, CORE, LEVEL, CITY", "Remove TOWN from “Leeds”", []],
  ])("%s", (_, found, message, label, after) => {
    const problems = problemsOf(TEXT, SCHEMA, { ...EMPTY, spans: spans(...found) });
    const problem = problems.find((each) => each.message.includes(message));
    expect(problem?.repair?.label).toBe(label);
    expect(written(problem?.repair?.state ?? EMPTY)).toEqual(after);
    expect(problemsOf(TEXT, SCHEMA, problem?.repair?.state ?? EMPTY).map((each) => each.message)).not.toContain(problem?.message);
  });

  it("widens an outer span that reaches in", () => {
    const [problem] = problemsOf(TEXT, SCHEMA, { ...EMPTY, spans: spans("JOB Senior UX", "CORE UX Nurse") }).filter(({ kind }) => kind === "inside");
    expect(problem?.repair?.label).toBe("Widen JOB to “Senior UX Nurse”");
  });

  it("counts code points, and takes what does not fit away", () => {
    const [problem] = problemsOf(TEXT, SCHEMA, { ...EMPTY, spans: [{ start: 0, end: 99, label: "CITY" }] });
    expect(problem?.message).toBe(`CITY [0, 98) does not fit in the text of ${[...TEXT].length} code points`);
    expect(problem?.repair?.state.spans).toEqual([]);
  });

  it("knows unknown tasks and labels of tasks, unless the schema is open", () => {
    const state = { ...EMPTY, categories: [{ task: "t", label: "no" }, { task: "u", label: "x" }] };
    expect(problemsOf("", SCHEMA, state).map(({ message }) => message)).toEqual(["unknown label no of task t. Known labels: x", "unknown task u. Known tasks: t"]);
    expect(problemsOf("", { ...SCHEMA, open: true }, state)).toEqual([]);
  });

  it("counts what is proposed as accepted, and leaves it proposed", () => {
    const state: State = { ...EMPTY, spans: spans("CORE Nurse"), proposed: { spans: spans("JOB Nurse"), categories: [] } };
    expect(problemsOf(TEXT, SCHEMA, state)).toEqual([]);
    const [edge] = problemsOf(TEXT, SCHEMA, { ...EMPTY, proposed: { spans: spans("CITY  Leeds"), categories: [] } });
    expect(edge?.repair?.state.proposed.spans).toEqual(spans("CITY Leeds"));
  });

  it("says nothing of rules that it does not know", () => {
    expect(problemsOf(TEXT, { ...SCHEMA, rules: [{ kind: "new" }] }, { ...EMPTY, spans: spans("CORE Nurse") })).toEqual([]);
  });

  it("shortens long quotations without cutting a character", () => {
    expect(quoted("👍".repeat(100))).toBe(`“${"👍".repeat(23)}…${"👍".repeat(23)}”`);
  });
});

describe("lanes", () => {
  const laid = (start: number, end: number, depth = 0, right = end) => ({ start, end, depth, stretches: [{ row: 0, left: start, right }] });
  it.each([
    ["none", [], []],
    ["side by side", [laid(0, 10), laid(20, 30)], [0, 0]],
    ["touching needs two", [laid(0, 10), laid(10, 20)], [0, 1]],
    ["inner nearest", [laid(0, 50), laid(10, 20)], [1, 0]],
    ["three deep", [laid(0, 50), laid(10, 40), laid(10, 20)], [2, 1, 0]],
    ["same words: the child nearest", [laid(0, 10, 0), laid(0, 10, 1)], [1, 0]],
    ["a long name takes its room", [laid(0, 10, 0, 60), laid(30, 40)], [0, 1]],
    ["crossing", [laid(0, 30), laid(20, 60)], [0, 1]],
  ])("%s", (_, found, lanes) => {
    expect(lanesOf(found)).toEqual(lanes);
  });

  it("join pieces that touch, row by row", () => {
    const piece = (row: number, left: number, right: number) => ({ row, left, right });
    expect(merged([piece(0, 10, 20), piece(0, 0, 10), piece(1, 0, 5), piece(1, 9, 12)])).toEqual([piece(0, 0, 20), piece(1, 0, 5), piece(1, 9, 12)]);
  });
});
