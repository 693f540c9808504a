/** Write annotated texts: as JSON lines in textwright's file format, or as a table with a column for each label. */

import { type Annotation, offsetsOf, type Schema } from "textwright";
import type { Source } from "./files.js";
import { columnsOf, rowsOf, writeTable } from "./table.js";

const JOIN = " | ";
const LAYERS = ["spans", "categories"];

/** A JSON object a line, with offsets in code points. What stood beside a text is kept. */
export function toJsonl(source: Source, annotations: readonly Annotation[]): string {
  const beside = besideOf(source);
  return annotations.map((annotation, i) => `${lineOf(source.texts[i] as string, annotation, beside(i))}\n`).join("");
}

function lineOf(text: string, { spans, categories }: Annotation, { id, ...others }: Readonly<Record<string, unknown>>): string {
  const { toPoints } = offsetsOf(text);
  const inPoints = spans?.map((span) => ({ ...span, start: toPoints(span.start), end: toPoints(span.end) }));
  const said = { ...(inPoints && { spans: inPoints }), ...(categories && { categories }) };
  return JSON.stringify({ ...(id !== undefined && { id }), text, ...said, ...others });
}

/** What stands beside each text; what a model says comes in the place of what was said before. */
function besideOf({ table, records }: Source): (place: number) => Readonly<Record<string, unknown>> {
  if (records !== undefined) return (place) => without(records[place] ?? {}, ["text", ...LAYERS]);
  if (table === undefined) return () => ({});
  const [columns, rows] = [columnsOf(table), rowsOf(table)];
  const text = columns[table.column] as string;
  return (place) => without(Object.fromEntries(columns.map((name, i) => [name, rows[place]?.[i]])), [text, "text", ...LAYERS]);
}

function without(record: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}

/** A table that keeps its columns and gains one for each label and each task, several texts of one joined by ` | `. */
export function toTable(source: Source, annotations: readonly Annotation[], schema: Schema): string {
  const { columns, rows } = tableOf(source);
  const gained = gainedOf(schema, annotations);
  const beside = gained.map(({ name, kind }) => (columns.includes(name) ? `${name} (${kind})` : name));
  const body = annotations.map((annotation, i) => {
    return [...(rows[i] ?? []), ...gained.map(({ cell }) => cell(source.texts[i] as string, annotation))];
  });
  return writeTable([[...columns, ...beside], ...body], isTabbed(source) ? "\t" : ",");
}

/** Say whether the texts came in a table parted by tabs, and go out in such a one. */
export function isTabbed({ name }: Source): boolean {
  return /\.tsv$/i.test(name);
}

interface Gained {
  readonly name: string;
  readonly kind: "label" | "task";
  readonly cell: (text: string, annotation: Annotation) => string;
}

function gainedOf(schema: Schema, annotations: readonly Annotation[]): Gained[] {
  const labels = new Set(schema.labels.map(({ name }) => name));
  const tasks = new Set(schema.tasks.map(({ name }) => name));
  for (const { spans, categories } of annotations) {
    for (const { label } of spans ?? []) labels.add(label);
    for (const { task } of categories ?? []) tasks.add(task);
  }
  return [...[...labels].map(ofLabel), ...[...tasks].map(ofTask)];
}

function ofLabel(name: string): Gained {
  const cell = (text: string, { spans }: Annotation): string =>
    (spans ?? []).filter(({ label }) => label === name).map(({ start, end }) => text.slice(start, end)).join(JOIN);
  return { name, kind: "label", cell };
}

function ofTask(name: string): Gained {
  const cell = (_: string, { categories }: Annotation): string =>
    (categories ?? []).filter(({ task }) => task === name).map(({ label }) => label).join(JOIN);
  return { name, kind: "task", cell };
}

function tableOf({ texts, table, records }: Source): { columns: string[]; rows: string[][] } {
  if (table !== undefined) return { columns: columnsOf(table), rows: rowsOf(table) };
  if (records === undefined) return { columns: ["text"], rows: texts.map((text) => [text]) };
  const kept = new Set(records.flatMap((record) => Object.keys(record)).filter((key) => !["id", "text", ...LAYERS].includes(key)));
  const columns = [...(records.some(({ id }) => id !== undefined) ? ["id"] : []), "text", ...kept];
  return { columns, rows: records.map((record) => columns.map((name) => cellOf(record[name]))) };
}

function cellOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
