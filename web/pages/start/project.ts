/** The project that the page shows: where each step stands, as the server says it. */

import { get, send, Unreachable } from "../annotate/api.js";
import { sentence } from "../annotate/view.js";
import type { Step } from "./steps.js";

export interface Standing {
  readonly name: Step;
  readonly done: boolean;
  readonly words: string;
  readonly commands: readonly string[];
  /** Why it cannot be known how the step stands. */
  readonly fault: string;
}

export interface ProjectData {
  readonly name: string;
  readonly folder: string;
  readonly step: Step;
  readonly steps: readonly Standing[];
}

/** Milliseconds between two looks at a server that answers, and at one that does not. */
const LOOK = 10_000;
const KNOCK = 1_500;

export class Project {
  data: ProjectData | null = null;
  fault = "";
  /** The server gives no answer. */
  lost = false;
  /** Grows when what the steps show may be old: another tab changed something, the server came back or a fault is over. */
  turn = 0;
  /** Done when what the step that was left still had to save is saved. */
  saved: Promise<void> = Promise.resolve();
  /** What is worth a word that somebody hears. */
  news = "";
  readonly #listeners = new Set<() => void>();
  readonly #tabs = new BroadcastChannel("textwright start");
  #asked = 0;
  #timer = 0;

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Open the project; then look now and then, since work goes on in the background and in other tabs. */
  async open(): Promise<void> {
    this.#tabs.onmessage = () => void this.#changedElsewhere();
    addEventListener("online", () => void this.#look());
    document.addEventListener("visibilitychange", () => void this.#look());
    await this.#look();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#tabs.close();
  }

  /** Ask anew where each step stands: after each change. */
  async refresh(): Promise<void> {
    await this.#take(get<ProjectData>("api/steps"));
  }

  /** Something was changed here: ask anew, and let other tabs do so. */
  async changed(): Promise<void> {
    this.#tabs.postMessage("changed");
    await this.refresh();
  }

  /** Show another step; the server remembers it. */
  async go(step: Step): Promise<void> {
    await this.#take(send<ProjectData>("POST", "api/steps/at", { step }));
  }

  standing(step: Step): Standing | undefined {
    return this.data?.steps.find(({ name }) => name === step);
  }

  async #changedElsewhere(): Promise<void> {
    await this.refresh();
    this.turn++;
    this.tell();
  }

  async #look(): Promise<void> {
    clearTimeout(this.#timer);
    if (!document.hidden || this.lost || this.data === null) await this.refresh();
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#look(), this.lost ? KNOCK : LOOK);
  }

  /** Take the answer, unless a later question was answered already or waits for its own. */
  async #take(asking: Promise<ProjectData>): Promise<void> {
    const asked = ++this.#asked;
    try {
      const data = await asking;
      if (asked === this.#asked) this.#answered(data);
    } catch (error) {
      if (asked === this.#asked) this.#failed(error as Error);
    }
    this.tell();
  }

  #answered(data: ProjectData): void {
    // Another project is served where ours was.
    if (this.data !== null && this.data.folder !== data.folder) location.reload();
    this.data = data;
    if (this.lost || this.fault !== "") this.turn++;
    this.fault = "";
    if (!this.lost) return;
    this.lost = false;
    this.news = "The server is back. If your last click did nothing, do it again.";
  }

  #failed(error: Error): void {
    if (!(error instanceof Unreachable)) {
      this.fault = sentence(error.message);
      return;
    }
    this.news = "";
    if (this.lost) return;
    this.lost = true;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#look(), KNOCK);
  }
}
