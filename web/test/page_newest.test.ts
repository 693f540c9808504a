/** Questions that keep up with the typing: what is shown, what is passed over, what is given up. */

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepingUp } from "../pages/shared/newest.js";

const PATIENCE = 500;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Ask questions that take as many milliseconds as they say; tell all that happens. */
function asking(heedsSignal = true): { told: string[]; ask: (input: number) => void } {
  const told: string[] = [];
  const answer = (input: number, signal: AbortSignal): Promise<number> =>
    new Promise((resolve, reject) => {
      setTimeout(() => (input < 0 ? reject(new Error("broken")) : resolve(input)), Math.abs(input));
      signal.addEventListener("abort", () => told.push(`given up ${input}`));
      if (heedsSignal) signal.addEventListener("abort", () => reject(signal.reason as Error));
    });
  const ask = keepingUp<number, number>({
    ask: answer,
    show: (found) => void told.push(`shown ${found}`),
    fail: ({ message }) => void told.push(message),
    late: (is) => void told.push(is ? "late" : "in time"),
    patience: PATIENCE,
  });
  return { told, ask };
}

test("a quick answer is shown though a newer question waits, and those between are passed over", async () => {
  const { told, ask } = asking();
  [300, 301, 302].forEach(ask);
  await vi.advanceTimersByTimeAsync(1000);
  expect(told.filter((each) => each.startsWith("shown"))).toEqual(["shown 300", "shown 302"]);
  expect(told).not.toContain("late");
});

test("an answer that takes long is told of, and shown when it comes", async () => {
  const { told, ask } = asking();
  ask(2000);
  await vi.advanceTimersByTimeAsync(PATIENCE);
  expect(told).toEqual(["late"]);
  await vi.advanceTimersByTimeAsync(2000);
  expect(told).toEqual(["late", "in time", "shown 2000"]);
});

test.each([
  ["later", 1000],
  ["before it took long", 100],
])("a question that takes long is given up for a newer one that came %s", async (_, after) => {
  const { told, ask } = asking();
  ask(60_000);
  await vi.advanceTimersByTimeAsync(after);
  ask(10);
  await vi.advanceTimersByTimeAsync(PATIENCE);
  expect(told).toEqual(["late", "given up 60000", "in time", "shown 10"]);
});

test("what was given up and answers nevertheless is not shown", async () => {
  const { told, ask } = asking(false);
  ask(1000);
  ask(10);
  await vi.advanceTimersByTimeAsync(5000);
  expect(told).toEqual(["late", "given up 1000", "in time", "shown 10"]);
});

test("what goes wrong is told, and the next is asked", async () => {
  const { told, ask } = asking();
  ask(-10);
  await vi.advanceTimersByTimeAsync(20);
  ask(10);
  await vi.advanceTimersByTimeAsync(20);
  expect(told).toEqual(["broken", "in time", "shown 10"]);
});
