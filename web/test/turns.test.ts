import { type Annotation, latest, rulesModel } from "textwright";
import { describe, expect, it } from "vitest";
import { inTurn, turn } from "../runtime/src/turns.js";

const MODEL = rulesModel('language = 1\n[[phases]]\nname = "p"\nrules = [{ name = "r", match = "[TOWN: leeds]" }]\n');

function counted(texts: readonly string[]): number[] {
  return texts.map((text) => text.length);
}

describe("inTurn", () => {
  it("answers all at once where nobody can give up", async () => {
    const sizes: number[] = [];
    await inTurn(["a", "bb", "c"], {}, (some) => (sizes.push(some.length), counted(some)));
    expect(sizes).toEqual([3]);
  });

  it("gives the same in parts, in order", async () => {
    const texts = Array.from({ length: 100 }, (_, i) => "x".repeat(i));
    expect(await inTurn(texts, { signal: new AbortController().signal }, counted)).toEqual(counted(texts));
  });

  it("begins nothing that was given up before", async () => {
    const answer = (): number[] => {
      throw new Error("begun");
    };
    await expect(inTurn(["a"], { signal: AbortSignal.abort(new Error("enough")) }, answer)).rejects.toThrow("enough");
  });

  it.each([
    ["Nurse", "found one string, 'Nurse', expected a list of texts. For one text write [text]"],
    ["", "found one string"],
    [undefined, "found undefined, expected a list of texts"],
    [["Nurse", 5], "text 1 is 5, expected a string"],
    [[null], "text 0 is null, expected a string"],
  ])("refuses %j, which is no list of texts", async (given, message) => {
    await expect(MODEL.predict(given as string[])).rejects.toThrow(message);
  });

  it("ends between texts", async () => {
    const stop = new AbortController();
    let done = 0;
    const answer = (some: readonly string[]): number[] => {
      done += some.length;
      setTimeout(() => stop.abort(new Error("enough")));
      const began = performance.now();
      while (performance.now() - began < 20);
      return counted(some);
    };
    const texts = Array.from({ length: 1000 }, () => "a");
    await expect(inTurn(texts, { signal: stop.signal }, answer)).rejects.toThrow("enough");
    expect(done).toBeLessThan(20);
  });
});

describe("latest", () => {
  it("answers the newest text alone", async () => {
    const predict = async (texts: readonly string[], { signal }: { signal?: AbortSignal } = {}): Promise<Annotation[]> => {
      await turn();
      signal?.throwIfAborted();
      return MODEL.predict(texts);
    };
    const newest = latest({ predict });
    const found = await Promise.all(["L", "Le", "Leeds"].map((text) => newest.predict(text)));
    expect(found.map((annotation) => annotation?.spans?.length)).toEqual([undefined, undefined, 1]);
  });

  it("tells a fault of the newest text", async () => {
    const newest = latest({ predict: () => Promise.reject(new Error("broken")) });
    const found = ["a", "b"].map((text) => newest.predict(text).catch((error: Error) => error.message));
    expect(await Promise.all(found)).toEqual([undefined, "broken"]);
  });
});
