/** Read the titles out of a file of plain lines or a table. */

const COLUMNS = ["text", "title", "titles", "job title", "job_title", "headline"];

export interface Opened {
  readonly texts: readonly string[];
  /** What the reader of the page should know of how the file was read. */
  readonly note: string;
}

/** Decode a file and take its lines, or the column of its table that holds the titles. */
export function readTexts(name: string, bytes: Uint8Array): Opened {
  const { text, encoding } = decode(bytes);
  const how = encoding === "utf-8" ? "" : `, read as ${encoding} since it is not UTF-8`;
  if (!/\.(csv|tsv)$/i.test(name)) return { texts: linesOf(text), note: `${name}${how}` };
  const { texts, column } = columnOf(readTable(text, /\.tsv$/i.test(name) ? "\t" : separatorOf(text)));
  return { texts, note: `${name}, ${column}${how}` };
}

/** Split pasted text into titles; empty lines are none. */
export function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "");
}

function decode(bytes: Uint8Array): { text: string; encoding: string } {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), encoding: "utf-8" };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(bytes), encoding: "windows-1252" };
  }
}

function separatorOf(text: string): string {
  const head = text.split("\n", 1)[0] as string;
  return head.includes(";") && !head.includes(",") ? ";" : ",";
}

/** Read a table as RFC 4180 has it: quoted cells may hold separators, line ends and doubled quotes. */
export function readTable(text: string, separator: string): string[][] {
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^${separator}\\r\\n]*))(${separator}|\\r\\n|\\r|\\n|$)`, "gy");
  const rows: string[][] = [[]];
  let end = "";
  while (cell.lastIndex < text.length || end === separator) {
    const match = cell.exec(text) as RegExpExecArray;
    end = match[3] as string;
    rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? (match[2] as string));
    if (end !== separator && cell.lastIndex < text.length) rows.push([]);
  }
  return rows;
}

function columnOf(rows: readonly string[][]): { texts: string[]; column: string } {
  const head = (rows[0] ?? []).map((cell) => cell.trim().toLowerCase());
  const place = COLUMNS.map((column) => head.indexOf(column)).find((found) => found >= 0);
  const cells = rows.slice(place === undefined ? 0 : 1).map((row) => row[place ?? 0] ?? "");
  const texts = cells.map((cell) => linesOf(cell).join(" ")).filter((text) => text !== "");
  return { texts, column: place === undefined ? "first column" : `column ${head[place] as string}` };
}
