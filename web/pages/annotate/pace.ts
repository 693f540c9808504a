/** How fast the work goes, and what is left of it, in words. */

import { count } from "../shared/counted.js";

const RECENT = 50;
const IDLE = 60;

/** Counts seconds of work on a text: while the page is visible, and pauses as a minute at most. */
export class Stopwatch {
  #counted = 0;
  #last: number;
  #visible = true;

  constructor(readonly now: () => number = () => performance.now() / 1000) {
    this.#last = this.now();
  }

  /** Something happened. */
  touch(): void {
    const now = this.now();
    if (this.#visible) this.#counted += Math.min(now - this.#last, IDLE);
    this.#last = now;
  }

  show(visible: boolean): void {
    this.touch();
    this.#visible = visible;
  }

  /** Return the seconds since the last time, and begin anew. */
  take(): number {
    this.touch();
    const counted = this.#counted;
    this.#counted = 0;
    return Math.round(counted * 1000) / 1000;
  }
}

/** The seconds of the last texts that were handed in here. */
export class Pace {
  #seconds: readonly number[] = [];

  add(seconds: number): void {
    this.#seconds = [...this.#seconds, seconds].slice(-RECENT);
  }

  /** The median, once there are enough texts to say; until then what the server knows. */
  median(before: number | null): number | null {
    if (this.#seconds.length < 5) return before;
    const sorted = [...this.#seconds].sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
  }
}

/** Say how long something takes: `1 h 4 min`. */
export function duration(seconds: number): string {
  if (seconds < 60) return "less than a minute";
  const minutes = Math.round(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes} min`;
  if (hours >= 48) return `${Math.round(hours / 24)} days`;
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** Say how far the work is: `17 of 348 · 312 an hour · 1 h 4 min left`. */
export function progressLine(done: number, left: number, seconds: number | null): string {
  const parts = [`${count(done)} of ${count(done + left)}`];
  if (seconds !== null && seconds > 0) parts.push(`${count(Math.round(3600 / seconds))} an hour`);
  if (left === 0) parts.push("nothing left");
  else if (seconds !== null && seconds > 0) parts.push(`${duration(left * seconds)} left`);
  return parts.join(" · ");
}
