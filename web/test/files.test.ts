import { describe, expect, it } from "vitest";
import { linesOf, readTable, readTexts } from "../pages/playground/files.js";

describe("readTable", () => {
  it.each([
    ["plain", "a,b\nc,d\n", [["a", "b"], ["c", "d"]]],
    ["without a line end", "a,b", [["a", "b"]]],
    ["quoted separators and quotes", '"a,b","say ""x"""\r\nc,d', [["a,b", 'say "x"'], ["c", "d"]]],
    ["quoted line ends", '"a\nb",c', [["a\nb", "c"]]],
    ["empty cells", ",\n,", [["", ""], ["", ""]]],
    ["a quote that is never closed", '"a\nb', [['"a'], ["b"]]],
    ["old line ends", "a\rb", [["a"], ["b"]]],
    ["nothing", "", [[]]],
  ])("%s", (_, text, rows) => {
    expect(readTable(text, ",")).toEqual(rows);
  });
});

describe("readTexts", () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  it("says which column it took", () => {
    expect(readTexts("a.csv", bytes("id,Headline\n1,Nurse"))).toEqual({ texts: ["Nurse"], note: "a.csv, column headline" });
    expect(readTexts("a.csv", bytes("Nurse,1"))).toEqual({ texts: ["Nurse"], note: "a.csv, first column" });
  });

  it("takes tabs and semicolons as separators", () => {
    expect(readTexts("a.tsv", bytes("x\ttext\n1\tNurse, RGN")).texts).toEqual(["Nurse, RGN"]);
    expect(readTexts("a.csv", bytes("x;text\n1;Nurse")).texts).toEqual(["Nurse"]);
  });

  it("says when a file is not UTF-8", () => {
    expect(readTexts("a.txt", new Uint8Array([0x43, 0xe9]))).toEqual({
      texts: ["Cé"],
      note: "a.txt, read as windows-1252 since it is not UTF-8",
    });
  });
});

describe("linesOf", () => {
  it("leaves out empty lines", () => expect(linesOf("a\r\n\r\n  \nb\rc")).toEqual(["a", "b", "c"]));
});
