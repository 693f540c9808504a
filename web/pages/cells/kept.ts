/** What somebody changed in the cells stays in this browser until "Reset". */

import type { Cell } from "./cells.js";

/** Two sites on one host keep apart what is typed into them. */
const KEY = `textwright cells ${location.pathname}`;

/** The code of a cell as it was changed here, or else the first. */
export function kept(cell: Cell): string {
  return read()[cell.title] ?? cell.code;
}

/** Keep a cell's code; the first is not kept, so that a later build may better it. */
export function keep({ title, code: first }: Cell, code: string): void {
  const { [title]: _, ...others } = read();
  save(code === first ? others : { ...others, [title]: code });
}

/** Forget all that was changed. */
export function forget(): void {
  save({});
}

function read(): Record<string, string> {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    const pairs = Object.entries(typeof found === "object" ? (found ?? {}) : {});
    return Object.fromEntries(pairs.filter(([, code]) => typeof code === "string"));
  } catch {
    return {}; // a browser that keeps nothing, or what is no JSON
  }
}

function save(codes: Record<string, string>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(codes));
  } catch {
    // a browser that keeps nothing has cells all the same
  }
}
