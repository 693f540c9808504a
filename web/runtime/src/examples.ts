/** Annotated texts as files have them, one JSON object a line: see formats/jsonl.py. */

import { DataError } from "./errors.js";
import { type Category, inOrder, type Span } from "./types.js";
import { type Offsets, offsetsOf } from "./words/offsets.js";

/** An annotated text. A layer that nobody annotated is null, an empty one says that nothing is there, as in an `Annotation`. */
export interface Example {
  /** Missing where the file has none: Python derives it from the text when it reads the file. */
  readonly id?: string;
  readonly text: string;
  readonly spans: readonly Span[] | null;
  readonly categories: readonly Category[] | null;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly annotator?: string;
  /** What other keys the line has; they are written back. Other keys inside a span or category are not kept. */
  readonly extra: Readonly<Record<string, unknown>>;
}

type Data = Readonly<Record<string, unknown>>;

/** What a lone half of a surrogate pair is: no file can hold it as UTF-8. */
const HALF = /\p{Surrogate}/u;

/**
 * Read JSON lines. Offsets count code points there and UTF-16 units here, so that `text.slice(span.start, span.end)` is the span.
 *
 * Throw `DataError` at the first line that is no example; lines of white space are left out.
 */
export function examplesOf(jsonl: string): Example[] {
  return jsonl
    .replace(/^\ufeff/, "")
    .split("\n")
    .flatMap((line, i) => (line.trim() === "" ? [] : [exampleAt(i + 1, line)]));
}

/** Write examples as JSON lines, with offsets in code points. */
export function linesOf(examples: Iterable<Example>): string {
  return [...examples].map((example) => `${JSON.stringify(dataOf(example))}\n`).join("");
}

function exampleAt(number: number, line: string): Example {
  try {
    return exampleOf(decoded(line));
  } catch (error) {
    throw error instanceof DataError ? new DataError(`line ${number}: ${error.message}`) : error;
  }
}

function decoded(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new DataError(`not JSON: ${(error as Error).message}`);
  }
}

function exampleOf(data: unknown): Example {
  if (!isTable(data)) throw new DataError(`found ${kindOf(data)}, expected an object with a text`);
  const { id, text, spans, categories, meta, annotator, ...extra } = data;
  if (typeof text !== "string") throw new DataError(`the key 'text' is ${kindOf(text)}, expected a string`);
  if (HALF.test(text)) throw new DataError("the text holds half of a surrogate pair alone, which cannot be stored as UTF-8");
  if (meta != null && !isTable(meta)) throw new DataError(`the key 'meta' is ${kindOf(meta)}, expected an object`);
  return {
    ...(id != null && id !== "" && { id: String(id) }),
    text,
    spans: spans == null ? null : spansOf(spans, text),
    categories: categories == null ? null : tables("categories", categories).map(categoryOf),
    meta: meta ?? {},
    ...(annotator != null && { annotator: String(annotator) }),
    extra,
  };
}

function spansOf(data: unknown, text: string): Span[] {
  const offsets = offsetsOf(text);
  return inOrder(tables("spans", data).map((span) => spanOf(span, text, offsets)));
}

function spanOf({ start, end, label, score }: Data, text: string, { toPoints, toUnits }: Offsets): Span {
  const size = toPoints(text.length);
  if (!isPlace(start) || !isPlace(end) || start >= end || end > size) {
    const hint = isPlace(end) && end > size && end <= text.length ? "; it would fit if counted in UTF-16 units, as JavaScript does" : "";
    throw new DataError(`span [${String(start)}, ${String(end)}) does not fit in the text of ${size} code points${hint}`);
  }
  if (typeof label !== "string") throw new DataError(`a span's label is ${kindOf(label)}, expected a string`);
  return { start: toUnits(start), end: toUnits(end), label, ...scoreOf(score) };
}

function categoryOf({ task, label, score }: Data): Category {
  if (task == null || label == null) throw new DataError("a category is not an object with task and label");
  return { task: String(task), label: String(label), ...scoreOf(score) };
}

function scoreOf(score: unknown): { readonly score?: number } {
  if (score == null) return {};
  if (typeof score !== "number") throw new DataError(`a score is ${JSON.stringify(score)}, expected a number`);
  return { score };
}

function dataOf({ id, text, spans, categories, meta, annotator, extra }: Example): Data {
  const { toPoints } = offsetsOf(text);
  const inPoints = spans?.map((span) => ({ ...span, start: toPoints(span.start), end: toPoints(span.end) }));
  return {
    ...(id !== undefined && { id }),
    text,
    ...(inPoints && { spans: inPoints }),
    ...(categories && { categories }),
    ...(Object.keys(meta).length > 0 && { meta }),
    ...(annotator !== undefined && { annotator }),
    ...extra,
  };
}

function tables(key: string, data: unknown): Data[] {
  if (!Array.isArray(data)) throw new DataError(`the key '${key}' is ${kindOf(data)}, expected a list`);
  const wrong = data.find((each) => !isTable(each));
  if (wrong !== undefined) throw new DataError(`one of the ${key} is ${kindOf(wrong)}, expected an object`);
  return data as Data[];
}

function isTable(value: unknown): value is Data {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isPlace(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function kindOf(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : typeof value;
}
