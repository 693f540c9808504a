/** The texts in their order: those behind, the one that is shown, and a stock of those ahead. */

import type { Task } from "./data.js";

const MOST = 300;
const LOW = 100;
const BEHIND = 300;

export interface QueueOptions {
  readonly fetch: (limit: number, skip: readonly number[]) => Promise<readonly Task[]>;
  /** What the page knows of a text beyond what the server told: acts that still wait. */
  readonly known?: (task: Task) => Task;
  /** Further texts that the server need not give: they have acts that wait. */
  readonly also?: () => readonly number[];
  readonly changed?: () => void;
}

export class Queue {
  tasks: readonly Task[] = [];
  place = 0;
  /** Nothing is left on the server, as far as it said. */
  exhausted = false;
  #asking: Promise<void> | null = null;

  constructor(readonly options: QueueOptions) {}

  get current(): Task | null {
    return this.tasks[this.place] ?? null;
  }

  get ahead(): number {
    return Math.max(0, this.tasks.length - this.place - 1);
  }

  get canGoBack(): boolean {
    return this.place > 0;
  }

  /** Go to the next text at once; the stock is filled behind the scenes. */
  next(): void {
    this.place = Math.min(this.place + 1, this.tasks.length);
    const spare = Math.max(0, this.place - BEHIND);
    this.tasks = this.tasks.slice(spare);
    this.place -= spare;
    this.options.changed?.();
  }

  back(): void {
    this.place = Math.max(0, this.place - 1);
    this.options.changed?.();
  }

  /** Take what an earlier visit left. */
  restore(tasks: readonly Task[], place: number): void {
    this.tasks = tasks;
    this.place = Math.min(Math.max(0, place), tasks.length);
    this.options.changed?.();
  }

  /** Show a text now; it may be one that the queue has. */
  jump(task: Task): void {
    const found = this.tasks.findIndex(({ number }) => number === task.number);
    if (found < 0) {
      this.tasks = [...this.tasks.slice(0, this.place), task, ...this.tasks.slice(this.place)];
    } else {
      this.place = found;
      this.replace(task);
    }
    this.options.changed?.();
  }

  replace(task: Task): void {
    this.tasks = this.tasks.map((each) => (each.number === task.number ? task : each));
  }

  /** Leave out, of the texts ahead, those that were handed in elsewhere since they came here. */
  drop(over: ReadonlySet<number>): void {
    this.tasks = this.tasks.filter(({ number }, place) => place <= this.place || !over.has(number));
    this.options.changed?.();
  }

  isLow(): boolean {
    return !this.exhausted && this.ahead < LOW;
  }

  /** Ask for more texts; one question at a time. */
  refill(): Promise<void> {
    this.#asking ??= this.#ask().finally(() => (this.#asking = null));
    return this.#asking;
  }

  async #ask(): Promise<void> {
    const known = new Set(this.tasks.map(({ number }) => number));
    const skip = [...new Set([...known, ...(this.options.also?.() ?? [])])];
    const found = await this.options.fetch(MOST, skip);
    this.exhausted = found.length === 0;
    this.#append(found.filter(({ number }) => !this.tasks.some((task) => task.number === number)));
  }

  /** Ask anew for what nobody touched yet: suggestions are better now, and the order may be another. */
  async renew(): Promise<void> {
    const isTouched = (task: Task, place: number): boolean => place <= this.place + 1 || task.status !== "new";
    const kept = this.tasks.filter(isTouched);
    const found = await this.options.fetch(MOST, kept.map(({ number }) => number));
    if (found.length === 0) return;
    const still = this.tasks.filter(isTouched);
    this.tasks = still;
    this.#append(found.filter(({ number }) => !still.some((task) => task.number === number)));
  }

  #append(found: readonly Task[]): void {
    const known = this.options.known ?? ((task: Task) => task);
    const open = found.map(known).filter(({ status }) => status === "new" || status === "begun");
    this.tasks = [...this.tasks, ...open];
    this.options.changed?.();
  }
}
