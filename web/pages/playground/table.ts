/** Tables of texts as RFC 4180 has them: read, looked through for the column of the texts, and written. */

export type Cells = readonly (readonly string[])[];

export interface Table {
  readonly cells: Cells;
  /** Whether the first row names the columns. */
  readonly heading: boolean;
  /** The place of the column that holds the texts. */
  readonly column: number;
}

const TEXT_COLUMNS = ["text", "texts", "title", "titles", "job title", "job_title", "headline", "sentence", "description"];
const SEPARATORS = [",", ";", "\t", "|"];
const LOOK = 65_536;

// As in Python (formats/csv.py): what a spreadsheet would run stands behind an apostrophe, which is taken off where it is read.
const FORMULA = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const SIGNED_NUMBER = /^[+-](\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

function marked(cell: string): string {
  return FORMULA.test(cell) && !SIGNED_NUMBER.test(cell) ? `'${cell}` : cell;
}

function unmarked(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}

/** Read a table: quoted cells may hold separators, line ends and doubled quotes. Rows without any cell are left out. */
export function readTable(text: string, separator: string): string[][] {
  const mark = separator === "|" ? "\\|" : separator;
  const cell = new RegExp(`(?:"([^"]*(?:""[^"]*)*)"|([^${mark}\\r\\n]*))(${mark}|\\r\\n|\\r|\\n|$)`, "gy");
  const rows: string[][] = [[]];
  let end = "";
  while (cell.lastIndex < text.length || end === separator) {
    const match = cell.exec(text) as RegExpExecArray;
    end = match[3] as string;
    rows.at(-1)?.push(unmarked(match[1]?.replaceAll('""', '"') ?? (match[2] as string)));
    if (end !== separator && cell.lastIndex < text.length) rows.push([]);
  }
  return rows.filter((row) => row.length > 1 || (row[0] ?? "") !== "");
}

/** Choose the separator that gives most rows the same number of cells. */
export function separatorOf(text: string): string {
  const head = text.slice(0, LOOK);
  const sample = text.length > LOOK ? head.slice(0, head.lastIndexOf("\n") + 1) : head;
  const fits = SEPARATORS.map((separator) => fitness(sample, separator));
  return SEPARATORS[fits.indexOf(Math.max(...fits))] as string;
}

function fitness(sample: string, separator: string): number {
  const rows = readTable(sample, separator);
  const width = rows[0]?.length ?? 0;
  return width < 2 ? 0 : rows.filter((row) => row.length === width).length / rows.length;
}

/** Say whether the first row seems to name the columns: it has a column of texts by name, or short different words alone. */
export function hasHeading([first = []]: Cells): boolean {
  if (first.some(isTextColumn)) return true;
  const isName = (cell: string): boolean => /\p{L}/u.test(cell) && !/\d/.test(cell) && cell.length <= 30;
  return first.length > 1 && first.every(isName) && new Set(first).size === first.length;
}

/** Take the column that is named as texts are, else the one with most letters. */
export function likelyColumn(cells: Cells, heading: boolean): number {
  const named = TEXT_COLUMNS.map((name) => (cells[0] ?? []).findIndex((cell) => nameOf(cell) === name)).find((place) => place >= 0);
  if (heading && named !== undefined) return named;
  const sample = cells.slice(heading ? 1 : 0, 50);
  const letters = (place: number): number => sample.reduce((sum, row) => sum + (row[place]?.match(/\p{L}/gu)?.length ?? 0), 0);
  const counts = (cells[0] ?? []).map((_, place) => letters(place));
  return Math.max(0, counts.indexOf(Math.max(...counts)));
}

/** Say whether nobody needs to be asked which column holds the texts. */
export function isObvious({ cells, heading }: Table): boolean {
  const first = cells[0] ?? [];
  return first.length === 1 || (heading && first.filter(isTextColumn).length === 1);
}

function isTextColumn(cell: string): boolean {
  return TEXT_COLUMNS.includes(nameOf(cell));
}

function nameOf(cell: string): string {
  return cell.trim().toLowerCase();
}

/** The names of the columns; without a heading, the text column is `text` and the others are numbered. */
export function columnsOf({ cells, heading, column }: Table): string[] {
  const first = cells[0] ?? [];
  return first.map((cell, place) => (heading ? cell : place === column ? "text" : `column ${place + 1}`));
}

/** The rows below the heading, each as long as it. */
export function rowsOf({ cells, heading }: Table): string[][] {
  const width = cells[0]?.length ?? 0;
  return cells.slice(heading ? 1 : 0).map((row) => Array.from({ length: width }, (_, place) => row[place] ?? ""));
}

/** Count the rows that have more cells than the heading: what is too much is left out. */
export function tooLong({ cells }: Table): number {
  return cells.filter((row) => row.length > (cells[0]?.length ?? 0)).length;
}

export function textsOf(table: Table): string[] {
  return rowsOf(table).map((row) => row[table.column] as string);
}

/** Write rows as CSV, or as TSV by a tab, as Python's `csv` does with line ends of `\n`. */
export function writeTable(rows: Cells, separator: string): string {
  return rows.map((cells) => cells.map(marked)).map((row) => `${row.map((cell) => quoted(cell, separator, row)).join(separator)}\n`).join("");
}

/** Quote what would end a cell; all cells of a row where a lone carriage return would end the row. */
function quoted(cell: string, separator: string, row: readonly string[]): string {
  const must = cell.includes(separator) || /["\n]/.test(cell) || row.some((each) => each.includes("\r")) || (row.length === 1 && cell === "");
  return must ? `"${cell.replaceAll('"', '""')}"` : cell;
}
