/**
 * JSON whose tables keep the order of their keys.
 *
 * JavaScript's objects put keys that are whole numbers first, but a network's scores come in the order in which
 * its labels are written, and labels may be called 5, 4, 3. A table with such a key is read as a `Map`.
 */

const KEY_OR_TEXT = /"((?:[^"\\]|\\.)*)"(\s*:)?/gs;
const MARK = "\0";

/** Parse JSON; tables with a whole number among their keys become a `Map`. */
export function parseTables(text: string): unknown {
  let marked = false;
  const inOrder = text.replace(KEY_OR_TEXT, (whole: string, body: string, colon: string | undefined) => {
    if (colon === undefined || !/^[0-9]+$/.test(body)) return whole;
    marked = true;
    return `"\\u0000${body}"${colon}`;
  });
  const parsed: unknown = JSON.parse(inOrder);
  return marked ? unmarked(parsed) : parsed;
}

function unmarked(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(unmarked);
  const entries = Object.entries(value).map(([key, inner]) => [key, unmarked(inner)] as const);
  if (!entries.some(([key]) => key.startsWith(MARK))) return Object.fromEntries(entries);
  return new Map(entries.map(([key, inner]) => [key.startsWith(MARK) ? key.slice(1) : key, inner]));
}

/** List the keys of a table with their values, in the order of the file. */
export function entriesOf(table: object): [string, unknown][] {
  return table instanceof Map ? [...(table as Map<string, unknown>)] : Object.entries(table);
}
