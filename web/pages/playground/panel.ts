/** The opened file: its name, its first texts, and for a table which column holds them. */

import { counted } from "../shared/counted.js";
import { element } from "../../components/drawing.js";
import { find } from "../shared/page.js";
import { type Source, withTable } from "./files.js";
import { columnsOf, isObvious, type Table, tooLong } from "./table.js";

const SHOWN = 5;

const opened = find("opened", HTMLElement);
const columns = find("columns", HTMLElement);
const column = find("column", HTMLSelectElement);
const heading = find("heading", HTMLInputElement);

/** Show the source: the field for typing, or what is known of the file. */
export function showSource(source: Source): void {
  const isFile = source.name !== "";
  find("typing", HTMLElement).hidden = isFile;
  find("edit", HTMLElement).hidden = !isFile;
  find("clear", HTMLElement).textContent = isFile ? "Close the file" : "Clear";
  opened.hidden = !isFile;
  if (isFile) showFile(source);
}

function showFile({ name, note, texts, table }: Source): void {
  find("opened-name", HTMLElement).textContent = `${name}: ${counted(texts.length, "text")}`;
  const notes = [note, table === undefined ? "" : noteOf(table)].filter(Boolean).join("; ");
  Object.assign(find("note", HTMLElement), { textContent: sentence(notes), hidden: notes === "" });
  columns.hidden = table === undefined;
  if (table !== undefined) showTable(table);
  const first = texts.slice(0, SHOWN).map((text) => element("li", "", text === "" ? element("span", "none", "empty") : text));
  find("preview", HTMLElement).replaceChildren(...first);
}

function sentence(notes: string): string {
  return `${notes.slice(0, 1).toUpperCase()}${notes.slice(1)}.`;
}

function showTable(table: Table): void {
  column.replaceChildren(...columnsOf(table).map((name, place) => new Option(name === "" ? `column ${place + 1}` : name, String(place))));
  column.value = String(table.column);
  heading.checked = table.heading;
}

function noteOf(table: Table): string {
  const long = tooLong(table);
  const cut = long === 0 ? "" : `what ${long === 1 ? "one row has" : `${long.toLocaleString("en")} rows have`} beyond the first row's cells is left out`;
  return [isObvious(table) ? "" : "choose another column if these are not the texts", cut].filter(Boolean).join("; ");
}

/** Call `change` with the source as it becomes when another column or heading is chosen. */
export function onColumn(current: () => Source, change: (source: Source) => void): void {
  const chosen = (): void => {
    const source = current();
    if (source.table === undefined) return;
    change(withTable(source, { ...source.table, column: Number(column.value), heading: heading.checked }));
  };
  column.addEventListener("change", chosen);
  heading.addEventListener("change", chosen);
}
