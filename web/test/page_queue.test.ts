import { describe, expect, it } from "vitest";
import type { Task } from "../pages/annotate/data.js";
import { duration, Pace, progressLine, Stopwatch } from "../pages/annotate/pace.js";
import { Queue } from "../pages/annotate/queue.js";

function task(number: number, status: Task["status"] = "new"): Task {
  return { number, id: `t${number}`, text: "Nurse", version: 0, status, acts: [], suggestion: null };
}

interface Asked {
  readonly queue: Queue;
  readonly skips: (readonly number[])[];
}

/** A queue before a server with so many texts, which gives at most `most` at a time. */
function queueOf(texts: number, most = 300): Asked {
  const skips: (readonly number[])[] = [];
  const all = Array.from({ length: texts }, (_, i) => task(i + 1));
  const fetch = async (limit: number, skip: readonly number[]): Promise<Task[]> => {
    skips.push(skip);
    return all.filter(({ number }) => number > Math.max(0, ...skip)).slice(0, Math.min(limit, most));
  };
  return { queue: new Queue({ fetch }), skips };
}

describe("the queue", () => {
  it("asks for what it has not, until nothing is left", async () => {
    const { queue, skips } = queueOf(5, 3);
    for (let i = 0; i < 3; i++) await queue.refill();
    expect(queue.tasks.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
    expect([skips[1], queue.exhausted, queue.isLow()]).toEqual([[1, 2, 3], true, false]);
  });

  it("asks one question at a time", async () => {
    const { queue, skips } = queueOf(5);
    await Promise.all([queue.refill(), queue.refill()]);
    expect([skips.length, queue.tasks.length]).toEqual([1, 5]);
  });

  it("goes on at once and back, and comes to an end", async () => {
    const { queue } = queueOf(2);
    await queue.refill();
    queue.back();
    expect(queue.current?.number).toBe(1);
    queue.next();
    expect([queue.current?.number, queue.canGoBack]).toEqual([2, true]);
    queue.next();
    queue.next();
    expect(queue.current).toBeNull();
    queue.back();
    expect(queue.current?.number).toBe(2);
  });

  it("is low under a hundred texts", async () => {
    const { queue } = queueOf(400);
    await queue.refill();
    for (let i = 0; i < 199; i++) queue.next();
    expect([queue.ahead, queue.isLow()]).toEqual([100, false]);
    queue.next();
    expect(queue.isLow()).toBe(true);
  });

  it("remembers not more than 300 texts behind", async () => {
    const { queue } = queueOf(700);
    for (let i = 0; i < 650; i++) {
      if (queue.isLow()) await queue.refill();
      queue.next();
    }
    expect([queue.place, queue.current?.number]).toEqual([300, 651]);
  });

  it("takes up no text whose waiting act hands it in", async () => {
    const queue = new Queue({ fetch: async () => [task(1), task(2)], known: (each) => (each.number === 1 ? { ...each, status: "done" } : each) });
    await queue.refill();
    expect(queue.tasks.map(({ number }) => number)).toEqual([2]);
  });

  it("renews what nobody touched, and leaves the text that is shown and the next", async () => {
    let round = 0;
    const fetch = async (_: number, skip: readonly number[]): Promise<Task[]> =>
      [1, 2, 3, 4].filter((number) => !skip.includes(number)).map((number) => ({ ...task(number), id: `round ${round}` }));
    const queue = new Queue({ fetch });
    await queue.refill();
    round = 1;
    await queue.renew();
    expect(queue.tasks.map(({ id }) => id)).toEqual(["round 0", "round 0", "round 1", "round 1"]);
  });

  it("shows a text that is asked for, new or in stock", async () => {
    const { queue } = queueOf(3);
    await queue.refill();
    queue.jump(task(9, "done"));
    expect([queue.current?.number, queue.tasks.length]).toEqual([9, 4]);
    queue.jump({ ...task(3), version: 4 });
    expect([queue.current?.number, queue.current?.version, queue.tasks.length]).toEqual([3, 4, 4]);
  });
});

describe("time", () => {
  it.each([
    [20, "less than a minute"],
    [60, "1 min"],
    [3599, "1 h"],
    [3840, "1 h 4 min"],
    [86_400 * 3, "3 days"],
  ])("of %d seconds is %s", (seconds, words) => {
    expect(duration(seconds)).toBe(words);
  });

  it.each([
    [17, 331, 3600 / 312, "17 of 348 · 312 an hour · 1 h 4 min left"],
    [0, 5, null, "0 of 5"],
    [5, 0, 10, "5 of 5 · 360 an hour · nothing left"],
    [1200, 0, null, "1,200 of 1,200 · nothing left"],
  ])("is left: %d done, %d left", (done, left, seconds, words) => {
    expect(progressLine(done, left, seconds)).toBe(words);
  });

  it("is the median of the last texts, once there are five", () => {
    const pace = new Pace();
    for (const seconds of [1, 2, 100, 3]) pace.add(seconds);
    expect(pace.median(9)).toBe(9);
    pace.add(4);
    expect(pace.median(9)).toBe(3);
  });

  it("of work counts a pause as a minute, and nothing while the page is hidden", () => {
    let now = 0;
    const watch = new Stopwatch(() => now);
    now = 10;
    watch.touch();
    now = 1000;
    expect(watch.take()).toBe(70);
    watch.show(false);
    now = 1030;
    watch.show(true);
    now = 1035;
    expect(watch.take()).toBe(5);
  });
});
