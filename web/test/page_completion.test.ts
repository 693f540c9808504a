import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { asker } from "../pages/completion/asking.js";
import { refuseOther } from "../pages/completion/gguf.js";
import { grammarOf, questionOf, suggestionOf } from "../pages/completion/question.js";
import { slot } from "../pages/completion/slot.js";
import measured from "../pages/completion/model/figures.json" with { type: "json" };

describe("what a model is asked", () => {
  it.each([
    ["a word begun is held back", "x = 1\nret", "x = 1", "\nret"],
    ["an indent, too", "def f():\n    ", "def f():", "\n    "],
    ["and a bracket that may close at once", "x = f(", "x = f", "("],
    ["nothing, where there would be nothing left", "ret", "ret", ""],
    ["nor a line that is one long rule", `x\n${"#".repeat(50)}`, `x\n${"#".repeat(50)}`, ""],
  ])("%s", (_, before, prompt, given) => {
    expect(questionOf(before, 1000)).toEqual({ prompt, given });
  });

  it("is the end of a long text, from the beginning of a line on", () => {
    expect(questionOf(`${"a = 1\n".repeat(100)}b = 2\nc = `, 15).prompt).toBe("a = 1\nb = 2\nc =");
  });

  it("is answered with what stands before the cursor", () => {
    expect(grammarOf('\n    "a\\')).toBe('root ::= "\\x0A    \\x22a\\x5C" [^\\x00]*');
    expect(grammarOf("\n\n\f\b\n")).toBe('root ::= "\\x0A\\x0A\\x0C\\x08\\x0A" [^\\x00]*');
    expect(grammarOf("")).toBe("");
  });
});

describe("what is suggested", () => {
  it.each([
    ["the rest of a line", "return a", " + b\n\nprint(a)", " + b"],
    ["the rest of a line alone, when it opens nothing", "    x = ", "1\n    y = 2\n", "1"],
    ["a block with the line that opens it", "for x in ", "xs:\n    print(x)\n    y = x\nz = 1", "xs:\n    print(x)\n    y = x"],
    ["the lines of a block on an empty line", "def f():\n    ", "a = 1\n    return a\nb = 2", "a = 1\n    return a"],
    ["the lines after a line that is whole", "def f():", "\n    return 1\n\nx", "\n    return 1"],
    ["an argument list with its end", "x = f(", "\n    1,\n)\ny = 2", "\n    1,\n)"],
    ["no line twice", "", "a = 1\na = 1\na = 1\n", "a = 1"],
    ["nothing a second time where a model stutters", "", "f(name, name, name, name, name, ", "f(name,"],
    ["nor a block", "", "if not line:\n        break\n    if not line:\n        break\n    if not", "if not line:\n        break"],
    ["nothing but spaces is nothing", "x = 1", "   \n\n", ""],
    ["no indent at the end", "x = ", "1\n    ", "1"],
  ])("%s", (_, before, written, text) => {
    expect(suggestionOf(before, written).text).toBe(text);
  });

  it("is whole as soon as more would change nothing", () => {
    expect(suggestionOf("x = ", "1").whole).toBe(false);
    expect(suggestionOf("x = ", "1\ny").whole).toBe(true);
    expect(suggestionOf("", "f(name, name, name").whole).toBe(false);
    expect(suggestionOf("", "f(name, name, name, name, ").whole).toBe(true);
  });

  it("ends after ten lines", () => {
    const lines = Array.from({ length: 30 }, (_, place) => `x${place} = 1`);
    const { text, whole } = suggestionOf("", lines.join("\n"));
    expect([text.split("\n").length, whole]).toEqual([10, true]);
  });

  it("does not end while a line may still grow into another", () => {
    expect(suggestionOf("def f():\n    ", "a = 1\n").whole).toBe(false);
    expect(suggestionOf("def f():\n    ", "a = 1\n  ").whole).toBe(false);
  });
});

describe("a file of weights", () => {
  it.each([
    ["a.gguf", new Blob([]), "a.gguf is empty."],
    ["a.zip", new Blob(["PK\u0003\u0004"]), "a.zip is no GGUF file: it begins with \"PK\\u0003\\u0004\", not with \"GGUF\"."],
    ["big.gguf", { size: 3e9, slice: () => new Blob(["GGUF"]) } as unknown as Blob, "big.gguf has 3.0 GB; a page can open files of up to 2 GB."],
  ])("is refused: %s", async (name, file, message) => {
    await expect(refuseOther(file, name)).rejects.toThrow(message);
  });

  it("is let through when it may be one", async () => {
    await expect(refuseOther(new Blob(["GGUF..."]), "a.gguf")).resolves.toBeUndefined();
  });
});

describe("the place of a model", () => {
  interface Model {
    readonly name: string;
    readonly close: () => Promise<void>;
  }

  /** A place, what happens there, and models that come when they are told to. */
  function opening() {
    const told: string[] = [];
    const place = slot<Model>(({ name }) => void told.push(`put ${name}`));
    const wish = (name: string) => {
      let [come, fail, signal] = [() => undefined as void, (_: Error) => undefined as void, AbortSignal.abort()];
      const done = place.put((given) => {
        signal = given;
        return new Promise<Model>((resolve, reject) => {
          come = () => resolve({ name, close: async () => void told.push(`closed ${name}`) });
          fail = reject;
        });
      });
      return { done, come, fail, isGivenUp: () => signal.aborted };
    };
    return { told, place, wish };
  }

  it("is that of the last wish, however late the one before comes", async () => {
    const { told, place, wish } = opening();
    const [slow, mine] = [wish("slow"), wish("mine")];
    mine.come();
    await mine.done;
    expect([slow.isGivenUp(), place.isOpening]).toEqual([true, false]);
    slow.come();
    await slow.done;
    expect([place.current?.name, told]).toEqual(["mine", ["put mine", "closed slow"]]);
  });

  it("goes from one to the next, and each is closed once", async () => {
    const { told, place, wish } = opening();
    const old = wish("old");
    old.come();
    await old.done;
    const [first, second] = [wish("first"), wish("second")];
    first.come();
    second.come();
    await Promise.all([first.done, second.done]);
    expect(place.current?.name).toBe("second");
    expect(told.filter((each) => each.startsWith("closed")).sort()).toEqual(["closed first", "closed old"]);
  });

  it("keeps an earlier wish when the later cannot be fulfilled", async () => {
    const { place, wish } = opening();
    const [slow, broken] = [wish("slow"), wish("broken")];
    broken.fail(new Error("no model"));
    await expect(broken.done).rejects.toThrow("no model");
    expect([slow.isGivenUp(), place.isOpening]).toEqual([false, true]);
    slow.come();
    await slow.done;
    expect(place.current?.name).toBe("slow");
  });

  it("drops the faults of what was given up", async () => {
    const { wish } = opening();
    const [slow, mine] = [wish("slow"), wish("mine")];
    mine.come();
    await mine.done;
    slow.fail(new Error("too late"));
    await expect(slow.done).resolves.toBeUndefined();
  });
});

describe("the size of the larger model", () => {
  const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
  const larger = measured.find(({ model }) => model.startsWith("SmolLM2")) as { readonly megabytes: number };

  it.each([
    ["the guide", "../../docs/completion.md"],
    ["the page", "../pages/completion/index.html"],
  ])("is told by %s as in the table, if at all", (_, path) => {
    const lines = read(path).split("\n").filter((line) => line.includes("SmolLM2"));
    const told = lines.flatMap((line) => line.match(/[0-9.]+ MB/g) ?? []);
    expect(new Set([...told, `${larger.megabytes} MB`]).size).toBe(1);
  });
});

describe("asking", () => {
  afterEach(() => vi.useRealTimers());

  function asked(): { signals: AbortSignal[]; failures: string[]; ask: (signal: AbortSignal) => Promise<void>; fail: (error: Error) => void } {
    const [signals, failures]: [AbortSignal[], string[]] = [[], []];
    return { signals, failures, ask: async (signal) => void signals.push(signal), fail: ({ message }) => void failures.push(message) };
  }

  it("waits until nobody types", () => {
    vi.useFakeTimers();
    const { signals, ask, fail } = asked();
    const { soon } = asker(ask, fail, 100);
    soon();
    vi.advanceTimersByTime(99);
    soon();
    vi.advanceTimersByTime(99);
    expect(signals).toHaveLength(0);
    vi.advanceTimersByTime(1);
    expect(signals).toHaveLength(1);
  });

  it("gives up what is being computed as soon as somebody types", () => {
    const { signals, ask, fail } = asked();
    const { now, soon, stop } = asker(ask, fail, 100);
    now();
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    soon();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    stop();
  });

  it("tells of failures, but not of what was given up", async () => {
    const { failures, fail } = asked();
    const { now, stop } = asker(async () => Promise.reject(new Error("broken")), fail, 0);
    now();
    await vi.waitFor(() => expect(failures).toEqual(["broken"]));
    now();
    stop();
    await Promise.resolve();
    await Promise.resolve();
    expect(failures).toEqual(["broken"]);
  });
});
