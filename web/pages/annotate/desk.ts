/** What the page works on: the project, the texts, the acts that wait, and the text that is shown. */

import type { Schema } from "textwright";
import { schemaFromData } from "../../runtime/src/schema.js";
import { actsFromData, initialFromData } from "../../components/annotator/wire.js";
import type { PastAct as ShownAct } from "../../components/annotator/history.js";
import type { State } from "../../components/annotator/state.js";
import { ApiError, get, send, Unreachable } from "./api.js";
import { type Act, type ActKind, newKey, type Progress, type Project, type Result, type StateData, type Status, type Task, withAct, withWaiting } from "./data.js";
import { lastHandedIn } from "./earlier.js";
import { type Conflict, Outbox } from "./outbox.js";
import { Pace, Stopwatch } from "./pace.js";
import { Queue } from "./queue.js";
import { type Kept, readShelf, writeShelf } from "./shelf.js";
import { spaceOf } from "./space.js";
import { Tabs } from "./tabs.js";

const REST = 500;
const POLL = 20_000;
const SOON = 1500;
const AT_ONCE = 50;
const SCARCE = 20;
const NO_SCHEMA: Schema = { name: "", labels: [], tasks: [], rules: [], open: false };

export type Phase = "opening" | "closed" | "login" | "working";

/** A text as it came up; it stays the same value while the text is shown. */
export interface Shown {
  readonly task: Task;
  readonly acts: readonly ShownAct[];
  readonly initial: State;
}

export class Desk {
  phase: Phase = "opening";
  fault = "";
  project: Project | null = null;
  schema: Schema = NO_SCHEMA;
  shown: Shown | null = null;
  progress: Progress | null = null;
  outbox: Outbox | null = null;
  /** Another tab shows the same text. */
  isElsewhere = false;
  /** At least one act was answered. */
  hasSaved = false;
  /** The first texts are on their way, so that nobody knows yet whether there are any. */
  isFetching = true;
  done = 0;
  left = 0;
  readonly queue = new Queue({
    fetch: async (limit, skip) => (await get<{ tasks: Task[] }>(`api/queue?limit=${limit}&skip=${skip.join(",")}`)).tasks,
    known: (task) => withWaiting(task, this.outbox?.waiting(task.number) ?? []),
    also: () => this.#handedIn(),
    changed: () => this.#show(),
  });
  readonly pace = new Pace();
  readonly watch = new Stopwatch();
  readonly #listeners = new Set<() => void>();
  #tabs: Tabs | null = null;
  #isSure = false;
  #onText = 0;
  #acted = 0;
  #conflicts = 0;
  #isStale = false;
  readonly #lookedAt = new Set<number>();
  #rest = 0;
  #asking = 0;

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Open the project: from the server, or, where no answer comes, from what the last visit kept. */
  async open(): Promise<void> {
    try {
      await this.#begin(await get<Project>("api/project"));
    } catch (error) {
      if (!(error instanceof Unreachable) || !(await this.#beginAlone())) {
        this.phase = "closed";
        this.fault = (error as Error).message;
      }
    }
    this.tell();
  }

  async #begin(project: Project): Promise<void> {
    this.project = project;
    this.schema = schemaFromData(project.schema);
    if (project.annotator === null) {
      this.phase = "login";
      return;
    }
    this.#isSure = true;
    this.#openOutbox(project, project.annotator);
    const kept = await readShelf();
    const mine = kept !== null && isSame(kept.project, project) ? kept : null;
    await this.#sendWaiting();
    const behind = (mine?.tasks ?? []).slice(0, mine?.place ?? 0).filter(({ status }) => status === "done" || status === "skipped");
    this.queue.restore(behind, behind.length);
    this.phase = "working";
    await this.#fetchFirst();
  }

  async #fetchFirst(): Promise<void> {
    this.isFetching = true;
    await Promise.all([this.#fill().finally(() => (this.isFetching = false)), this.refresh()]);
  }

  async #sendWaiting(): Promise<void> {
    if ((this.outbox?.size ?? 0) > 0) await Promise.race([this.outbox?.send(), new Promise((resolve) => setTimeout(resolve, 2000))]);
  }

  /** Take the work up again where the project may have changed meanwhile: its labels, its texts, what suggests. */
  async renew(): Promise<void> {
    if (this.phase !== "working") return await this.open();
    try {
      await this.#sendWaiting();
      const project = await get<Project>("api/project");
      [this.project, this.schema] = [project, schemaFromData(project.schema)];
      this.queue.restore([], 0);
      this.queue.exhausted = false;
      await this.#fetchFirst();
    } catch (error) {
      this.notice(error);
    }
    this.tell();
  }

  /** Go on without a server. */
  async #beginAlone(): Promise<boolean> {
    const kept = await readShelf();
    if (kept === null || kept.project.annotator === null) return false;
    this.project = kept.project;
    this.schema = schemaFromData(kept.project.schema);
    this.#openOutbox(kept.project, kept.project.annotator);
    const tasks = kept.tasks.map((task) => withWaiting(task, this.outbox?.waiting(task.number) ?? []));
    const open = tasks.findIndex(({ status }, i) => i >= kept.place && (status === "new" || status === "begun"));
    [this.done, this.left] = [kept.done, kept.left];
    this.isFetching = false;
    this.phase = "working";
    this.queue.restore(tasks, open < 0 ? tasks.length : open);
    void this.outbox?.send();
    return true;
  }

  #openOutbox(project: Project, annotator: string): void {
    if (this.outbox !== null) return;
    const space = spaceOf(project, annotator);
    this.outbox = new Outbox({
      storage: localStorage,
      space,
      send: (acts) => this.#send(acts),
      changed: () => this.#outboxChanged(),
      saved: (act) => this.#saved(act),
      theirs: (conflict) => this.#takeTheirs(conflict),
    });
    this.#meetTabs(space);
  }

  /** Go on after a log-in; somebody else's page begins afresh. */
  async reopen(): Promise<void> {
    if (this.outbox === null) return await this.open();
    const project = await get<Project>("api/project");
    if (project.annotator === null) return;
    // What waits here is the other's, and goes under nobody else's name: it stays here until he is back.
    if (this.project?.annotator !== project.annotator) return location.reload();
    this.project = project;
    this.phase = "working";
    this.outbox.wake();
    await this.#fill();
    await this.refresh();
  }

  /** Leave: what waits here stays here until the same person is back. */
  async leave(): Promise<void> {
    await send("DELETE", "api/session");
    this.keepNow();
    location.reload();
  }

  /** Bring the current text up again, with what was done to it since. */
  showAgain(): void {
    if (this.queue.current !== null) this.#show(true);
  }

  /** Send acts, after making sure, where that is in doubt, that they go to their project and under the right name. */
  async #send(acts: readonly Act[]): Promise<readonly Result[]> {
    if (!this.#isSure && this.project !== null) {
      const { name, made, annotator } = await get<Project>("api/project");
      if (name !== this.project.name || made !== this.project.made) {
        // Another is served at this address now. What waits here is kept for its own, and this page begins afresh.
        location.reload();
        throw new Unreachable("another project is served here now");
      }
      if (this.project.login === true && annotator !== this.project.annotator) throw new ApiError(401, "somebody else is logged in now");
    }
    this.#isSure = false;
    const { results } = await send<{ results: Result[] }>("POST", "api/acts", { acts });
    this.#isSure = true;
    return results;
  }

  /** Somebody else may be logged in now, or another project be served. */
  doubt(): void {
    this.#isSure = false;
  }

  // --- the work -----------------------------------------------------------------------------

  /** Note an act on the text that is shown. */
  act(kind: ActKind, state: StateData): void {
    const task = this.queue.current;
    if (task === null || this.outbox === null) return;
    const seconds = this.watch.take();
    this.#onText += seconds;
    this.#acted += 1;
    const act: Act = { key: newKey(), text: task.number, base: task.version, kind, state, suggestion: task.suggestion?.id ?? null, seconds };
    const after = withAct(task, act);
    this.#countStatus(task.status, after.status);
    this.queue.replace(after);
    this.outbox.add(act);
    this.#keep();
  }

  /** Hand the text in, or skip it, and show the next; where nothing changed since, only go on. */
  finish(kind: "accept" | "skip", state: StateData): void {
    const task = this.queue.current;
    if (task === null) return;
    const last = task.acts.at(-1);
    if (last?.kind !== kind || JSON.stringify(last.state) !== JSON.stringify(state)) this.act(kind, state);
    if (kind === "accept") this.pace.add(this.#onText);
    this.queue.next();
    this.keepNow(); // a page that is opened again right away can go back to this text
    if (this.queue.isLow()) void this.#fill();
  }

  back(): void {
    if (!this.queue.canGoBack) return void this.#backToEarlier().catch((error: unknown) => this.notice(error));
    this.queue.back();
    void this.#freshen();
  }

  /** Before the first text of this visit come those that were handed in on an earlier one. */
  async #backToEarlier(): Promise<void> {
    const last = await lastHandedIn(this.project?.annotator ?? "", this.queue.current?.number ?? Number.POSITIVE_INFINITY);
    if (last > 0) await this.goTo(last);
  }

  /** Show a text by its number. Raise where the server does not give it. */
  async goTo(number: number): Promise<void> {
    const found = this.queue.tasks.find((task) => task.number === number);
    if (found !== undefined && (this.outbox?.waiting(number).length ?? 0) > 0) return this.queue.jump(found);
    this.queue.jump(withWaiting(await get<Task>(`api/texts/${number}`), this.outbox?.waiting(number) ?? []));
  }

  async fetchText(number: number): Promise<Task | null> {
    return await get<Task>(`api/texts/${number}`).catch(() => null);
  }

  /** Make a label; it can be used at once. Raise where the server does not take it. */
  async addLabel(name: string, meaning: string): Promise<void> {
    const { schema } = await send<{ schema: unknown }>("POST", "api/labels", { name, meaning });
    this.schema = schemaFromData(schema);
    if (this.project !== null) this.project = { ...this.project, schema };
    this.#keep();
    this.tell();
  }

  keepMine(text: number): void {
    const conflict = this.outbox?.conflicts.get(text);
    if (conflict === undefined) return;
    this.#setHistory(conflict);
    this.outbox?.keepMine(text, newKey());
    const task = this.queue.tasks.find(({ number }) => number === text);
    if (task !== undefined) this.queue.replace(withWaiting(task, this.outbox?.waiting(text) ?? []));
    this.#show(true);
  }

  keepTheirs(text: number): void {
    this.outbox?.keepTheirs(text);
  }

  #takeTheirs(conflict: Conflict): void {
    this.#setHistory(conflict);
    this.#show(true);
  }

  #setHistory({ text, version, acts }: Conflict): void {
    const task = this.queue.tasks.find(({ number }) => number === text);
    if (task === undefined) return;
    const kind = acts.at(-1)?.kind;
    const status: Status = kind === "accept" ? "done" : kind === "skip" ? "skipped" : "begun";
    this.#countStatus(task.status, status);
    this.queue.replace({ ...task, version, acts, status });
  }

  /** A text from an earlier visit may have changed since. */
  async #freshen(): Promise<void> {
    const task = this.queue.current;
    if (task === null || (this.outbox?.waiting(task.number).length ?? 0) > 0) return;
    const found = await get<Task>(`api/texts/${task.number}`).catch(() => null);
    const isStill = this.queue.current?.number === task.number && this.queue.current.version === task.version;
    if (found === null || found.version === task.version || !isStill) return;
    this.queue.replace(found);
    this.#show(true);
  }

  /** Bring up the current text, if it is another one than before. */
  #show(anew = false): void {
    const task = this.queue.current;
    if (task === null) this.shown = null;
    else if (anew || task.number !== this.shown?.task.number) {
      this.shown = { task, acts: actsFromData(task.text, task.acts), initial: initialFromData(task.text, task.suggestion) };
      this.watch.take();
      this.#onText = 0;
      this.isElsewhere = false;
      this.#tabs?.say("shows", task.number);
      void this.#lookAhead();
    }
    this.#keep();
    this.tell();
  }

  /** The text after this one came without a suggestion; the model may have one by now. */
  async #lookAhead(): Promise<void> {
    const task = this.queue.tasks[this.queue.place + 1];
    if (task === undefined || task.status !== "new" || task.suggestion !== null || this.project?.suggesters.length === 0) return;
    if (this.#lookedAt.has(task.number)) return;
    this.#lookedAt.add(task.number);
    const found = await get<Task>(`api/texts/${task.number}`).catch(() => null);
    const isUntouched = this.shown?.task.number !== task.number && this.queue.tasks.includes(task);
    if (found?.suggestion && isUntouched) this.queue.replace(found);
  }

  #countStatus(before: Status, after: Status): void {
    const isOpen = (status: Status): number => (status === "new" || status === "begun" ? 1 : 0);
    const isDone = (status: Status): number => (status === "done" ? 1 : 0);
    this.left = Math.max(0, this.left + isOpen(after) - isOpen(before));
    this.done = Math.max(0, this.done + isDone(after) - isDone(before));
  }

  #saved(act: Act): void {
    this.hasSaved = true;
    if (this.#isStale && this.outbox?.size === 0) void this.refresh();
    if (act.kind === "accept" || act.kind === "skip") this.#askAgain();
    this.#tabs?.say("acted", act.text);
  }

  #handedIn(): number[] {
    const isOver = (text: number): boolean => ["accept", "skip"].includes(this.outbox?.waiting(text).at(-1)?.kind ?? "");
    return (this.outbox?.texts ?? []).filter(isOver);
  }

  // --- stock and figures ----------------------------------------------------------------------

  #outboxChanged(): void {
    if (this.outbox?.trouble === "login") this.phase = "login";
    const conflicts = this.outbox?.conflicts.size ?? 0;
    // Who saved one text elsewhere may have saved those behind it: one question is enough.
    if (conflicts > this.#conflicts) void this.#dropOver().catch((error: unknown) => this.notice(error));
    this.#conflicts = conflicts;
    this.tell();
  }

  async #fill(): Promise<void> {
    try {
      let before = -1;
      while (this.queue.isLow() && (before < 0 || this.queue.ahead >= before + SCARCE)) {
        before = this.queue.ahead;
        await this.queue.refill();
        this.keepNow();
      }
      if (!this.queue.exhausted && this.queue.ahead < SCARCE) this.#fillSoon();
    } catch (error) {
      this.notice(error);
    }
    this.#show();
  }

  /** Ask again in a moment: at once where no text is shown. */
  #fillSoon(): void {
    if (this.#asking !== 0) return;
    const ask = (): void => {
      this.#asking = 0;
      void this.#fill();
    };
    this.#asking = window.setTimeout(ask, this.queue.current === null ? AT_ONCE : SOON);
  }

  /** The server gives one annotator only so many texts at a time; handing some in makes room. */
  #askAgain(): void {
    if (!this.queue.exhausted || this.left <= this.queue.ahead || this.queue.ahead >= SCARCE) return;
    this.queue.exhausted = false;
    this.#fillSoon();
  }

  /** Fetch the figures anew; where acts wait, or were done since they were asked for, the page's own are truer. */
  async refresh(): Promise<void> {
    const [waited, acted] = [this.outbox?.size ?? 0, this.#acted];
    try {
      const isFirst = this.progress === null;
      const rounds = this.progress?.training.rounds.length;
      this.progress = await get<Progress>("api/progress");
      const isTrue = acted === this.#acted && waited === 0 && this.outbox?.size === 0;
      const isElsewhere = isTrue && !isFirst && this.progress.mine.left < this.left;
      if (isTrue || isFirst) [this.done, this.left] = [this.progress.mine.done, this.progress.mine.left];
      if (isElsewhere) await this.#dropOver();
      this.#isStale = !isTrue;
      if (!isTrue && this.outbox?.size === 0) setTimeout(() => void this.refresh(), SOON);
      if (rounds !== undefined && this.progress.training.rounds.length > rounds) await this.queue.renew();
      if (this.queue.current === null && this.left > 0) await this.#fill();
    } catch (error) {
      this.notice(error);
    }
    this.#keep();
    this.tell();
  }

  /** Pass over what was handed in elsewhere, in another browser or by a program, since it came here. */
  async #dropOver(): Promise<void> {
    const isOpen = ({ status }: Task): boolean => status === "new" || status === "begun";
    const open = this.queue.tasks.slice(this.queue.place).filter(isOpen).map(({ number }) => number);
    if (open.length === 0) return;
    const { over } = await get<{ over: number[] }>(`api/over?texts=${open.join(",")}`);
    const waiting = this.outbox?.texts ?? [];
    this.queue.drop(new Set(over.filter((number) => !waiting.includes(number))));
    if (over.includes(this.queue.current?.number ?? 0)) await this.#freshen();
  }

  /** Ask again now and then while the page is looked at. */
  keepUp(): void {
    setInterval(() => {
      if (document.visibilityState === "visible" && this.phase === "working") void this.refresh();
    }, POLL);
  }

  /** Take note of what a request met: no log-in any more asks for it, no network shows in the state. */
  notice(error: unknown): void {
    if (error instanceof ApiError && error.needsLogIn) this.phase = "login";
    else if (!(error instanceof Unreachable)) this.fault = (error as Error).message;
  }

  /** The seconds that a text takes, as far as they are known. */
  get seconds(): number | null {
    return this.pace.median(this.progress?.mine.seconds_per_text ?? null);
  }

  // --- what is kept, and other tabs -------------------------------------------------------------

  /** Keep soon, however often that is asked for: somebody quick must find something when the network is gone. */
  #keep(): void {
    this.#rest ||= window.setTimeout(() => this.keepNow(), REST);
  }

  keepNow(): void {
    clearTimeout(this.#rest);
    this.#rest = 0;
    const { project, queue, done, left } = this;
    if (project === null || this.phase !== "working") return;
    const kept: Kept = { project, tasks: queue.tasks, place: queue.place, done, left };
    void writeShelf(kept);
  }

  #meetTabs(space: string): void {
    this.#tabs = new Tabs(space, {
      shown: () => this.queue.current?.number ?? null,
      met: () => {
        this.isElsewhere = true;
        this.tell();
      },
      acted: () => void this.#freshen(),
    });
  }
}

function isSame(a: Project, b: Project): boolean {
  return a.name === b.name && a.made === b.made && a.annotator === b.annotator && JSON.stringify(a.schema) === JSON.stringify(b.schema);
}
