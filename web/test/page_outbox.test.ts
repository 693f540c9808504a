import { describe, expect, it } from "vitest";
import { ApiError, Unreachable } from "../pages/annotate/api.js";
import type { Act, ActKind, PastAct, Result, StateData } from "../pages/annotate/data.js";
import { type Conflict, Outbox, type Storage } from "../pages/annotate/outbox.js";

function stateOf(note: string): StateData {
  return { spans: [], categories: [], proposed: { spans: [], categories: [] }, note, flagged: false };
}

function actOf(key: string, text: number, base: number, kind: ActKind = "edit"): Act {
  return { key, text, base, kind, state: stateOf(key), suggestion: null, seconds: 1 };
}

class Memory implements Storage {
  readonly items = new Map<string, string>();
  isFull = false;

  get length(): number {
    return this.items.size;
  }

  key(place: number): string | null {
    return [...this.items.keys()][place] ?? null;
  }

  getItem(name: string): string | null {
    return this.items.get(name) ?? null;
  }

  setItem(name: string, value: string): void {
    if (this.isFull) throw new Error("QuotaExceededError");
    this.items.set(name, value);
  }

  removeItem(name: string): void {
    this.items.delete(name);
  }
}

/** A server that keeps acts as the real one does; `faults` are thrown first, one a request. */
class Server {
  readonly acts = new Map<number, Act[]>();
  readonly requests: string[][] = [];
  readonly faults: (Error | "lost")[] = [];
  refused = new Set<string>();

  readonly send = async (acts: readonly Act[]): Promise<Result[]> => {
    this.requests.push(acts.map(({ key }) => key));
    const fault = this.faults.shift();
    if (fault !== undefined && fault !== "lost") throw fault;
    const results = acts.map((act) => this.#take(act));
    if (fault === "lost") throw new Unreachable("the answer is lost");
    return results;
  };

  kept(text: number): string[] {
    return (this.acts.get(text) ?? []).map(({ key }) => key);
  }

  #take(act: Act): Result {
    const kept = this.acts.get(act.text) ?? [];
    const before = kept.findIndex(({ key }) => key === act.key);
    if (before >= 0) return { key: act.key, version: before + 1, at: "" };
    if (this.refused.has(act.key)) return { key: act.key, problem: { kind: "invalid", detail: "unknown label" } };
    if (act.base !== kept.length) return { key: act.key, problem: { kind: "conflict", detail: "", version: kept.length, acts: past(kept) } };
    this.acts.set(act.text, [...kept, act]);
    return { key: act.key, version: kept.length + 1, at: "" };
  }
}

function past(acts: readonly Act[]): PastAct[] {
  return acts.map(({ kind, state }, i) => ({ version: i + 1, kind, state, at: "" }));
}

interface Opened {
  readonly box: Outbox;
  readonly pauses: number[];
  readonly theirs: Conflict[];
  /** All troubles that there were. */
  readonly seen: (string | null)[];
}

function outbox(server: Server, storage: Storage = new Memory(), space = "p/me"): Opened {
  const pauses: number[] = [];
  const theirs: Conflict[] = [];
  const pause = async (milliseconds: number): Promise<void> => void pauses.push(milliseconds);
  const seen: (string | null)[] = [];
  const changed = (): void => void seen.push(box.trouble);
  const box: Outbox = new Outbox({ storage, space, send: server.send, pause, changed, theirs: (each) => theirs.push(each) });
  return { box, pauses, theirs, seen };
}

describe("the outbox", () => {
  it("stores an act before it is sent, and forgets it after the answer", async () => {
    const [server, storage] = [new Server(), new Memory()];
    const { box } = outbox(server, storage);
    box.add(actOf("a", 1, 0));
    expect([storage.length, box.size]).toEqual([1, 1]);
    await box.send();
    expect([storage.length, box.size, server.kept(1)]).toEqual([0, 0, ["a"]]);
  });

  it("sends the same key again when the answer is lost after the commit", async () => {
    const server = new Server();
    server.faults.push("lost");
    const { box, pauses } = outbox(server);
    box.add(actOf("a", 1, 0));
    await box.send();
    expect([server.requests, server.kept(1), pauses.length]).toEqual([[["a"], ["a"]], ["a"], 1]);
  });

  it("keeps what waits over a reload, in order, for its own annotator alone", async () => {
    const [server, storage] = [new Server(), new Memory()];
    server.faults.push(new ApiError(401, "log in"));
    const { box } = outbox(server, storage);
    for (const act of [actOf("a", 1, 0), actOf("b", 1, 1), actOf("c", 2, 0)]) box.add(act);
    await Promise.resolve();
    const [again, others] = [outbox(server, storage), outbox(server, storage, "p/ann")];
    expect([again.box.size, others.box.size]).toEqual([3, 0]);
    await again.box.send();
    expect([server.kept(1), server.kept(2), storage.length]).toEqual([["a", "b"], ["c"], 0]);
  });

  it("has one request on its way at a time, and of one text one act", async () => {
    const server = new Server();
    server.faults.push(new Unreachable("no network"));
    const { box } = outbox(server);
    for (const act of [actOf("a", 1, 0), actOf("b", 1, 1), actOf("c", 2, 0)]) box.add(act);
    await box.send();
    expect(server.requests).toEqual([["a"], ["a", "c"], ["b"]]);
  });

  it.each([
    ["says nothing", new Unreachable("no network"), "offline"],
    ["is busy", new ApiError(429, "too many", {}, 7), "busy"],
    ["has a full disk", new ApiError(503, "disk", {}, 3), "busy"],
    ["refuses the origin", new ApiError(403, "origin"), "refused"],
  ])("waits and tries again when the server %s", async (_, fault, trouble) => {
    const server = new Server();
    server.faults.push(fault);
    const { box, pauses, seen } = outbox(server);
    box.add(actOf("a", 1, 0));
    await box.send();
    expect([seen.includes(trouble), server.kept(1), box.trouble]).toEqual([true, ["a"], null]);
    if (fault instanceof ApiError && fault.retryAfter !== null) expect(pauses).toEqual([fault.retryAfter * 1000]);
  });

  it("waits ever longer, but not longer than 38 seconds", async () => {
    const server = new Server();
    server.faults.push(...Array.from({ length: 12 }, () => new Unreachable("no network")));
    const { box, pauses } = outbox(server);
    box.add(actOf("a", 1, 0));
    await box.send();
    expect([pauses.length, pauses[0]! < 1300, pauses[6]! > 20_000, Math.max(...pauses) <= 37_500]).toEqual([12, true, true, true]);
  });

  it("goes on after a log-in", async () => {
    const server = new Server();
    server.faults.push(new ApiError(401, "log in"));
    const { box, seen } = outbox(server);
    box.add(actOf("a", 1, 0));
    await new Promise((resolve) => setTimeout(resolve));
    expect([box.trouble, box.size]).toEqual(["login", 1]);
    const before = seen.length;
    box.wake();
    await box.send();
    expect([seen.slice(before).includes("login"), server.kept(1)]).toEqual([false, ["a"]]);
  });
});

describe("a conflict", () => {
  async function inConflict(): Promise<Opened & { server: Server; storage: Memory }> {
    const [server, storage] = [new Server(), new Memory()];
    server.acts.set(1, [actOf("other", 1, 0)]);
    const set = outbox(server, storage);
    set.box.add(actOf("mine", 1, 0));
    set.box.add(actOf("more", 1, 1, "accept"));
    set.box.add(actOf("else", 2, 0));
    await set.box.send();
    return { ...set, server, storage };
  }

  it("holds the text up, loses nothing, and lets other texts pass", async () => {
    const { box, server, storage } = await inConflict();
    expect(server.kept(1)).toEqual(["other"]);
    expect(server.kept(2)).toEqual(["else"]);
    expect([storage.length, box.conflicts.get(1)?.mine.key, box.conflicts.get(1)?.version]).toEqual([2, "more", 1]);
  });

  it("sends the last state again when mine is kept", async () => {
    const { box, server, storage } = await inConflict();
    box.keepMine(1, "again");
    await box.send();
    expect(server.kept(1)).toEqual(["other", "again"]);
    expect(server.acts.get(1)?.at(-1)).toMatchObject({ base: 1, kind: "accept", seconds: 2, state: { note: "more" } });
    expect(storage.length).toBe(0);
  });

  it("drops mine only when theirs is chosen", async () => {
    const { box, server, storage, theirs } = await inConflict();
    box.keepTheirs(1);
    expect([server.kept(1), storage.length, box.size, theirs.length]).toEqual([["other"], 0, 0, 1]);
  });

  it("asks nothing where both are the same", async () => {
    const server = new Server();
    server.acts.set(1, [{ ...actOf("other", 1, 0), state: stateOf("mine") }]);
    const { box } = outbox(server);
    box.add(actOf("mine", 1, 0));
    await box.send();
    expect([box.conflicts.size, box.size]).toEqual([0, 0]);
  });
});

describe("what cannot be kept", () => {
  it("is put aside, with what follows moved to its place", async () => {
    const [server, storage] = [new Server(), new Memory()];
    server.refused.add("bad");
    const { box } = outbox(server, storage);
    box.add(actOf("bad", 1, 0));
    box.add(actOf("good", 1, 1));
    await box.send();
    expect([server.kept(1), box.failed.map(({ act }) => act.key), box.size]).toEqual([["good"], ["bad"], 0]);
    expect(outbox(server, storage).box.failed.length).toBe(1);
    box.forgetFailed();
    expect(storage.length).toBe(0);
  });

  it("is found although the whole request is refused", async () => {
    const server = new Server();
    server.faults.push(new Unreachable("no network"), new ApiError(422, "wrong shape"), new ApiError(422, "wrong shape"));
    const { box } = outbox(server);
    box.add(actOf("a", 1, 0));
    box.add(actOf("b", 2, 0));
    await box.send();
    expect(server.requests).toEqual([["a"], ["a", "b"], ["a"], ["b"]]);
    expect([box.failed.map(({ act }) => act.key), server.kept(2), box.size]).toEqual([["a"], ["b"], 0]);
  });

  it("is sent although the browser's storage is full, and counted until then", async () => {
    const [server, storage] = [new Server(), new Memory()];
    storage.isFull = true;
    const { box } = outbox(server, storage);
    box.add(actOf("a", 1, 0));
    expect(box.unstored).toBe(1);
    await box.send();
    expect([box.unstored, server.kept(1)]).toEqual([0, ["a"]]);
  });
});
