/**
 * The acts that the server does not have yet.
 *
 * Each is written into the browser's storage before it counts as queued and taken out after the answer. The key of an
 * act makes sending it twice harmless, so that a lost answer costs nothing. Of one text only the first act is on its
 * way at a time: one that follows a conflict must not be taken for an answer to what somebody else did.
 */

import { ApiError, Unreachable } from "./api.js";
import type { Act, PastAct, Problem, Result } from "./data.js";

const MOST = 200;
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30_000;

/** What is needed of localStorage. */
export type Storage = Pick<globalThis.Storage, "length" | "key" | "getItem" | "setItem" | "removeItem">;

/** Why acts wait longer than a moment. */
export type Trouble = "offline" | "login" | "busy" | "refused";

/** Somebody, or another tab, changed the text first: `acts` is what the server has. */
export interface Conflict {
  readonly text: number;
  readonly mine: Act;
  readonly version: number;
  readonly acts: readonly PastAct[];
}

/** An act that the server will never take. */
export interface Failed {
  readonly act: Act;
  readonly detail: string;
}

export interface OutboxOptions {
  readonly storage: Storage;
  /** Whose acts these are: project and annotator. */
  readonly space: string;
  readonly send: (acts: readonly Act[]) => Promise<readonly Result[]>;
  readonly changed?: () => void;
  readonly saved?: (act: Act, at: string) => void;
  /** A conflict was settled for what the server has. */
  readonly theirs?: (conflict: Conflict) => void;
  /** Wait some milliseconds, or until `wake`. */
  readonly pause?: (milliseconds: number) => Promise<void>;
}

interface Entry {
  readonly name: string;
  readonly act: Act;
  readonly stored: boolean;
}

export class Outbox {
  trouble: Trouble | null = null;
  detail = "";
  readonly conflicts = new Map<number, Conflict>();
  failed: readonly Failed[] = [];
  #entries: readonly Entry[] = [];
  #order = 0;
  #limit = MOST;
  #tries = 0;
  #sending: Promise<void> | null = null;
  #wake: (() => void) | null = null;

  constructor(readonly options: OutboxOptions) {
    const found = this.#found("act").map(([name, act]) => ({ name, act: act as Act, stored: true }));
    this.#entries = found.sort((a, b) => orderOf(a.name) - orderOf(b.name) || a.act.base - b.act.base);
    this.#order = orderOf(this.#entries.at(-1)?.name ?? "");
    this.failed = this.#found("failed").map(([, failed]) => failed as Failed);
  }

  /** The number of acts that the server may not have. */
  get size(): number {
    return this.#entries.length;
  }

  /** The number of acts that a closed page would lose, since the browser's storage is full. */
  get unstored(): number {
    return this.#entries.filter(({ stored }) => !stored).length;
  }

  waiting(text: number): Act[] {
    return this.#entries.filter(({ act }) => act.text === text).map(({ act }) => act);
  }

  /** The texts that have acts here. */
  get texts(): number[] {
    return [...new Set(this.#entries.map(({ act }) => act.text))];
  }

  add(act: Act): void {
    const name = this.#name("act", `${++this.#order}:${act.key}`);
    this.#entries = [...this.#entries, { name, act, stored: this.#write(name, act) }];
    this.#changed();
    void this.send();
  }

  /** Send until nothing is left that can be sent. */
  send(): Promise<void> {
    this.#sending ??= this.#rounds().finally(() => {
      this.#sending = null;
      this.#changed();
    });
    return this.#sending;
  }

  /** Try at once: the network is back, or somebody logged in. */
  wake(): void {
    this.trouble = null;
    this.#wake?.();
    void this.send();
  }

  /** Settle a conflict for this page's side: the same state again, after what the server has. */
  keepMine(text: number, key: string): void {
    const conflict = this.conflicts.get(text);
    if (conflict === undefined) return;
    this.conflicts.delete(text);
    const mine = this.#entries.filter(({ act }) => act.text === text);
    const seconds = mine.reduce((sum, { act }) => sum + act.seconds, 0);
    const last = (mine.at(-1) as Entry).act;
    const kind = last.kind === "undo" || last.kind === "redo" ? "edit" : last.kind;
    this.add({ ...last, key, kind, base: conflict.version, seconds });
    this.#drop(mine);
  }

  /** Settle a conflict for what the server has. */
  keepTheirs(text: number): void {
    const conflict = this.conflicts.get(text);
    if (conflict === undefined) return;
    this.conflicts.delete(text);
    this.#drop(this.#entries.filter(({ act }) => act.text === text));
    this.options.theirs?.(conflict);
    this.#changed();
    void this.send();
  }

  /** Forget what the server refused, once somebody has it. */
  forgetFailed(): void {
    for (const [name] of this.#found("failed")) this.options.storage.removeItem(name);
    this.failed = [];
    this.#changed();
  }

  // --- sending --------------------------------------------------------------------------------

  async #rounds(): Promise<void> {
    for (let batch = this.#batch(); batch.length > 0; batch = this.#batch()) await this.#round(batch);
  }

  /** The first waiting act of each text that is not in conflict. */
  #batch(): Act[] {
    const seen = new Set<number>(this.conflicts.keys());
    const first = this.#entries.filter(({ act }) => !seen.has(act.text) && seen.add(act.text));
    return first.slice(0, this.#limit).map(({ act }) => act);
  }

  async #round(batch: readonly Act[]): Promise<void> {
    try {
      const results = await this.options.send(batch);
      const known = new Map(results.map((result) => [result.key, result]));
      if (!batch.every(({ key }) => known.has(key))) throw new ApiError(0, "the server's answer leaves acts out");
      this.#clear();
      for (const act of batch) this.#take(act, known.get(act.key) as Result);
    } catch (error) {
      await this.#bear(error, batch);
    }
    this.#changed();
  }

  #clear(): void {
    this.trouble = null;
    this.detail = "";
    this.#tries = 0;
    this.#limit = Math.min(MOST, this.#limit * 2);
  }

  #take(act: Act, { problem, at }: Result): void {
    if (problem === undefined) this.#saved(act, at ?? "");
    else if (problem.kind === "conflict") this.#conflict(act, problem);
    else this.#fail(act, problem.detail);
  }

  #saved(act: Act, at: string): void {
    this.#drop(this.#entries.filter((entry) => entry.act.key === act.key));
    this.options.saved?.(act, at);
  }

  #conflict({ text, key }: Act, { version = 0, acts = [] }: Problem): void {
    const mine = this.waiting(text).at(-1);
    if (mine === undefined || !this.waiting(text).some((act) => act.key === key)) return;
    this.conflicts.set(text, { text, mine, version, acts });
    // Where both are the same there is nothing to choose.
    const last = acts.at(-1);
    if (last !== undefined && JSON.stringify(last.state) === JSON.stringify(mine.state) && last.kind === mine.kind) this.keepTheirs(text);
  }

  /** Put an act aside that will never be taken; those after it on the text move up to its place. */
  #fail(act: Act, detail: string): void {
    const failed = { act, detail };
    this.failed = [...this.failed, failed];
    this.#write(this.#name("failed", act.key), failed);
    this.#drop(this.#entries.filter((entry) => entry.act.key === act.key));
    this.#entries = this.#entries.map((entry) => {
      if (entry.act.text !== act.text || entry.act.base <= act.base) return entry;
      const moved = { ...entry.act, base: entry.act.base - 1 };
      return { ...entry, act: moved, stored: this.#write(entry.name, moved) };
    });
  }

  async #bear(error: unknown, batch: readonly Act[]): Promise<void> {
    const status = error instanceof ApiError ? error.status : -1;
    this.detail = (error as Error).message;
    if (error instanceof ApiError && error.needsLogIn) return await this.#wait("login", Number.POSITIVE_INFINITY);
    if ([400, 413, 422].includes(status)) return this.#lookCloser(error as ApiError, batch);
    const known = error instanceof ApiError ? error.retryAfter : null;
    const pause = known === null ? this.#backOff() : known * 1000;
    const isOffline = error instanceof Unreachable || error instanceof TypeError;
    await this.#wait(isOffline ? "offline" : status === 429 || status >= 500 ? "busy" : "refused", pause);
  }

  /** The whole request was refused: send less at once, until the act that is at fault stands alone. */
  #lookCloser(error: ApiError, batch: readonly Act[]): void {
    if (batch.length === 1) this.#fail(batch[0] as Act, error.message);
    else this.#limit = error.status === 413 ? Math.ceil(batch.length / 2) : 1;
  }

  #backOff(): number {
    return Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.#tries++) * (0.75 + Math.random() / 2);
  }

  async #wait(trouble: Trouble, milliseconds: number): Promise<void> {
    this.trouble = trouble;
    this.#changed();
    const pause = this.options.pause ?? sleep;
    const woken = new Promise<void>((resolve) => (this.#wake = resolve));
    await (Number.isFinite(milliseconds) ? Promise.race([woken, pause(milliseconds)]) : woken);
    this.#wake = null;
  }

  // --- storage --------------------------------------------------------------------------------

  #name(what: "act" | "failed", rest: string): string {
    return `textwright/${this.options.space}/${what}/${rest}`;
  }

  #found(what: "act" | "failed"): [string, unknown][] {
    const { storage } = this.options;
    const names = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? "");
    const ours = names.filter((name) => name.startsWith(this.#name(what, "")));
    return ours.flatMap((name) => {
      const value = readable(storage.getItem(name));
      return value === undefined ? [] : [[name, value] as [string, unknown]];
    });
  }

  #write(name: string, value: unknown): boolean {
    try {
      this.options.storage.setItem(name, JSON.stringify(value));
      return true;
    } catch {
      return false; // full, or forbidden: the page warns and sends at once
    }
  }

  #drop(gone: readonly Entry[]): void {
    const names = new Set(gone.map(({ name }) => name));
    this.#entries = this.#entries.filter(({ name }) => !names.has(name));
    for (const name of names) this.options.storage.removeItem(name);
  }

  #changed(): void {
    this.options.changed?.();
  }
}

function orderOf(name: string): number {
  return Number(/\/act\/(\d+):/.exec(name)?.[1] ?? 0);
}

function readable(value: string | null): unknown {
  try {
    return value === null ? undefined : JSON.parse(value);
  } catch {
    return undefined;
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
