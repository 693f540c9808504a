import type { Schema } from "textwright";
import { describe, expect, it } from "vitest";
import { schemaFromData } from "../runtime/src/schema.js";
import { canRedo, canUndo, current, historyOf, type PastAct, push, rebuilt, redo, undo } from "../components/annotator/history.js";
import * as moves from "../components/annotator/selection.js";
import * as edits from "../components/annotator/state.js";
import { drawnOf, EMPTY, type Place, type State } from "../components/annotator/state.js";
import { rulerOf } from "../components/annotator/stops.js";
import { actsFromData, initialFromData, stateFromData, stateToData, WireError } from "../components/annotator/wire.js";

const SCHEMA: Schema = schemaFromData({ labels: ["A", "B"], tasks: { one: { labels: ["x", "y"] }, many: { labels: ["p", "q"], multiple: true } } });
const PLACE: Place = { start: 0, end: 4 };
const span = (start: number, end: number, label = "A") => ({ start, end, label });
const proposed = (...spans: ReturnType<typeof span>[]): State => ({ ...EMPTY, proposed: { spans, categories: [] } });

describe("a label's key", () => {
  it("adds, and takes off again", () => {
    const once = edits.toggleLabel(EMPTY, PLACE, "A");
    expect(once.spans).toEqual([span(0, 4)]);
    expect(edits.toggleLabel(once, PLACE, "A")).toEqual(EMPTY);
  });

  it("nests", () => {
    const twice = edits.toggleLabel(edits.toggleLabel(EMPTY, PLACE, "A"), PLACE, "B");
    expect(twice.spans).toEqual([span(0, 4), span(0, 4, "B")]);
  });

  it("accepts what is only proposed there", () => {
    const state = edits.toggleLabel(proposed(span(0, 4), span(5, 6)), PLACE, "A");
    expect([state.spans, state.proposed.spans]).toEqual([[span(0, 4)], [span(5, 6)]]);
  });
});

describe("walking", () => {
  const state: State = { ...proposed(span(5, 6)), spans: [span(0, 4), span(0, 9, "B")] };
  const order = [span(0, 9, "B"), span(0, 4), span(5, 6)];
  it("goes by start, the longer first, and round", () => {
    const found = [0, 1, 2].reduce<edits.Drawn[]>((done) => [...done, edits.walk(state, done.at(-1) ?? null, null, 1) as edits.Drawn], []);
    expect(found.map(({ start, end, label }) => ({ start, end, label }))).toEqual(order);
    expect(edits.walk(state, order[2] ?? null, null, 1)).toMatchObject(span(0, 9, "B"));
    expect(edits.walk(state, order[0] ?? null, null, -1)).toMatchObject(span(5, 6));
  });

  it("begins beside the selection", () => {
    expect(edits.walk(state, null, { start: 5, end: 6 }, 1)).toMatchObject(span(5, 6));
    expect(edits.walk(state, null, { start: 5, end: 6 }, -1)).toMatchObject(span(0, 4));
    expect(edits.walk(EMPTY, null, PLACE, 1)).toBeNull();
  });
});

describe("removing", () => {
  it("takes one span, or all on a place, and dismisses proposals", () => {
    const state: State = { ...proposed(span(0, 4, "B"), span(5, 6)), spans: [span(0, 4)] };
    expect(drawnOf(edits.withoutSpan(state, span(0, 4)))).toHaveLength(2);
    expect(drawnOf(edits.withoutPlace(state, PLACE))).toEqual([{ ...span(5, 6), proposed: true }]);
    expect(edits.dismissAll(state).proposed).toEqual(EMPTY.proposed);
  });
});

describe("categories", () => {
  const x = { task: "one", label: "x" };
  const y = { task: "one", label: "y" };
  const both = [{ task: "many", label: "p" }, { task: "many", label: "q" }];
  const put = (state: State, ...chosen: { task: string; label: string }[]): State =>
    chosen.reduce((now, each) => edits.toggleCategory(now, SCHEMA, each), state);

  it("keeps one label of a task, several where several may be", () => {
    expect(put(EMPTY, x, y).categories).toEqual([y]);
    expect(put(EMPTY, x, x).categories).toEqual([]);
    expect(put(EMPTY, ...both).categories).toEqual(both);
  });

  it("lets a kept answer stand before a proposed one", () => {
    const state: State = { ...EMPTY, categories: [x], proposed: { spans: [], categories: [y, ...both] } };
    expect(edits.acceptAll(state, SCHEMA).categories).toEqual([x, ...both]);
    expect(put({ ...state, categories: [] }, x).proposed.categories).toEqual(both);
  });
});

describe("accepting all", () => {
  it("moves proposals, and none twice", () => {
    const state: State = { ...proposed(span(0, 4), span(5, 6)), spans: [span(0, 4)] };
    expect(edits.acceptAll(state, SCHEMA)).toEqual({ ...EMPTY, spans: [span(0, 4), span(5, 6)] });
  });
});

describe("history", () => {
  const [one, two, three] = [1, 2, 3].map((note) => ({ ...EMPTY, note: String(note) })) as [State, State, State];
  const act = (kind: PastAct["kind"], state: State): PastAct => ({ kind, state });

  it("undoes and redoes; a new edit ends what was undone", () => {
    const history = undo(push(push(historyOf(EMPTY), one), two));
    expect([current(history), current(redo(history)), current(undo(undo(history)))]).toEqual([one, two, EMPTY]);
    expect(canRedo(push(history, three))).toBe(false);
  });

  it("adds no state that says the same", () => {
    expect(canUndo(push(historyOf(EMPTY), { ...EMPTY }))).toBe(false);
  });

  it.each<[string, PastAct[], string, number]>([
    ["nothing", [], "", 0],
    ["edits", [act("edit", one), act("edit", two)], "2", 2],
    ["an undo", [act("edit", one), act("edit", two), act("undo", one)], "1", 1],
    ["an undo and a redo", [act("edit", one), act("undo", EMPTY), act("redo", one)], "1", 1],
    ["an accept that changed nothing", [act("edit", one), act("accept", one), act("reopen", one)], "1", 1],
    ["an accept that kept proposals", [act("edit", one), act("accept", two)], "2", 2],
    ["an undo that leads elsewhere", [act("edit", one), act("undo", three)], "3", 1],
    ["an undo of nothing", [act("undo", EMPTY), act("redo", EMPTY)], "", 0],
  ])("is rebuilt from %s", (_, acts, note, steps) => {
    const history = rebuilt(EMPTY, acts);
    expect([current(history).note, history.at]).toEqual([note, steps]);
  });
});

describe("wire", () => {
  const text = "👩‍💻 Lead 👍";
  it("counts code points outside, units inside, there and back", () => {
    const data = { spans: [{ start: 4, end: 8, label: "A" }], categories: [], proposed: { spans: [{ start: 9, end: 10, label: "gone" }], categories: [] }, note: "n", flagged: true };
    const state = stateFromData(text, data);
    expect(text.slice(state.spans[0]?.start, state.spans[0]?.end)).toBe("Lead");
    expect(stateToData(text, state)).toEqual(data);
  });

  it("reads what is missing as empty, a suggestion as proposals", () => {
    expect(stateFromData(text, {})).toEqual(EMPTY);
    expect(initialFromData(text, null)).toEqual(EMPTY);
    const { proposed: found } = initialFromData(text, { id: 5, source: "m", spans: [{ start: 0, end: 1, label: "A", score: 0.5 }], categories: [] });
    expect(found.spans).toEqual([span(0, 2)]);
    expect(actsFromData(text, [{ kind: "edit", state: { note: "x" } }])).toEqual([{ kind: "edit", state: { ...EMPTY, note: "x" } }]);
  });

  it.each([
    [null, "the state is null, expected a table"],
    [{ spans: {} }, "spans is object, expected a list"],
    [{ spans: [{ start: 0, end: 99, label: "A" }] }, "a span from 0 to 99 does not fit in the text of 10 code points"],
    [{ spans: [{ start: 2, end: 2, label: "A" }] }, "a span from 2 to 2"],
    [{ spans: [{ start: 0.5, end: 1, label: "A" }] }, "a span from 0.5 to 1"],
    [{ spans: [{ start: 0, end: 1, label: "" }] }, "a span's label is empty, expected a name"],
    [{ categories: [{ task: 1 }] }, "a category's task is number"],
  ])("refuses %j", (data, message) => {
    expect(() => stateFromData(text, data)).toThrow(WireError);
    expect(() => stateFromData(text, data)).toThrow(message);
  });
});

describe("random keys", () => {
  const texts = ["", " ", "a", "👩‍💻🇬🇧👍🏽", "Lead UX researcher", "e\u0301\u0301 \u200d \ud800 x\udc00", "日本語の仕事 مهندس C++", "\r\n\t--\n", "🏴‍☠️".repeat(9)];
  it.each(texts)("keep every span in %j, whole characters, and undo leads back", (text) => {
    let seed = text.length + 7;
    const draw = (most: number): number => (seed = (seed * 48271) % 2147483647) % most;
    const ruler = rulerOf(text);
    let selection = moves.firstWord(ruler);
    let history = historyOf(EMPTY);
    const steps: ((now: Place | null) => Place | null)[] = [
      (now) => moves.nextWord(ruler, now),
      (now) => moves.previousWord(ruler, now),
      (now) => moves.extend(ruler, now),
      (now) => moves.shrink(ruler, now),
      ...([1, -1] as const).flatMap((step) => [(now: Place | null) => moves.moveEnd(ruler, now, step), (now: Place | null) => moves.moveStart(ruler, now, step)]),
      () => moves.snap(ruler, draw(text.length + 1), draw(text.length + 1)),
      () => moves.characters(ruler, draw(text.length + 1), draw(text.length + 1)),
    ];
    for (let i = 0; i < 600; i++) {
      selection = (steps[draw(steps.length)] as (typeof steps)[number])(selection);
      if (selection !== null && draw(3) === 0) history = push(history, edits.toggleLabel(current(history), selection, "AB"[draw(2)] as string));
      if (draw(9) === 0) history = undo(history);
      for (const { start, end } of [...current(history).spans, ...(selection === null ? [] : [selection])]) {
        expect(0 <= start && start < end && end <= text.length).toBe(true);
        expect([start, end].every((at) => ruler.edges.includes(at))).toBe(true);
      }
    }
    while (canUndo(history)) history = undo(history);
    expect(current(history)).toEqual(EMPTY);
  });
});
