import { describe, expect, it } from "vitest";
import { idsOf } from "../pages/playground/ids.js";
import { linesOf, readFile, type Source, typed } from "../pages/playground/files.js";
import { toJsonl, toTable } from "../pages/playground/saving.js";
import { columnsOf, isObvious, readTable, rowsOf, separatorOf, writeTable } from "../pages/playground/table.js";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("readTable", () => {
  it.each([
    ["plain", "a,b\nc,d\n", [["a", "b"], ["c", "d"]]],
    ["without a line end", "a,b", [["a", "b"]]],
    ["quoted separators and quotes", '"a,b","say ""x"""\r\nc,d', [["a,b", 'say "x"'], ["c", "d"]]],
    ["quoted line ends", '"a\nb",c', [["a\nb", "c"]]],
    ["empty cells", ",\n,", [["", ""], ["", ""]]],
    ["a quote that is never closed", '"a\nb', [['"a'], ["b"]]],
    ["old line ends", "a\rb", [["a"], ["b"]]],
    ["blank lines", "a\n\nb\n\n", [["a"], ["b"]]],
    ["nothing", "", []],
  ])("%s", (_, text, rows) => {
    expect(readTable(text, ",")).toEqual(rows);
  });

  it.each([
    ["a,b\n", ","],
    ["id;text\n1;Chef, Leeds\n", ";"],
    ["id|text\n1|x\n", "|"],
    ["id\ttext\n1\tx\n", "\t"],
    ["Chef\nNurse\n", ","],
  ])("finds the separator of %j", (text, separator) => {
    expect(separatorOf(text)).toBe(separator);
  });

  it("reads a cell of any length", () => {
    for (const cell of ["x".repeat(10_000_000), '{"a": "b"}'.repeat(100_000)]) {
      expect(readTable(`"${cell.replaceAll('"', '""')}",b`, ",")).toEqual([[cell, "b"]]);
    }
  });

  it("is undone by writing", () => {
    const rows = [["a,b", 'say "x"'], ["old\rends", ""], ["new\nends", " x"], ["=1+1", "'=1+1"], ["-5", "'tis"], ["\t@", "''-"]];
    expect(readTable(writeTable(rows, ","), ",")).toEqual(rows);
  });

  // The cells of tests/formats/test_csv.py.
  it.each([
    ["=1+1", "'=1+1"],
    ["'=1+1", "''=1+1"],
    ["@home", "'@home"],
    ["+44 20 7946 0000", "'+44 20 7946 0000"],
    ["- Nurse", "'- Nurse"],
    ["\tNurse", "'\tNurse"],
    ["\rNurse", "\"'\rNurse\""],
    ["＝1+1", "'＝1+1"],
    ["-2+3", "'-2+3"],
    ["-5", "-5"],
    ["+3.5", "+3.5"],
    ["-1e5", "-1e5"],
    ["'tis the season", "'tis the season"],
    [" =1+1", " =1+1"],
  ])("writes %j so that no spreadsheet runs it", (text, cell) => {
    expect(writeTable([[text]], ",")).toBe(`${cell}\n`);
  });
});

describe("readFile", () => {
  it.each([
    ["a.csv", "id,Headline\n1,Nurse\n", ["Nurse"], true],
    ["a.csv", "Nurse,1\nChef,2\n", ["Nurse", "Chef"], false],
    ["a.csv", "town,what they wrote\nHull,A cook is wanted at once\n", ["A cook is wanted at once"], false],
    ["a.tsv", "x\ttext\n1\tNurse, RGN", ["Nurse, RGN"], true],
    ["a.csv", "x;text\n1;Nurse", ["Nurse"], true],
  ])("takes the texts of %s %j", (name, content, texts, obvious) => {
    const found = readFile(name, bytes(content));
    expect(found.texts).toEqual(texts);
    expect(isObvious(found.table as NonNullable<Source["table"]>)).toBe(obvious);
  });

  it("keeps rows without a text in their place", () => {
    expect(readFile("a.csv", bytes("id,text\n1,\n2,Chef\n")).texts).toEqual(["", "Chef"]);
  });

  it("fills rows that are too short", () => {
    const { table } = readFile("a.csv", bytes("id,text\n1\n"));
    expect(rowsOf(table as NonNullable<Source["table"]>)).toEqual([["1", ""]]);
  });

  it("names columns that have no heading", () => {
    const { table } = readFile("a.csv", bytes("1,Chef\n2,Nurse\n"));
    expect(columnsOf(table as NonNullable<Source["table"]>)).toEqual(["column 1", "text"]);
  });

  it("reads JSON lines", () => {
    const found = readFile("a.jsonl", bytes('{"id": "1", "text": "Chef"}\r\n\n{"text": "Nurse", "pay": 3}\n'));
    expect(found.texts).toEqual(["Chef", "Nurse"]);
  });

  it.each([
    ["a.jsonl", '{"text": "x"}\n{"text": 1}\n', /a\.jsonl, line 2: /],
    ["a.jsonl", "\n[1]\n", /a\.jsonl, line 2: /],
    ["a.jsonl", '{"text": \n', /a\.jsonl, line 1: /],
    ["a.txt", " \n\n", /a\.txt holds no texts/],
    ["a.csv", "", /a\.csv holds no texts/],
    ["a.csv", "id,text\n", /a\.csv holds no texts/],
    ["a.jsonl", "", /a\.jsonl holds no texts/],
    ["a.xlsx", "PK\u0003\u0004\u0014\0", /a\.xlsx is packed \(a workbook, say\), not text\. Save it as CSV/],
    ["a.parquet", "PAR1\u0015", /a\.parquet is Parquet, not text/],
    ["a.png", "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR", /a\.png is binary, not text/],
    ["a.csv", "N\0u\0r\0s\0e\0", /a\.csv is binary, not text/],
    ["a.json", '[\n  {"text": "Nurse"}\n]\n', /a\.json is one JSON value\. Save it as JSON lines/],
  ])("refuses %s with %j", (name, content, message) => {
    expect(() => readFile(name, bytes(content))).toThrow(message);
  });

  it.each([
    ["Windows-1252", new Uint8Array([0x43, 0xe9])],
    ["UTF-16", new Uint8Array([0xff, 0xfe, 0x43, 0, 0xe9, 0])],
    ["UTF-16", new Uint8Array([0xfe, 0xff, 0, 0x43, 0, 0xe9])],
  ])("says when a file is %s", (encoding, content) => {
    const { texts, note } = readFile("a.txt", content);
    expect([texts, note]).toEqual([["Cé"], `read as ${encoding} since it is not UTF-8`]);
  });
});

describe("typed", () => {
  it("puts a mark in the place of half a character", () => expect(typed("\ud83d Nurse\n👩 Chef").texts).toEqual(["\ufffd Nurse", "👩 Chef"]));
});

describe("idsOf", () => {
  it("derives what Python derives", async () => {
    expect(await idsOf(["Chef", "👩 Nurse", "Chef", ""])).toEqual(["a9464b40959db15724", "77d9d999858a6e07d1", "a9464b40959db15724-2", "e3b0c44298fc1c149a"]);
  });
});

describe("linesOf", () => {
  it("leaves out empty lines", () => expect(linesOf("a\r\n\r\n  \nb\rc")).toEqual(["a", "b", "c"]));
});

describe("saving", () => {
  const schema = { name: "", labels: [{ name: "JOB", meaning: "" }], tasks: [], rules: [], open: false };
  const at = (start: number, end: number): object => ({ spans: [{ start, end, label: "JOB" }], categories: null });

  it("writes offsets in code points", async () => {
    expect(await toJsonl(typed("👩 Chef"), [at(3, 7)] as never)).toBe('{"id":"4e684bde165f9a4583","text":"👩 Chef","spans":[{"start":2,"end":6,"label":"JOB"}]}\n');
  });

  it("keeps what stood beside a text, and puts spans in the place of spans", async () => {
    const source = readFile("a.jsonl", bytes('{"id": "7", "text": "Chef", "spans": [], "meta": {"a": 1}}'));
    expect(await toJsonl(source, [at(0, 4)] as never)).toBe('{"id":"7","text":"Chef","spans":[{"start":0,"end":4,"label":"JOB"}],"meta":{"a":1}}\n');
    expect(toTable(source, [at(0, 4)] as never, schema)).toBe('id,text,meta,JOB\n7,Chef,"{""a"":1}",Chef\n');
  });

  it("keeps the layer that the model does not annotate", async () => {
    const source = readFile("a.jsonl", bytes('{"text": "Chef", "categories": [{"task": "t", "label": "x"}]}'));
    expect(await toJsonl(source, [at(0, 4)] as never)).toContain('"categories":[{"task":"t","label":"x"}]');
    expect(toTable(source, [at(0, 4)] as never, schema)).toBe("text,JOB,t\nChef,Chef,x\n");
  });

  it("gives a label's column another name where the table has it", () => {
    const source = readFile("a.csv", bytes("JOB,text\n,Chef\n"));
    expect(toTable(source, [at(0, 4)] as never, schema)).toBe("JOB,text,JOB (label)\n,Chef,Chef\n");
  });
});
