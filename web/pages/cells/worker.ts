/**
 * Runs cells, apart from the page: what they do can be stopped, and cannot touch it.
 *
 * Code that somebody typed can only be compiled where a policy allows it. The page's policy does not; the server sends
 * this one script with a policy of its own, so that it is allowed here and nowhere else.
 */

import * as textwright from "textwright";
import type { Annotation, Schema } from "textwright";
import { Drawing, type Shown, shownOf } from "./shown.js";

/** A cell to be run: its number, its source and the names that it declares. */
export interface Task {
  readonly cell: number;
  readonly source: string;
  readonly names: readonly string[];
}

/** Where something went wrong: the cell may be another, whose function was called. */
export interface Fault {
  readonly message: string;
  readonly syntax: boolean;
  readonly cell: number;
  readonly line: number | undefined;
  /** What was thrown, where it is an object that is no error. */
  readonly thrown?: Shown;
}

/** What became of a cell. Without a value it shows only what it logged. */
export interface Outcome {
  readonly cell: number;
  readonly logged: readonly Shown[];
  readonly value?: Shown;
  readonly fault?: Fault;
}

/** What went wrong once a cell was done: in a timer, or in a promise that nobody waits for. */
export interface Late {
  readonly late: Fault;
}

interface Port {
  postMessage(message: Outcome | Late): void;
  onmessage: ((event: MessageEvent<Task>) => void) | null;
}

type Result = { readonly value?: unknown; readonly names: Record<string, unknown> };
type Run = (...values: unknown[]) => Promise<Result>;

const port = self as unknown as Port;
const Compiled = (async () => undefined).constructor as new (...source: string[]) => Run;
/** What stands before the first line in a compiled function. */
const LINES_BEFORE = 2;
const NO_SCHEMA: Schema = { labels: [], tasks: [] } as unknown as Schema;

const known = new Map<string, unknown>();
let waiting: Promise<void> = Promise.resolve();
/** The cell that was run last, and whether it still runs. */
let latest = 0;
let isRunning = false;
/** What went wrong beside the cell that runs: told once the cell is. */
let beside: Fault[] = [];

port.onmessage = ({ data }) => {
  waiting = waiting.then(() => tellOf(data));
};

self.addEventListener("error", (event) => {
  event.preventDefault();
  tellLate(event.error);
});
self.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  tellLate(event.reason);
});

async function tellOf(task: Task): Promise<void> {
  [latest, isRunning] = [task.cell, true];
  port.postMessage(await outcomeOf(task));
  isRunning = false;
  for (const late of beside) port.postMessage({ late });
  beside = [];
}

function tellLate(error: unknown): void {
  const late = faultOf(error, latest);
  if (isRunning) beside.push(late);
  else port.postMessage({ late });
}

async function outcomeOf(task: Task): Promise<Outcome> {
  const logged: Shown[] = [];
  try {
    const { value, names } = await run(task, (...values) => logged.push(...values.map((each) => shownOf(each))));
    for (const [name, each] of Object.entries(names)) known.set(name, each);
    return { cell: task.cell, logged, ...(value !== undefined && { value: shownOf(value) }) };
  } catch (error) {
    return { cell: task.cell, logged, fault: faultOf(error, task.cell) };
  }
}

/** Run a cell with the names of the cells before it, but for those that it declares itself. */
async function run({ cell, source, names }: Task, log: (...values: unknown[]) => void): Promise<Result> {
  const given = { __textwright__: textwright, console: { ...console, log, info: log, warn: log, error: log }, draw };
  const before = [...known].filter(([name]) => !names.includes(name) && !Object.hasOwn(given, name));
  const scope = { ...given, ...Object.fromEntries(before) };
  const compiled = new Compiled(...Object.keys(scope), `"use strict"; ${source}\n//# sourceURL=cell-${cell}.js`);
  return compiled(...Object.values(scope));
}

/** Draw a text with its spans, in a schema's colours. */
function draw(text: string, annotation: Annotation, schema: Schema = NO_SCHEMA): Drawing {
  if (typeof text !== "string" || !Array.isArray(annotation?.spans)) throw new TypeError("draw(text, annotation, schema) takes a text and an annotation with spans");
  return new Drawing(text, annotation, schema);
}

function faultOf(error: unknown, cell: number): Fault {
  if (typeof error === "object" && error !== null && !(error instanceof Error)) {
    return { message: "This was thrown, which is no Error:", syntax: false, cell, line: undefined, thrown: shownOf(error) };
  }
  const { name = "Error", message = String(error), stack = "" } = (error ?? {}) as Partial<Error>;
  const [, where, line] = /cell-(\d+)\.js:(\d+)/.exec(stack) ?? [];
  const place = { cell: where === undefined ? cell : Number(where), line: line === undefined ? undefined : Number(line) - LINES_BEFORE };
  return { message: `${name}: ${message}`, syntax: error instanceof SyntaxError && where === undefined, ...place };
}
