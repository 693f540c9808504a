import { describe, expect, it } from "vitest";
import { schemaFromData } from "../runtime/src/schema.js";
import { bindingsOf, categoryOf, COMMANDS, keyHelp, type Keymap, KeymapError } from "../components/annotator/keymap.js";
import { describeKey, keyOf, type Pressed, strokeOf, strokesOf } from "../components/annotator/strokes.js";

const SCHEMA = schemaFromData({ labels: { JOB: { key: "j" }, CORE: { key: "c" }, SENIORITY: {}, JUNIOR: {} } });
const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `l${i}`);

function press(key: string, code = "", modifiers: Partial<Pressed> = {}): Pressed {
  return { key, code, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...modifiers };
}

function does(pressed: Pressed, keys: Partial<Keymap> = {}): unknown {
  const { actions } = bindingsOf(SCHEMA, keys);
  const action = strokesOf(pressed).map((stroke) => actions.get(stroke)).find((found) => found !== undefined);
  return action?.kind === "command" ? action.command : action?.kind === "label" ? action.label : undefined;
}

describe("a pressed key", () => {
  const shift = { shiftKey: true };
  it.each<[string, Pressed, unknown]>([
    ["right", press("ArrowRight"), "next"],
    ["Shift right", press("ArrowRight", "", shift), "extend"],
    ["Shift up is the browser's", press("ArrowUp", "", shift), undefined],
    ["a label", press("j"), "JOB"],
    ["a label with CapsLock", press("J"), "JOB"],
    ["a label with Shift", press("J", "KeyJ", shift), "JOB"],
    ["Ctrl and a letter is the browser's", press("c", "KeyC", { ctrlKey: true }), undefined],
    ["undo", press("z", "KeyZ", { ctrlKey: true }), "undo"],
    ["undo on a Mac", press("z", "KeyZ", { metaKey: true }), "undo"],
    ["redo", press("Z", "KeyZ", { ctrlKey: true, shiftKey: true }), "redo"],
    ["undo on a Cyrillic keyboard", press("я", "KeyZ", { ctrlKey: true }), "undo"],
    ["a label on a Cyrillic keyboard", press("о", "KeyJ"), "JOB"],
    [".", press(".", "Period"), "endRight"],
    ["Shift . in Britain", press(">", "Period", shift), "startRight"],
    ["Shift . where Shift changes no sign", press(".", "Period", shift), "startRight"],
    ["Shift . in Germany", press(":", "Period", shift), "startRight"],
    ["Shift , in Germany", press(";", "Comma", shift), "startLeft"],
    ["< beside Y in Germany", press("<", "IntlBackslash"), "startLeft"],
    [". in France needs Shift", press(".", "Comma", shift), "endRight"],
    ["W of Dvorak stands on the comma's key", press("W", "Comma", shift), undefined],
    ["? ", press("?", "Slash", shift), "help"],
    ["Space", press(" ", "Space"), "skip"],
    ["Shift Space scrolls", press(" ", "Space", shift), undefined],
    ["Shift Enter", press("Enter", "Enter", shift), "back"],
    ["Backspace", press("Backspace"), "remove"],
    ["a dead key", press("Dead", "KeyJ"), undefined],
    ["composing", press("j", "KeyJ", { isComposing: true }), undefined],
    ["Tab", press("Tab"), undefined],
    ["Alt left is the browser's", press("ArrowLeft", "", { altKey: true }), undefined],
    ["AltGr is no Ctrl", press("j", "KeyJ", { ctrlKey: true, altKey: true, getModifierState: (name) => name === "AltGraph" }), "JOB"],
  ])("%s", (_, pressed, action) => {
    expect(does(pressed)).toBe(action);
  });
});

describe("a digit's key", () => {
  it.each([
    ["in France", press("&", "Digit1"), "1"],
    ["in France, an accented letter", press("é", "Digit2"), "2"],
    ["in France with Shift", press("1", "Digit1", { shiftKey: true }), "1"],
    ["in Bohemia", press("+", "Digit1"), "1"],
  ])("%s", (_, pressed, digit) => {
    expect(strokesOf(pressed)).toContain(digit);
  });

  it("with Shift in Britain is its sign alone", () => {
    expect(strokesOf(press("!", "Digit1", { shiftKey: true }))).not.toContain("1");
  });
});

describe("a written key", () => {
  it.each([
    ["X", "x"], ["shift+right", "Shift+ArrowRight"], ["Ctrl+Shift+Z", "Mod+Shift+z"], ["Cmd+z", "Mod+z"], ["+", "+"], ["Shift++", "Shift++"], [" ", "Space"],
    ["f5", "F5"], ["Alt+x", "Alt+x"], ["", null], ["xy", null], ["Shift+", null],
  ])("%j is %j", (written, stroke) => {
    expect(strokeOf(written)).toBe(stroke);
  });

  it("is shown to readers", () => {
    expect([describeKey("Shift+ArrowRight"), describeKey("Mod+Shift+z"), describeKey("Mod+z", { mac: true }), describeKey("j"), describeKey("Shift+.")]).toEqual([
      "Shift →", "Ctrl Shift Z", "⌘ Z", "j", "Shift .",
    ]);
    expect(keyOf(press("Shift", "ShiftLeft", { shiftKey: true }))).toBe("Shift+Shift");
  });
});

describe("labels' keys", () => {
  it("are the schema's, or a free letter of the name", () => {
    expect([...bindingsOf(SCHEMA).labels]).toEqual([["JOB", "j"], ["CORE", "c"], ["SENIORITY", "s"], ["JUNIOR", "u"]]);
  });

  it("never take a command's key", () => {
    const { labels, actions } = bindingsOf(schemaFromData({ labels: { A: { key: "." }, B: { key: "?" } } }));
    expect([...labels]).toEqual([["A", "a"], ["B", "b"]]);
    expect(actions.get(".")).toEqual({ kind: "command", command: "endRight" });
  });

  it("leave digits to categories", () => {
    const schema = schemaFromData({ labels: { A: { key: "1" } }, tasks: { t: { labels: ["x"] } } });
    expect(bindingsOf(schema).labels.get("A")).toBe("a");
    expect(bindingsOf(schemaFromData({ labels: { A: { key: "1" } } })).labels.get("A")).toBe("1");
  });

  it("go on without letters when there are none left", () => {
    expect(bindingsOf(schemaFromData({ labels: names(40) })).labels.size).toBe(26);
  });
});

describe("categories' keys", () => {
  const keysOf = (data: unknown, keys: Partial<Keymap> = {}): string[] => bindingsOf(schemaFromData(data), keys).categories.map(({ key }) => key);
  it("are numbered over all tasks", () => {
    expect(keysOf({ tasks: { a: { labels: ["x", "y"] }, b: { labels: ["z"] } } })).toEqual(["1", "2", "3"]);
  });

  it("have one digit up to ten and two beyond", () => {
    expect(keysOf({ tasks: { a: { labels: names(10) } } }).join("")).toBe("1234567890");
    expect(keysOf({ tasks: { a: { labels: names(28) } } }).slice(-2)).toEqual(["27", "28"]);
    expect(keysOf({ tasks: { a: { labels: names(11) } } })[0]).toBe("01");
    expect(keysOf({ tasks: { a: { labels: names(120) } } })[0]).toBe("001");
  });

  it("are the schema's where it has them", () => {
    expect(keysOf({ tasks: { a: { labels: { x: { key: "7" }, y: {} } }, b: { labels: { z: { key: "g" } } } } })).toEqual(["7", "1", "g"]);
    expect(keysOf({ tasks: { a: { labels: { x: { key: "1" } } }, b: { labels: { z: { key: "1" } } } } })).toEqual(["1", "2"]);
  });

  it("can be remapped", () => {
    const found = bindingsOf(schemaFromData({ tasks: { a: { labels: ["x", "y"] } } }), { categories: { a: { x: "g" } } });
    expect(found.categories.map(({ key }) => key)).toEqual(["g", "1"]);
    expect(categoryOf(found, "1")).toEqual({ task: "a", label: "y" });
  });
});

describe("remapping", () => {
  it("replaces a command's keys and a label's", () => {
    const keys: Partial<Keymap> = { next: ["w", "ArrowRight"], skip: "n", labels: { JOB: "t" } };
    expect([does(press("w"), keys), does(press("ArrowRight"), keys), does(press("n"), keys), does(press(" "), keys), does(press("t"), keys), does(press("j"), keys)]).toEqual([
      "next", "next", "skip", undefined, "JOB", "JUNIOR",
    ]);
  });

  it.each<[unknown, string]>([
    [{ next: "Enter" }, "the key Enter stands for two things: next and accept"],
    [{ labels: { JOB: "?" } }, "the key ? stands for two things: help and the label JOB"],
    [{ labels: { JOB: "x", CORE: "x" } }, "the key x stands for two things: the label JOB and the label CORE"],
    [{ next: "Tab" }, "Tab belongs to the browser"],
    [{ next: "hop" }, 'next: "hop" is no key'],
    [{ next: [5] }, "next: 5 is no key"],
    [{ jump: "x" }, 'unknown command "jump". Known: next, previous'],
    [{ labels: { NO: "x" } }, 'unknown label "NO". Known: JOB, CORE'],
    [{ categories: { t: { x: "y" } } }, 'unknown task "t". Known: none'],
  ])("refuses %j", (keys, message) => {
    expect(() => bindingsOf(SCHEMA, keys as Partial<Keymap>)).toThrow(KeymapError);
    expect(() => bindingsOf(SCHEMA, keys as Partial<Keymap>)).toThrow(message);
  });

  it("refuses a digit where two stand for a category", () => {
    const schema = schemaFromData({ labels: ["A"], tasks: { a: { labels: names(12) } } });
    expect(() => bindingsOf(schema, { labels: { A: "1" } })).toThrow("the key 1 stands for two things: the label A, and categories of 2 digits");
  });
});

describe("the help", () => {
  it("has every command and every label", () => {
    const help = keyHelp(bindingsOf(SCHEMA));
    expect(help).toHaveLength(Object.keys(COMMANDS).length + 4);
    expect(help[0]).toEqual({ keys: ["ArrowRight"], does: "select the next word" });
  });
});
