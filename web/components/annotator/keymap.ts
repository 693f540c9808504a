/** Which key does what: the commands, the labels' keys and the digits of categories; all can be remapped. */

import type { Category, Schema } from "textwright";
import { type Stroke, strokeOf } from "./strokes.js";

/** What a keymap cannot say: two commands on one key, a key that is none, Tab. */
export class KeymapError extends Error {
  override name = "KeymapError";
}

/** Each command with its keys and what it does, in the order of the help. `Mod` is Ctrl, and on a Mac Cmd. */
export const COMMANDS = {
  next: { keys: ["ArrowRight"], does: "select the next word" },
  previous: { keys: ["ArrowLeft"], does: "select the previous word" },
  extend: { keys: ["Shift+ArrowRight"], does: "extend the selection at its end by a word" },
  shrink: { keys: ["Shift+ArrowLeft"], does: "shrink the selection at its end by a word" },
  endRight: { keys: ["."], does: "move the selection's end right by a character" },
  endLeft: { keys: [","], does: "move the selection's end left by a character" },
  startRight: { keys: ["Shift+.", ">"], does: "move the selection's start right by a character" },
  startLeft: { keys: ["Shift+,", "<"], does: "move the selection's start left by a character" },
  down: { keys: ["ArrowDown"], does: "choose the next marked part" },
  up: { keys: ["ArrowUp"], does: "choose the marked part before" },
  remove: { keys: ["Delete", "Backspace"], does: "remove the chosen marked part" },
  undo: { keys: ["Mod+z"], does: "undo" },
  redo: { keys: ["Mod+Shift+z", "Mod+y"], does: "redo" },
  accept: { keys: ["Enter"], does: "accept, what is proposed included, and go on" },
  back: { keys: ["Shift+Enter"], does: "go back to the text before" },
  skip: { keys: ["Space"], does: "skip the text" },
  help: { keys: ["?"], does: "show the keys" },
} as const satisfies Readonly<Record<string, { readonly keys: readonly string[]; readonly does: string }>>;

export type Command = keyof typeof COMMANDS;

/** The keys of each command as they are without a remapping. */
export const KEYS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(COMMANDS).map(([command, { keys }]) => [command, keys]),
);

/** A remapping: keys by command, by span label, and by task and label. */
export type Keymap = Readonly<Record<Command, string | readonly string[]>> & {
  readonly labels: Readonly<Record<string, string>>;
  readonly categories: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

export type Action =
  | { readonly kind: "command"; readonly command: Command }
  | { readonly kind: "label"; readonly label: string }
  | { readonly kind: "category"; readonly category: Category };

export interface Bindings {
  readonly actions: ReadonlyMap<Stroke, Action>;
  readonly commands: ReadonlyMap<Command, readonly Stroke[]>;
  readonly labels: ReadonlyMap<string, Stroke>;
  /** The key or the digits of each category. */
  readonly categories: readonly (Category & { readonly key: string })[];
  /** How many digits stand for a category: 1, or 2 with more than ten of them. */
  readonly digits: number;
}

interface Numbered {
  readonly codes: ReadonlyMap<string, string>;
  readonly digits: number;
}

const SPARE = [..."abcdefghijklmnopqrstuvwxyz"];
const ONE_DIGIT = [..."1234567890"];
const DIGIT = /^\d$/;

/** Bind keys to what they do. Raise `KeymapError` at a remapping that cannot be. */
export function bindingsOf(schema: Schema, keys: Partial<Keymap> = {}): Bindings {
  refuseUnknown(schema, keys);
  const actions = new Map<Stroke, Action>();
  const commands = bindCommands(keys, actions);
  bindRemapped(schema, keys, actions);
  const hasTasks = categoriesOf(schema).length > 0;
  const isTaken = (stroke: Stroke): boolean => actions.has(stroke) || (hasTasks && DIGIT.test(stroke));
  const labels = bindLabels(schema, keys.labels ?? {}, actions, isTaken);
  const own = bindOwn(schema, keys.categories ?? {}, actions);
  const { codes, digits } = numbered(schema, own, actions);
  freeDigits(keys, actions, digits);
  const categories = categoriesOf(schema).map((each) => ({ ...each, key: codes.get(nameOf(each)) ?? own.get(nameOf(each)) ?? "" }));
  return { actions, commands, labels, categories, digits };
}

/** Find the category that digits stand for. */
export function categoryOf({ categories }: Bindings, typed: string): Category | undefined {
  const found = categories.find(({ key }) => key === typed);
  return found && { task: found.task, label: found.label };
}

/** Say what each key does, for a page that shows the keys. */
export function keyHelp(bindings: Bindings): { readonly keys: readonly string[]; readonly does: string }[] {
  const commands = [...bindings.commands].map(([command, keys]) => ({ keys, does: COMMANDS[command].does as string }));
  const labels = [...bindings.labels].map(([label, key]) => ({ keys: [key], does: `${label}: put it on the selection, or take it off` }));
  const categories = bindings.categories.map(({ task, label, key }) => ({ keys: [key], does: `${task}: ${label}` }));
  return [...commands, ...labels, ...categories].filter(({ keys }) => keys.some((key) => key !== ""));
}

// --- commands -------------------------------------------------------------------------------

function bindCommands(keys: Partial<Keymap>, actions: Map<Stroke, Action>): Map<Command, readonly Stroke[]> {
  const bound = new Map<Command, readonly Stroke[]>();
  for (const command of Object.keys(COMMANDS) as Command[]) {
    const wanted = keys[command] ?? COMMANDS[command].keys;
    const strokes = (typeof wanted === "string" ? [wanted] : wanted).map((key) => readStroke(command, key));
    for (const stroke of strokes) bind(actions, stroke, { kind: "command", command });
    bound.set(command, strokes);
  }
  return bound;
}

function bind(actions: Map<Stroke, Action>, stroke: Stroke, action: Action): void {
  const other = actions.get(stroke);
  if (other !== undefined && JSON.stringify(other) !== JSON.stringify(action)) {
    throw new KeymapError(`the key ${stroke} stands for two things: ${inWords(other)} and ${inWords(action)}`);
  }
  actions.set(stroke, action);
}

function inWords(action: Action): string {
  if (action.kind === "command") return action.command;
  return action.kind === "label" ? `the label ${action.label}` : `${action.category.task}: ${action.category.label}`;
}

function readStroke(what: string, key: unknown): Stroke {
  const stroke = typeof key === "string" ? strokeOf(key) : null;
  if (stroke === null) {
    throw new KeymapError(`${what}: ${JSON.stringify(key)} is no key. Keys are written like "x", "Space", "Shift+ArrowRight", "Mod+z"`);
  }
  if (/(^|\+)Tab$/.test(stroke)) throw new KeymapError(`${what}: Tab belongs to the browser, so that nobody is kept in the text`);
  return stroke;
}

// --- labels ---------------------------------------------------------------------------------

/** Bind the keys that the remapping gives to labels and categories. */
function bindRemapped(schema: Schema, keys: Partial<Keymap>, actions: Map<Stroke, Action>): void {
  for (const [label, key] of Object.entries(keys.labels ?? {})) {
    bind(actions, readStroke(`the label ${label}`, key), { kind: "label", label });
  }
  for (const category of categoriesOf(schema)) {
    const key = keys.categories?.[category.task]?.[category.label];
    if (key !== undefined) bind(actions, readStroke(`${category.task}: ${category.label}`, key), { kind: "category", category });
  }
}

/** Give each label its key: the remapped one, the schema's, or a free letter, its own if it can be. */
function bindLabels(
  schema: Schema,
  remapped: Readonly<Record<string, string>>,
  actions: Map<Stroke, Action>,
  isTaken: (stroke: Stroke) => boolean,
): Map<string, Stroke> {
  const found = new Map<string, Stroke>();
  const give = (label: string, stroke: Stroke | null | undefined): void => {
    if (found.has(label) || stroke === null || stroke === undefined || isTaken(stroke)) return;
    actions.set(stroke, { kind: "label", label });
    found.set(label, stroke);
  };
  for (const { name } of schema.labels) {
    if (remapped[name] !== undefined) found.set(name, readStroke(name, remapped[name]));
  }
  for (const { name, key } of schema.labels) give(name, key === undefined ? null : strokeOf(key));
  for (const { name } of schema.labels) {
    const letters = [...name.toLowerCase()].filter((letter) => SPARE.includes(letter));
    give(name, [...letters, ...SPARE].find((letter) => !isTaken(letter)));
  }
  return found;
}

// --- categories -----------------------------------------------------------------------------

function categoriesOf(schema: Schema): Category[] {
  return schema.tasks.flatMap(({ name, labels }) => labels.map((label) => ({ task: name, label: label.name })));
}

/** Bind the keys that the remapping or the schema gives to categories; one that means something already is passed over. */
function bindOwn(schema: Schema, remapped: Keymap["categories"], actions: Map<Stroke, Action>): Map<string, Stroke> {
  const found = new Map<string, Stroke>();
  for (const category of categoriesOf(schema)) {
    const given = remapped[category.task]?.[category.label];
    const stroke = strokeOf(given ?? keyInSchema(schema, category) ?? "");
    if (stroke === null || (given === undefined && actions.has(stroke))) continue;
    actions.set(stroke, { kind: "category", category });
    found.set(nameOf(category), stroke);
  }
  return found;
}

function keyInSchema(schema: Schema, { task, label }: Category): string | undefined {
  return schema.tasks.find(({ name }) => name === task)?.labels.find(({ name }) => name === label)?.key;
}

/** Number the categories without a key over all tasks; where one digit is not enough, those with a digit for key, too. */
function numbered(schema: Schema, own: ReadonlyMap<string, Stroke>, actions: Map<Stroke, Action>): Numbered {
  const names = categoriesOf(schema).map(nameOf);
  const free = ONE_DIGIT.filter((digit) => !actions.has(digit));
  const without = names.filter((name) => !own.has(name));
  if (without.length <= free.length) {
    return { codes: new Map(without.map((name, i) => [name, free[i] as string])), digits: 1 };
  }
  const all = names.filter((name) => DIGIT.test(own.get(name) ?? "0"));
  const digits = Math.max(2, String(all.length).length);
  return { codes: new Map(all.map((name, i) => [name, String(i + 1).padStart(digits, "0")])), digits };
}

/** Where two digits stand for a category, one alone can stand for nothing. */
function freeDigits(keys: Partial<Keymap>, actions: Map<Stroke, Action>, digits: number): void {
  if (digits === 1) return;
  for (const digit of ONE_DIGIT) {
    const action = actions.get(digit);
    if (action === undefined) continue;
    const { kind } = action;
    const given = kind !== "category" || keys.categories?.[action.category.task]?.[action.category.label] !== undefined;
    if (given) throw new KeymapError(`the key ${digit} stands for two things: ${inWords(action)}, and categories of ${digits} digits`);
    actions.delete(digit);
  }
}

function nameOf({ task, label }: Category): string {
  return JSON.stringify([task, label]);
}

// --- what is not known ----------------------------------------------------------------------

function refuseUnknown(schema: Schema, keys: Partial<Keymap>): void {
  const known = [...Object.keys(COMMANDS), "labels", "categories"];
  refuse("command", Object.keys(keys), known);
  if (!schema.open) refuse("label", Object.keys(keys.labels ?? {}), schema.labels.map(({ name }) => name));
  for (const [task, labels] of Object.entries(keys.categories ?? {})) {
    refuse("task", [task], schema.tasks.map(({ name }) => name));
    refuse(`label of task ${task}`, Object.keys(labels), schema.tasks.find(({ name }) => name === task)?.labels.map(({ name }) => name) ?? []);
  }
}

function refuse(what: string, names: readonly string[], known: readonly string[]): void {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new KeymapError(`the keymap names the unknown ${what} ${JSON.stringify(unknown)}. Known: ${known.join(", ") || "none"}`);
  }
}
