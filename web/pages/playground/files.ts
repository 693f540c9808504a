/** Read the texts out of a file: plain lines, a table or JSON lines. */

import { type Example, examplesOf } from "textwright";
import { type Cells, hasHeading, likelyColumn, readTable, separatorOf, type Table, textsOf } from "./table.js";

/** Texts, and what stood beside each of them, which is kept when they are saved. */
export interface Source {
  /** The file's name; empty for what was typed. */
  readonly name: string;
  /** What the reader of the page should know of how the file was read. */
  readonly note: string;
  readonly texts: readonly string[];
  readonly table?: Table;
  /** What JSON lines hold, one a text. */
  readonly examples?: readonly Example[];
}

/** Half of a character, which no file can hold. */
const HALVES = /\p{Surrogate}/gu;

/** How files begin that hold no text to be read here. */
const MARKS: Readonly<Record<string, string>> = { "PK\u0003\u0004": "packed (a workbook, say)", PAR1: "Parquet", "%PDF-": "PDF" };

/** Take what was typed or pasted: a text a line. Half of a character becomes a mark in its place. */
export function typed(text: string): Source {
  return { name: "", note: "", texts: linesOf(text.replace(HALVES, "\ufffd")) };
}

/** Decode a file and take its texts. Throw an error that names the line when it cannot be read. */
export function readFile(name: string, bytes: Uint8Array): Source {
  const { text, encoding } = decode(bytes);
  const kind = kindOf(text);
  if (kind !== undefined) throw new Error(`${name} is ${kind}, not text. Save it as CSV, JSON lines or plain lines`);
  const note = encoding === "UTF-8" ? "" : `read as ${encoding} since it is not UTF-8`;
  if (/\.(csv|tsv)$/i.test(name)) return tableSource(name, note, readTable(text, /\.tsv$/i.test(name) ? "\t" : separatorOf(text)));
  if (/\.(jsonl|ndjson)$/i.test(name)) return exampleSource(name, note, text);
  if (isJson(text)) throw new Error(`${name} is one JSON value. Save it as JSON lines (.jsonl): an object with a "text" on each line`);
  return filled({ name, note, texts: linesOf(text) });
}

/** Say what a file is that is no text, by how it begins or by a character that no text has. */
function kindOf(text: string): string | undefined {
  const mark = Object.keys(MARKS).find((each) => text.startsWith(each));
  return mark === undefined ? (text.includes("\0") ? "binary" : undefined) : MARKS[mark];
}

/** Say whether a whole file is a JSON list or object. */
function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

/** Split pasted text into lines; empty ones are none. */
export function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "");
}

/** Take the texts from another column, or its first row for the heading or not. */
export function withTable({ name, note }: Source, table: Table): Source {
  return { name, note, texts: textsOf(table), table };
}

function tableSource(name: string, note: string, cells: Cells): Source {
  const heading = hasHeading(cells);
  const table = { cells, heading, column: likelyColumn(cells, heading) };
  return filled(withTable({ name, note, texts: [] }, table));
}

function exampleSource(name: string, note: string, text: string): Source {
  const examples = placed(name, () => examplesOf(text));
  return filled({ name, note, texts: examples.map((example) => example.text), examples });
}

/** Run a step; put the file's name before the message of what it throws. */
function placed<T>(name: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw new Error(`${name}, ${(error as Error).message}`);
  }
}

function filled(source: Source): Source {
  if (source.texts.length > 0) return source;
  throw new Error(`${source.name} holds no texts. A line, a row or a JSON object each is one`);
}

function decode(bytes: Uint8Array): { text: string; encoding: string } {
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe ? "UTF-16LE" : bytes[0] === 0xfe && bytes[1] === 0xff ? "UTF-16BE" : undefined;
  if (marked !== undefined) return { text: new TextDecoder(marked).decode(bytes), encoding: "UTF-16" };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), encoding: "UTF-8" };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(bytes), encoding: "Windows-1252" };
  }
}
