/** Write annotated texts: as JSON lines in textwright's file format, or as a table with a column for each label. */

import { type Annotation, type Example, linesOf, type Schema } from "textwright";
import type { Source } from "./files.js";
import { idsOf } from "./ids.js";
import { columnsOf, rowsOf, writeTable } from "./table.js";

const JOIN = " | ";
/** What the file format gives a meaning of its own; a column of such a name is none of the others. */
const OWN = ["id", "text", "spans", "categories", "meta", "annotator"];

/** A JSON object a line, with an id and offsets in code points. What stood beside a text is kept. */
export async function toJsonl(source: Source, annotations: readonly Annotation[]): Promise<string> {
  const examples = await withIds(examplesIn(source));
  return linesOf(annotations.map((annotation, i) => annotated(examples[i] as Example, annotation)));
}

/** Put what a model says in the place of what was said before, in each layer that it annotates. */
function annotated(example: Example, { spans, categories }: Annotation): Example {
  return { ...example, spans: spans ?? example.spans, categories: categories ?? example.categories };
}

async function withIds(examples: readonly Example[]): Promise<Example[]> {
  const isBare = ({ id }: Example): boolean => id === undefined || id === "";
  const derived = (await idsOf(examples.filter(isBare).map(({ text }) => text))).values();
  return examples.map((example) => {
    if (!isBare(example)) return example;
    const { id: _, ...bare } = example;
    const id = derived.next().value;
    return { ...bare, ...(id !== undefined && { id }) };
  });
}

function examplesIn({ texts, table, examples }: Source): readonly Example[] {
  if (examples !== undefined) return examples;
  const bare = { spans: null, categories: null, meta: {}, extra: {} };
  if (table === undefined) return texts.map((text) => ({ ...bare, text }));
  const columns = columnsOf(table);
  const others = columns.map((name, place) => ({ name, place })).filter(({ name, place }) => place !== table.column && !OWN.includes(name));
  const id = columns.indexOf("id");
  return rowsOf(table).map((row, i) => ({
    ...bare,
    ...(id >= 0 && id !== table.column && { id: row[id] as string }),
    text: texts[i] as string,
    extra: Object.fromEntries(others.map(({ name, place }) => [name, row[place]])),
  }));
}

/** A table that keeps its columns and gains one for each label and each task, several texts of one joined by ` | `. */
export function toTable(source: Source, annotations: readonly Annotation[], schema: Schema): string {
  const { columns, rows } = tableOf(source);
  const examples = examplesIn(source);
  const whole = annotations.map((annotation, i) => annotated(examples[i] as Example, annotation));
  const gained = gainedOf(schema, whole);
  const beside = gained.map(({ name, kind }) => (columns.includes(name) ? `${name} (${kind})` : name));
  const body = whole.map((example, i) => [...(rows[i] as string[]), ...gained.map(({ cell }) => cell(example))]);
  return writeTable([[...columns, ...beside], ...body], isTabbed(source) ? "\t" : ",");
}

/** Say whether the texts came in a table parted by tabs, and go out in such a one. */
export function isTabbed({ name }: Source): boolean {
  return /\.tsv$/i.test(name);
}

interface Gained {
  readonly name: string;
  readonly kind: "label" | "task";
  readonly cell: (example: Example) => string;
}

function gainedOf(schema: Schema, examples: readonly Example[]): Gained[] {
  const labels = new Set(schema.labels.map(({ name }) => name));
  const tasks = new Set(schema.tasks.map(({ name }) => name));
  for (const { spans, categories } of examples) {
    for (const { label } of spans ?? []) labels.add(label);
    for (const { task } of categories ?? []) tasks.add(task);
  }
  return [...[...labels].map(ofLabel), ...[...tasks].map(ofTask)];
}

function ofLabel(name: string): Gained {
  const cell = ({ text, spans }: Example): string =>
    (spans ?? []).filter(({ label }) => label === name).map(({ start, end }) => text.slice(start, end)).join(JOIN);
  return { name, kind: "label", cell };
}

function ofTask(name: string): Gained {
  const cell = ({ categories }: Example): string =>
    (categories ?? []).filter(({ task }) => task === name).map(({ label }) => label).join(JOIN);
  return { name, kind: "task", cell };
}

function tableOf({ texts, table, examples }: Source): { columns: string[]; rows: string[][] } {
  if (table !== undefined) return { columns: columnsOf(table), rows: rowsOf(table) };
  if (examples === undefined) return { columns: ["text"], rows: texts.map((text) => [text]) };
  const records = examples.map(({ id, text, meta, annotator, extra }): Readonly<Record<string, unknown>> => {
    return { ...extra, id, text, meta: Object.keys(meta).length > 0 ? meta : undefined, annotator };
  });
  const kept = new Set(examples.flatMap(({ extra }) => Object.keys(extra)));
  const isUsed = (name: string): boolean => records.some((record) => record[name] !== undefined);
  const columns = [...["id"].filter(isUsed), "text", ...kept, ...["meta", "annotator"].filter(isUsed)];
  return { columns, rows: records.map((record) => columns.map((name) => cellOf(record[name]))) };
}

function cellOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

export function stemOf({ name }: Source): string {
  return name === "" ? "texts" : `${name.replace(/\.[^.]*$/, "")}.annotated`;
}

export function save(content: string, name: string, type: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
