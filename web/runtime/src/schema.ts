/** What may be said of a text, as read from the published shape of schema files. */

import { ModelError } from "./errors.js";
import { entriesOf } from "./loading/tables.js";

export interface Label {
  readonly name: string;
  readonly meaning: string;
  readonly colour?: string;
  readonly key?: string;
  readonly parent?: string;
}

export interface Task {
  readonly name: string;
  readonly labels: readonly Label[];
  readonly multiple: boolean;
  readonly meaning: string;
}

/**
 * A rule that every annotation must keep: `exactly_one_inside` and `inside` name an `outer` and an `inner` label,
 * `no_overlap` a `label`, `no_crossing` none.
 */
export interface Rule {
  readonly kind: string;
  readonly outer?: string;
  readonly inner?: string;
  readonly label?: string;
}

export interface Schema {
  readonly name: string;
  readonly labels: readonly Label[];
  readonly tasks: readonly Task[];
  readonly rules: readonly Rule[];
  readonly open: boolean;
}

type Data = Readonly<Record<string, unknown>>;

/** Build a schema from decoded JSON or TOML. */
export function schemaFromData(data: unknown): Schema {
  const { name, labels, tasks, rules, open } = asData("the schema", data);
  return {
    name: typeof name === "string" ? name : "",
    labels: named("labels", labels).map(([label, body]) => labelOf(label, body)),
    tasks: named("tasks", tasks).map(([task, body]) => taskOf(task, asData(`task ${task}`, body))),
    rules: rulesOf(rules ?? []),
    open: open === true,
  };
}

/** Make a closed schema from bare names. */
export function schemaOf(labels: readonly string[]): Schema {
  return schemaFromData({ labels });
}

function labelOf(name: string, body: unknown): Label {
  const settings = asData(`label ${name}`, typeof body === "string" ? { meaning: body } : body);
  return { meaning: "", ...settings, name };
}

function taskOf(name: string, { labels, multiple, meaning }: Data): Task {
  return {
    name,
    labels: named(`labels of task ${name}`, labels).map(([label, body]) => labelOf(label, body)),
    multiple: multiple === true,
    meaning: typeof meaning === "string" ? meaning : "",
  };
}

function rulesOf(value: unknown): Rule[] {
  if (!Array.isArray(value)) throw new ModelError(`rules is ${typeof value}, expected a list of tables`);
  return value.map((body) => {
    const rule = asData("a rule", body);
    if (typeof rule["kind"] !== "string") throw new ModelError(`a rule has the keys ${Object.keys(rule).join(", ")}, expected kind`);
    return rule as unknown as Rule;
  });
}

/** Read a table by name, or a bare list of names. */
function named(what: string, value: unknown): [string, unknown][] {
  if (Array.isArray(value)) return value.map((name) => [String(name), {}]);
  return entriesOf(asData(what, value ?? {}));
}

function asData(what: string, value: unknown): Data {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Data;
  throw new ModelError(`${what} is ${Array.isArray(value) ? "a list" : typeof value}, expected a table`);
}
