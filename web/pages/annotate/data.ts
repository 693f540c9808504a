/** What goes over the wire, as the server writes it: offsets count code points. */

import type { Category, Span } from "textwright";
import type { StateData } from "../../components/annotator/wire.js";

export type { StateData };
export type Role = "annotator" | "reviewer" | "owner";
export type Status = "new" | "begun" | "done" | "skipped";
export type ActKind = "edit" | "undo" | "redo" | "accept" | "skip" | "reopen";

export interface Act {
  readonly key: string;
  readonly text: number;
  readonly base: number;
  readonly kind: ActKind;
  readonly state: StateData;
  readonly suggestion: number | null;
  readonly seconds: number;
}

export interface PastAct {
  readonly version: number;
  readonly kind: ActKind;
  readonly state: StateData;
  readonly at: string;
}

export interface Suggestion {
  readonly id: number;
  readonly source: string;
  readonly spans: readonly Span[];
  readonly categories: readonly Category[];
}

export interface Task {
  readonly number: number;
  readonly id: string;
  readonly text: string;
  readonly version: number;
  readonly status: Status;
  readonly acts: readonly PastAct[];
  readonly suggestion: Suggestion | null;
  /** It was set aside for judging: shown without a suggestion. */
  readonly held_out?: boolean;
}

export interface Problem {
  readonly kind: string;
  readonly detail: string;
  readonly version?: number;
  readonly acts?: readonly PastAct[];
}

export interface Result {
  readonly key: string;
  readonly version?: number;
  readonly at?: string;
  readonly problem?: Problem;
}

export interface Project {
  readonly name: string;
  /** When it was made: another project of this name, at this address on another day, was made at another time. */
  readonly made?: string;
  readonly schema: unknown;
  readonly guideline: string;
  readonly annotator: string | null;
  readonly role: Role | null;
  readonly login: boolean;
  readonly people: number;
  readonly order: string;
  readonly suggesters: readonly string[];
  readonly retrain: number | null;
  readonly total: number;
}

export interface Found {
  readonly annotator: string;
  readonly status: Status;
  readonly spans: readonly Span[];
  readonly categories: readonly Category[];
  readonly note: string;
  readonly flagged: boolean;
}

export interface Row {
  readonly number: number;
  readonly id: string;
  readonly text: string;
  readonly annotations: readonly Found[];
  readonly decided: boolean;
}

export interface Side {
  readonly annotator: string;
  readonly spans: readonly Span[];
  readonly categories: readonly Category[];
  readonly note: string;
}

export interface Decision {
  readonly id: number;
  readonly took: string | null;
  readonly spans: readonly Span[];
  readonly categories: readonly Category[];
  readonly reason: string;
  readonly by: string;
  readonly at: string;
}

export interface Disagreement {
  readonly number: number;
  readonly id: string;
  readonly text: string;
  readonly sides: readonly Side[];
  readonly decision: Decision | null;
}

interface Shown {
  readonly texts: number;
  readonly seconds_per_text: number | null;
  readonly f1_kept: number | null;
}

export interface Progress {
  readonly total: number;
  readonly done: number;
  readonly begun: number;
  readonly skipped: number;
  readonly mine: {
    readonly done: number;
    readonly left: number;
    readonly texts_per_hour: number | null;
    readonly seconds_per_text: number | null;
    readonly seconds_left: number | null;
  };
  readonly annotators: readonly { readonly name: string; readonly done: number; readonly skipped: number; readonly seconds_per_text: number | null }[];
  readonly suggesting: {
    readonly shown: Shown;
    readonly blind: Shown;
    readonly bias: { readonly difference: number; readonly low: number; readonly high: number } | null;
  } | null;
  readonly training: {
    readonly running: boolean;
    readonly every: number | null;
    readonly rounds: readonly { readonly texts: number; readonly score: number; readonly measure: string; readonly at: string; readonly seconds: number }[];
  };
  readonly gold: { readonly asked: number; readonly right: number } | null;
}

const STATUS: Readonly<Partial<Record<ActKind, Status>>> = { accept: "done", skip: "skipped" };

/** Put an act behind a text's history, as the server will. */
export function withAct(task: Task, act: Act, at = ""): Task {
  const past: PastAct = { version: act.base + 1, kind: act.kind, state: act.state, at };
  return { ...task, version: past.version, status: STATUS[act.kind] ?? "begun", acts: [...task.acts, past] };
}

/** Put those acts that wait and follow what the server told behind a text's history. */
export function withWaiting(task: Task, waiting: readonly Act[]): Task {
  return waiting.reduce((so_far, act) => (act.base === so_far.version ? withAct(so_far, act) : so_far), task);
}

/** Make a key that nobody else makes; also where the page has no secure origin, and so no `randomUUID`. */
export function newKey(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
