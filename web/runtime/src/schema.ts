/** What may be said of a text, as read from the published shape of schema files. */

import { ModelError } from "./errors.js";

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

export interface Schema {
  readonly name: string;
  readonly labels: readonly Label[];
  readonly tasks: readonly Task[];
  readonly open: boolean;
}

type Data = Readonly<Record<string, unknown>>;

/** Build a schema from decoded JSON or TOML. */
export function schemaFromData(data: unknown): Schema {
  const { name, labels, tasks, open } = asData("the schema", data);
  return {
    name: typeof name === "string" ? name : "",
    labels: named("labels", labels).map(([label, body]) => labelOf(label, body)),
    tasks: named("tasks", tasks).map(([task, body]) => taskOf(task, asData(`task ${task}`, body))),
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

/** Read a table by name, or a bare list of names. */
function named(what: string, value: unknown): [string, unknown][] {
  if (Array.isArray(value)) return value.map((name) => [String(name), {}]);
  return Object.entries(asData(what, value ?? {}));
}

function asData(what: string, value: unknown): Data {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Data;
  throw new ModelError(`${what} is ${Array.isArray(value) ? "a list" : typeof value}, expected a table`);
}
