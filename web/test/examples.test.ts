import { DataError, examplesOf, linesOf } from "textwright";
import { describe, expect, it } from "vitest";

const NURSE = { start: 0, end: 5, label: "JOBTITLE" };

function line(data: object): string {
  return `${JSON.stringify(data)}\n`;
}

describe("examplesOf", () => {
  it("reads what a line has", () => {
    const data = {
      id: "t-1",
      text: "Nurse, Leeds",
      spans: [{ ...NURSE, score: 0.5 }],
      categories: [{ task: "advertiser", label: "agency", score: 0.97 }],
      meta: { source: "board" },
      annotator: "a1",
      seconds: 4.2,
    };
    const { seconds, ...known } = data;
    expect(examplesOf(line(data))).toEqual([{ ...known, extra: { seconds } }]);
  });

  it("tells a layer that nobody annotated from an empty one", () => {
    const [missing, empty] = examplesOf(line({ text: "a" }) + line({ text: "a", spans: [], categories: [] }));
    expect(missing).toEqual({ text: "a", spans: null, categories: null, meta: {}, extra: {} });
    expect(empty).toEqual({ text: "a", spans: [], categories: [], meta: {}, extra: {} });
  });

  it("counts as JavaScript does", () => {
    const [example] = examplesOf(line({ text: "👩‍💻 Nurse", spans: [{ start: 4, end: 9, label: "JOBTITLE" }] }));
    expect(example?.spans?.map(({ start, end }) => example.text.slice(start, end))).toEqual(["Nurse"]);
  });

  it("puts spans in order, the longer first", () => {
    const [example] = examplesOf(line({ text: "Senior Nurse", spans: [{ start: 7, end: 12, label: "C" }, { start: 0, end: 6, label: "S" }, { start: 0, end: 12, label: "J" }] }));
    expect(example?.spans?.map(({ label }) => label)).toEqual(["J", "S", "C"]);
  });

  it("reads files of any editor", () => {
    expect(examplesOf(`\ufeff{"text": "a"}\r\n\r\n  \n{"text": "b\u2028c"}`).map(({ text }) => text)).toEqual(["a", "b\u2028c"]);
    expect(examplesOf("")).toEqual([]);
  });

  it.each([
    ["{", /^line 2: not JSON: /],
    ["[]", /^line 2: found a list, expected an object with a text/],
    ["{}", /the key 'text' is missing, expected a string/],
    ['{"text": "\\ud800"}', /half of a surrogate pair/],
    ['{"text": "a", "meta": 3}', /the key 'meta' is number, expected an object/],
    ['{"text": "a", "spans": {}}', /the key 'spans' is object, expected a list/],
    ['{"text": "a", "spans": [3]}', /one of the spans is number, expected an object/],
    ['{"text": "a", "spans": [{"start": 0, "end": 2, "label": "A"}]}', /span \[0, 2\) does not fit in the text of 1 code points$/],
    ['{"text": "👩", "spans": [{"start": 0, "end": 2, "label": "A"}]}', /it would fit if counted in UTF-16 units/],
    ['{"text": "a", "spans": [{"start": 0, "end": 0, "label": "A"}]}', /span \[0, 0\) does not fit/],
    ['{"text": "a", "spans": [{"start": 0.5, "end": 1, "label": "A"}]}', /span \[0.5, 1\) does not fit/],
    ['{"text": "a", "spans": [{"start": 0, "end": 1}]}', /label is missing, expected a string/],
    ['{"text": "a", "spans": [{"start": 0, "end": 1, "label": "A", "score": "x"}]}', /a score is "x", expected a number/],
    ['{"text": "a", "categories": [{"task": "t"}]}', /not an object with task and label/],
  ])("refuses %s", (wrong, message) => {
    const reading = (): unknown => examplesOf(`{"text": "a"}\n${wrong}\n`);
    expect(reading).toThrow(DataError);
    expect(reading).toThrow(message);
  });
});

describe("linesOf", () => {
  it("writes back what was read", () => {
    const lines =
      line({ id: "1", text: "👩 Nurse", spans: [{ start: 2, end: 7, label: "J" }], categories: [], meta: { a: 1 }, annotator: "x", at: "now" }) +
      line({ text: "a" });
    expect(linesOf(examplesOf(lines))).toBe(lines);
  });
});
