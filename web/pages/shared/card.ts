/** What a model says of itself: the card in its `config.json`. */

/** A table of the card, and the sentences around it. */
export interface Figures {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly told: string;
}

export interface Card {
  readonly name: string;
  readonly summary: string;
  readonly licence: string;
  readonly figures: Figures;
  readonly limits: readonly string[];
  readonly notFor: readonly string[];
  /** Bytes of the files that a page loads, or 0 when they are not stated. */
  readonly size: number;
  /** What divides the scores of a task before they become probabilities. */
  readonly temperature: (task: string) => number;
  /** From which probability on, before any temperature, a label of a task with several counts as there. */
  readonly threshold: (task: string, label: string) => number;
}

type Data = Readonly<Record<string, unknown>>;

/** Files that only people and tests read. */
const UNREAD = ["README.md", "parity.json"];

/** Read the card of the model in a folder. */
export async function readCard(folder: URL): Promise<Card> {
  const response = await fetch(new URL("config.json", folder));
  if (!response.ok) throw new Error(`${response.url}: the server answered ${response.status} ${response.statusText}`);
  return cardOf((await response.json()) as Data);
}

/** Take a card out of a decoded `config.json`; what is missing there is empty here. */
export function cardOf(config: Data): Card {
  const card = table(config["card"]);
  return {
    name: words(config["name"]),
    summary: words(card["summary"]),
    licence: words(card["licence"]),
    figures: figuresOf(words(card["figures"])),
    limits: lines(card["limits"]),
    notFor: lines(card["not_for"]),
    size: sizeOf(table(config["files"])),
    temperature: (task) => number(table(config["temperature"])[task], 1),
    threshold: (task, label) => number(table(table(config["thresholds"])[task])[label], 0.5),
  };
}

/** Part the first table of a Markdown text from what is told around it. */
export function figuresOf(markdown: string): Figures {
  const all = markdown.split("\n");
  const cells = all.filter((line) => line.startsWith("|")).map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));
  const told = all.filter((line) => !line.startsWith("|")).join(" ").trim();
  return { heads: cells[0] ?? [], rows: cells.slice(2), told };
}

/** Find the row that begins with these cells. */
export function rowOf({ rows }: Figures, ...first: readonly string[]): readonly string[] | undefined {
  return rows.find((row) => first.every((cell, i) => row[i] === cell));
}

function sizeOf(files: Data): number {
  const read = Object.entries(files).filter(([name]) => !UNREAD.includes(name));
  return read.reduce((sum, [, facts]) => sum + number(table(facts)["size"], 0), 0);
}

function table(value: unknown): Data {
  return typeof value === "object" && value !== null ? (value as Data) : {};
}

function words(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function lines(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((line): line is string => typeof line === "string") : [];
}

function number(value: unknown, otherwise: number): number {
  return typeof value === "number" && Number.isFinite(value) ? value : otherwise;
}
