/** Read the files of a rule set into plain values: see predictors/rules/ruleset.py. */

import { ModelError } from "./errors.js";
import { fold } from "./words.js";

const LANGUAGE = 1;
const CONTEXTS = ["after", "not_after", "before", "not_before"] as const;

type Table = Readonly<Record<string, unknown>>;

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
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly classes: ReadonlyMap<string, string>;
  readonly phases: readonly Phase[];
}

/** Name the files that hold the lists of a rule set. */
export function listFiles(data: Table): string[] {
  const values = Object.values(table("lists", data["lists"] ?? {}));
  const files = values.map((value) => (typeof value === "string" ? value : isTable(value) ? value["file"] : undefined));
  return [...new Set(files.filter((file) => typeof file === "string"))];
}

/** Build a rule set from decoded TOML and the content of each file that `listFiles` names. */
export function ruleSetOf(data: Table, files: ReadonlyMap<string, string>): RuleSet {
  checkKeys("the rule set", data, ["language", "lists", "classes", "phases", "examples"]);
  if (data["language"] !== LANGUAGE) {
    throw new ModelError(`language = ${String(data["language"])}, this version reads language = ${LANGUAGE}`);
  }
  const phases = array("phases", data["phases"] ?? []).map((phase, i) => phaseOf(i + 1, table(`phase ${i + 1}`, phase)));
  refuseDoubles(phases.flatMap((phase) => phase.rules.map((rule) => rule.name)));
  const classes = Object.entries(table("classes", data["classes"] ?? {}));
  return {
    lists: readLists(table("lists", data["lists"] ?? {}), files),
    classes: new Map(classes.map(([name, kinds]) => [name, text(`class '${name}'`, kinds)])),
    phases,
  };
}

// --- lists ---

function readLists(data: Table, files: ReadonlyMap<string, string>): Map<string, string[]> {
  const lists = new Map(Object.entries(data).map(([name, value]) => [name, entriesOf(name, value, files)]));
  for (const [name, value] of Object.entries(data)) {
    if (isTable(value)) lists.set(name, without(name, lists, texts(`list '${name}'`, value["except"] ?? [])));
  }
  return lists;
}

function entriesOf(name: string, value: unknown, files: ReadonlyMap<string, string>): string[] {
  const what = `list '${name}'`;
  if (typeof value === "string") return readEntries(files, value);
  if (Array.isArray(value)) return texts(what, value);
  if (!isTable(value)) throw new ModelError(`${what} is ${kindOf(value)}, expected entries, a file's name or a table`);
  checkKeys(what, value, ["file", "entries", "except"]);
  const fromFile = value["file"] === undefined ? [] : readEntries(files, text(what, value["file"]));
  return [...fromFile, ...texts(what, value["entries"] ?? [])];
}

function readEntries(files: ReadonlyMap<string, string>, name: string): string[] {
  const lines = (files.get(name) ?? "").split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "" && line !== "#" && !line.startsWith("# "));
}

function without(name: string, lists: ReadonlyMap<string, string[]>, others: readonly string[]): string[] {
  const unknown = others.find((other) => !lists.has(other));
  if (unknown !== undefined) throw new ModelError(`list '${name}': except names the unknown list '${unknown}'`);
  const dropped = new Set(others.flatMap((other) => lists.get(other) ?? []).map(fold));
  return (lists.get(name) ?? []).filter((entry) => !dropped.has(fold(entry)));
}

// --- phases and rules ---

function refuseDoubles(names: readonly string[]): void {
  const doubled = names.find((name, i) => names.indexOf(name) !== i);
  if (doubled === undefined) return;
  throw new ModelError(`two rules are called '${doubled}'; a rule's name says which rule made a span`);
}

function phaseOf(number: number, data: Table): Phase {
  const name = String(data["name"] ?? `phase ${number}`);
  const what = `phase '${name}'`;
  checkKeys(what, data, ["name", "lookup", "as", "inside", "rules"]);
  if ("lookup" in data === "rules" in data) throw new ModelError(`${what} needs either lookup or rules`);
  const rules = array(what, data["rules"] ?? []).map((rule, i) => ruleOf(`${what}, rule ${i + 1}`, rule));
  return {
    name,
    rules,
    ...setting(what, "lookup", data["lookup"]),
    ...setting(what, "tag", data["as"]),
    ...setting(what, "inside", data["inside"]),
  };
}

function ruleOf(where: string, value: unknown): Rule {
  const data = table(where, value);
  checkKeys(where, data, ["name", "match", "as", "examples", ...CONTEXTS]);
  const [name, match] = [data["name"], data["match"]];
  if (typeof name !== "string") throw new ModelError(`${where} needs 'name'`);
  if (typeof match !== "string") throw new ModelError(`${where} needs 'match'`);
  const contexts = CONTEXTS.map((context) => setting(where, context, data[context]));
  return Object.assign({ name, match }, setting(where, "tag", data["as"]), ...contexts) as Rule;
}

// --- decoded values ---

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? "a list" : typeof value;
}

function table(what: string, value: unknown): Table {
  if (isTable(value)) return value;
  throw new ModelError(`${what} is ${kindOf(value)}, expected a table`);
}

function array(what: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new ModelError(`${what} is ${kindOf(value)}, expected a list`);
}

function text(what: string, value: unknown): string {
  if (typeof value === "string") return value;
  throw new ModelError(`${what} is ${kindOf(value)}, expected a string`);
}

function texts(what: string, value: unknown): string[] {
  return array(what, value).map((each) => text(what, each));
}

function setting(where: string, name: string, value: unknown): Record<string, string> {
  return value === undefined ? {} : { [name]: text(`${where}: ${name}`, value) };
}

function checkKeys(what: string, data: Table, known: readonly string[]): void {
  const unknown = Object.keys(data).sort().find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw new ModelError(`${what} has the unknown key '${unknown}'. Known keys: ${[...known].sort().join(", ")}`);
}
