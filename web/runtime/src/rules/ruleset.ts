/** Read the files of a rule set into plain values: see predictors/rules/ruleset.py. */

import { ModelError, within } from "../errors.js";
import { strip } from "./language.js";
import { matchForm } from "../words/words.js";

const LANGUAGE = 1;
export const CONTEXTS = ["after", "not_after", "before", "not_before"] as const;

type Table = Readonly<Record<string, unknown>>;
type Lists = ReadonlyMap<string, readonly string[]>;

/** One rule as written. */
export interface Rule {
  readonly name: string;
  readonly match: string;
  readonly after?: string;
  readonly not_after?: string;
  readonly before?: string;
  readonly not_before?: string;
  readonly tag?: string;
}

/** One phase as written: a lookup, or rules over the whole text or inside a label's spans. */
export interface Phase {
  readonly name: string;
  readonly lookup?: string;
  readonly tag?: string;
  readonly inside?: string;
  readonly rules: readonly Rule[];
}

/** A whole rule set as written; `lists` holds the entries of each list. */
export interface RuleSet {
  readonly lists: Lists;
  readonly classes: ReadonlyMap<string, string>;
  readonly phases: readonly Phase[];
  readonly shapes: ReadonlyMap<string, readonly string[]>;
}

/** Name the files that hold the lists of a rule set. */
export function listFiles(data: Table): string[] {
  const values = isTable(data["lists"]) ? Object.values(data["lists"]) : [];
  const files = values.map((value) => (isTable(value) ? value["file"] : value));
  return [...new Set(files.filter((file) => typeof file === "string"))];
}

/** Build a rule set from decoded TOML and the content of each file that `listFiles` names. */
export function ruleSetOf(data: Table, files: ReadonlyMap<string, string>): RuleSet {
  if (data["language"] !== LANGUAGE) {
    throw new ModelError(`language = ${String(data["language"])}, this version reads language = ${LANGUAGE}`);
  }
  within("the rule set", () => checkKeys(data, ["language", "lists", "classes", "shapes", "phases", "examples"]));
  within("examples", () => texts(data["examples"] ?? []));
  return {
    lists: within("lists", () => readLists(table(data["lists"] ?? {}), files)),
    classes: within("classes", () => readClasses(table(data["classes"] ?? {}))),
    shapes: within("shapes", () => readShapes(table(data["shapes"] ?? {}))),
    phases: within("phases", () => readPhases(array(data["phases"] ?? []))),
  };
}

// --- lists and classes ---

function readLists(data: Table, files: ReadonlyMap<string, string>): Lists {
  const lists = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(data)) {
    lists.set(name, within(`list '${name}'`, () => entriesOf(value, files)));
  }
  for (const [name, value] of Object.entries(data)) {
    if (!isTable(value) || value["except"] === undefined) continue;
    lists.set(name, within(`list '${name}', except`, () => without(lists.get(name) ?? [], texts(value["except"]), lists)));
  }
  return lists;
}

function entriesOf(value: unknown, files: ReadonlyMap<string, string>): readonly string[] {
  if (typeof value === "string") return readEntries(files, value);
  if (Array.isArray(value)) return texts(value);
  if (!isTable(value)) throw new ModelError(`found ${kindOf(value)}, expected entries, a file's name or a table`);
  checkKeys(value, ["file", "entries", "except"]);
  const fromFile = value["file"] === undefined ? [] : readEntries(files, text(value["file"]));
  return [...fromFile, ...texts(value["entries"] ?? [])];
}

function readEntries(files: ReadonlyMap<string, string>, name: string): string[] {
  const lines = withoutMark(files.get(name) as string).split("\n").map(strip);
  return lines.filter((line) => line !== "" && line !== "#" && !line.startsWith("# "));
}

/** Take off the byte order mark that some editors write. */
export function withoutMark(content: string): string {
  return content.replace(/^\ufeff/, "");
}

function without(entries: readonly string[], others: readonly string[], lists: Lists): string[] {
  const unknown = others.find((other) => !lists.has(other));
  if (unknown !== undefined) throw new ModelError(`unknown list '${unknown}'. Known lists: ${[...lists.keys()].sort().join(", ")}`);
  const dropped = new Set(others.flatMap((other) => lists.get(other) ?? []).map(matchForm));
  return entries.filter((entry) => !dropped.has(matchForm(entry)));
}

function readClasses(data: Table): Map<string, string> {
  return new Map(Object.entries(data).map(([name, kinds]) => [name, within(`class '${name}'`, () => text(kinds))]));
}

/** Read what each shape may look like: a text, or a list of texts. */
function readShapes(data: Table): Map<string, readonly string[]> {
  return new Map(Object.entries(data).map(([name, value]) => [name, within(`shape '${name}'`, () => written(value))]));
}

function written(value: unknown): string[] {
  const found = typeof value === "string" ? [value] : texts(value);
  if (found.length === 0) throw new ModelError("an empty list is no shape; write one such as 'XX-ddd'");
  return found;
}

// --- phases and rules ---

function readPhases(data: readonly unknown[]): Phase[] {
  const phases = data.map((each, i) => within(`phase ${nameOf(each, i + 1)}`, () => phaseOf(`phase ${i + 1}`, table(each))));
  const names = phases.flatMap((phase) => phase.rules.map((rule) => rule.name));
  const doubled = names.find((name, i) => names.indexOf(name) !== i);
  if (doubled === undefined) return phases;
  throw new ModelError(`two rules are called '${doubled}'; a rule's name says which rule made a span`);
}

/** Name a phase or rule for a person, by its number when it has no name. */
function nameOf(data: unknown, number: number): string {
  return isTable(data) && data["name"] !== undefined ? `'${String(data["name"])}'` : String(number);
}

function phaseOf(name: string, data: Table): Phase {
  checkKeys(data, ["name", "lookup", "as", "inside", "rules"]);
  if ("lookup" in data === "rules" in data) throw new ModelError("needs either lookup or rules");
  if ("rules" in data && "as" in data) throw new ModelError("as belongs to a lookup or to a rule, not to a phase with rules");
  if ("lookup" in data && "inside" in data) throw new ModelError("inside goes with rules, not with lookup");
  const rules = array(data["rules"] ?? []).map((each, i) =>
    within(`rule ${nameOf(each, i + 1)}`, () => ruleOf(table(each), "inside" in data)),
  );
  const settings = { ...setting(data, "lookup"), ...setting(data, "as", "tag"), ...setting(data, "inside") };
  return { name: text(data["name"] ?? name), rules, ...settings };
}

function ruleOf(data: Table, inside: boolean): Rule {
  checkKeys(data, ["name", "match", "as", "examples", ...CONTEXTS]);
  const [name, match] = [data["name"], data["match"]];
  if (typeof name !== "string") throw new ModelError("needs name = a text");
  if (typeof match !== "string") throw new ModelError("needs match = a text");
  if (inside && "as" in data) throw new ModelError("as has no use in a phase with inside, which makes no words");
  texts(data["examples"] ?? []);
  return Object.assign({ name, match }, setting(data, "as", "tag"), ...CONTEXTS.map((part) => setting(data, part)));
}

// --- decoded values ---

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return isTable(value) ? "a table" : typeof value === "string" ? "text" : `a ${typeof value}`;
}

function table(value: unknown): Table {
  if (isTable(value)) return value;
  throw new ModelError(`found ${kindOf(value)}, expected a table`);
}

function array(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new ModelError(`found ${kindOf(value)}, expected a list`);
}

function text(value: unknown): string {
  if (typeof value === "string") return value;
  throw new ModelError(`found ${kindOf(value)}, expected a text`);
}

function texts(value: unknown): string[] {
  return array(value).map(text);
}

/** Take the text called `key`, where there is one, under our own name for it. */
function setting(data: Table, key: string, name: string = key): Record<string, string> {
  const value = data[key];
  if (value === undefined) return {};
  if (typeof value !== "string") throw new ModelError(`${key} is ${kindOf(value)}, expected a text`);
  return { [name]: value };
}

function checkKeys(data: Table, known: readonly string[]): void {
  const unknown = Object.keys(data).sort().find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw new ModelError(`unknown key '${unknown}'. Known keys: ${[...known].sort().join(", ")}`);
}
