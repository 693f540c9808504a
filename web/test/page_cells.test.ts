/** What the page of cells makes of code and of values. */

import { load } from "textwright";
import { expect, test } from "vitest";
import { CELLS } from "../pages/cells/cells.js";
import { CodeError, faultyLine, runnable } from "../pages/cells/code.js";
import { Drawing, shownOf } from "../pages/cells/shown.js";

const Compiled = (async () => undefined).constructor as new (...source: string[]) => (...values: unknown[]) => Promise<{ value?: unknown; names: object }>;

async function ran(code: string, given: Record<string, unknown> = {}): Promise<{ value?: unknown; names: object }> {
  const scope = { __textwright__: { load: "L", wordsOf: "W" }, ...given };
  return new Compiled(...Object.keys(scope), runnable(code).source)(...Object.values(scope));
}

test.each([
  ["1 + 1", 2, {}],
  ["const a = 1;\na + 1; // two", 2, { a: 1 }],
  ["let { b, c: [d] } = { b: 1, c: [2] };", undefined, { b: 1, d: 2 }],
  ["function f() { const inner = 1; return inner; }\nclass G {}\nf()", 1, undefined],
  ["const x = await Promise.resolve(3);\n({ x })", { x: 3 }, { x: 3 }],
  ['import { load as l, wordsOf } from "textwright";\n[l, wordsOf]', ["L", "W"], { l: "L", wordsOf: "W" }],
  ['import * as tw from "textwright";\ntw.load', "L", undefined],
  ["for (const i of [1]) { const z = i; }", undefined, {}],
  ["let n = 1;\nn = n + 1;", 2, { n: 2 }],
  ["", undefined, {}],
])("%j gives its last expression and its names", async (code, value, names) => {
  const found = await ran(code);
  expect(found.value).toEqual(value);
  if (names !== undefined) expect(found.names).toEqual(names);
});

test("lines stay where they are", () => {
  const { source } = runnable('import {\n  load,\n} from "textwright";\nconst a = 1;\na');
  expect(source.split("\n")[3]).toBe("const a = 1;");
});

test.each([
  ["const a = 1;\nreturn a;", 2],
  ['\n\nimport x from "elsewhere";', 3],
])("%j is refused with its line", (code, line) => {
  const refused = (): unknown => runnable(code);
  expect(refused).toThrow(CodeError);
  try {
    refused();
  } catch (error) {
    expect((error as CodeError).line).toBe(line);
  }
});

test.each([
  ["const a = ;", 1],
  ["const a = 1;\n\nconst b = (", 3],
  ["const a = 1;", undefined],
])("the first line of %j that is no code is found", (code, line) => expect(faultyLine(code)).toBe(line));

test("the cells of the page are code", () => {
  for (const { code } of CELLS) expect([faultyLine(code), runnable(code).names.length > 0]).toEqual([undefined, true]);
});

test("values become small trees", () => {
  const cyclic: Record<string, unknown> = {};
  cyclic["self"] = cyclic;
  expect(JSON.stringify(shownOf(cyclic)).length).toBeLessThan(1000);
  expect(shownOf(Array.from({ length: 1000 }))).toMatchObject({ title: "[1000]", more: 940 });
  expect(shownOf(new Map([["a", 1]]))).toMatchObject({ title: "Map (1)", parts: [["a", { kind: "leaf", text: "1" }]] });
  expect(shownOf(load)).toMatchObject({ text: "function load" });
  expect(shownOf(Object.create(null))).toMatchObject({ title: "{0}" });
  expect(shownOf(new Float32Array(2))).toMatchObject({ title: "Float32Array (2)" });
  expect(shownOf("a\n")).toEqual({ kind: "leaf", type: "string", text: '"a\\n"' });
  expect(shownOf([new Drawing("a", { spans: [], categories: null }, { labels: [], tasks: [] } as never)])).toMatchObject({ parts: [["0", { kind: "drawing" }]] });
  expect([undefined, null, 1n, Symbol("s"), (): void => undefined].map((each) => shownOf(each).kind)).toEqual(Array(5).fill("leaf"));
});
