/** What travels between the widget in Python and its views: texts and answers one way, places and acts the other. */

import { actsFromData, initialFromData, type PastAct, stateFromData, type State, stateToData } from "../components/annotator/index.js";

/** As much of anywidget's model as is used. https://anywidget.dev/en/afm */
export interface Model {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  save_changes(): void;
  on(event: string, listener: () => void): void;
  off(event: string, listener: () => void): void;
}

export interface Settings {
  readonly schema: unknown;
  readonly guideline: string;
  readonly keys: Readonly<Record<string, never>>;
  readonly total: number;
}

interface TaskData {
  readonly id: string;
  readonly text: string;
  readonly status: Status;
  readonly initial: unknown;
  readonly acts: readonly unknown[];
}

interface ActData {
  readonly number: number;
  readonly place: number;
  readonly kind: PastAct["kind"];
  readonly state: unknown;
  readonly seconds: number;
}

/** What Python shows: some texts, how many acts it has taken, and what it says of them. */
export interface Window {
  readonly first: number;
  readonly tasks: readonly TaskData[];
  readonly taken: number;
  readonly counts: Readonly<Partial<Record<Status, number>>>;
  readonly trouble: string;
}

export type Status = "new" | "begun" | "done" | "skipped";

/** A text as it stands: what Python knows, and the acts that are still on their way to it. */
export interface Task {
  readonly id: string;
  readonly text: string;
  readonly status: Status;
  readonly initial: State;
  readonly acts: readonly PastAct[];
}

const STATUS: Readonly<Record<PastAct["kind"], Status>> = {
  edit: "begun", undo: "begun", redo: "begun", reopen: "begun", accept: "done", skip: "skipped",
};

export function settingsOf(model: Model): Settings {
  return model.get("settings") as Settings;
}

export function windowOf(model: Model): Window {
  return model.get("window") as Window;
}

export function placeOf(model: Model): number {
  return model.get("place") as number;
}

/** The acts that Python has not taken yet. */
export function waiting(model: Model): ActData[] {
  const { taken } = windowOf(model);
  return (model.get("acts") as ActData[]).filter(({ number }) => number > taken);
}

/** Return the text at a place; undefined while Python has not sent it. */
export function taskAt(model: Model, place: number): Task | undefined {
  const { first, tasks } = windowOf(model);
  const data = tasks[place - first];
  if (data === undefined) return undefined;
  const { id, text } = data;
  const newer = waiting(model).filter((act) => act.place === place);
  const last = newer.at(-1);
  return {
    id,
    text,
    status: last === undefined ? data.status : STATUS[last.kind],
    initial: data.initial === null ? initialFromData(text, null) : stateFromData(text, data.initial),
    acts: actsFromData(text, [...data.acts, ...newer]),
  };
}

/** Tell Python of an act. It is sent again with the next ones until it was taken. */
export function addAct(model: Model, task: Task, { kind, state }: PastAct, seconds: number): void {
  const before = waiting(model);
  const number = (before.at(-1)?.number ?? windowOf(model).taken) + 1;
  const act: ActData = { number, place: placeOf(model), kind, state: stateToData(task.text, state), seconds };
  model.set("acts", [...before, act]);
}
