/** `<span-annotator>`: a text with its spans, categories, note and flag, made by keyboard, mouse or touch. */

import type { Category, Schema, Span } from "textwright";
import { LitElement, type PropertyValues, type TemplateResult } from "lit";
import { colourOf } from "../drawing.js";
import { Drawing, type Mark } from "./drawing.js";
import { canRedo, canUndo, current, type History, historyOf, type PastAct, push, rebuilt, redo, undo } from "./history.js";
import { type Action, type Bindings, bindingsOf, categoryOf, type Command, keyHelp, type Keymap, KeymapError } from "./keymap.js";
import { Pointing } from "./pointing.js";
import { type Problem, problemsOf, type Repair } from "./problems.js";
import { quoted } from "./quoting.js";
import * as moves from "./selection.js";
import * as edits from "./state.js";
import { drawnOf, EMPTY, type Place, sameSpan, type State } from "./state.js";
import { type Ruler, rulerOf } from "./stops.js";
import { strokesOf } from "./strokes.js";
import { adoptStyle } from "./style.js";
import { view } from "./views.js";

const NO_SCHEMA: Schema = { name: "", labels: [], tasks: [], rules: [], open: true };
const REPEATABLE: readonly Command[] =
  "next previous extend shrink endRight endLeft startRight startLeft down up undo redo".split(" ") as Command[];
const DIGIT_PAUSE = 1000;
const NOTE_PAUSE = 1000;
const NARROW = 640;

export class SpanAnnotator extends LitElement {
  static override properties = {
    text: {},
    textId: { attribute: "text-id" },
    schema: { attribute: false },
    acts: { attribute: false },
    initial: { attribute: false },
    keys: { attribute: false },
    readOnly: { type: Boolean, attribute: "readonly", reflect: true },
    compact: { type: Boolean, reflect: true },
    guideline: {},
    theme: { reflect: true },
    history: { state: true },
    selection: { state: true },
    chosen: { state: true },
    extending: { state: true },
    meanings: { state: true },
    typed: { state: true },
    said: { state: true },
  };

  declare text: string;
  declare textId: string;
  declare schema: Schema;
  declare acts: readonly PastAct[];
  declare initial: State;
  declare keys: Partial<Keymap>;
  declare readOnly: boolean;
  declare compact: boolean;
  declare guideline: string;
  declare theme: "light" | "dark" | undefined;
  declare history: History;
  declare selection: Place | null;
  declare chosen: Span | null;
  declare extending: boolean;
  declare meanings: boolean;
  declare typed: string;
  declare said: string;

  ruler: Ruler = rulerOf("");
  bindings: Bindings = bindingsOf(NO_SCHEMA);
  fault = "";
  problems: readonly Problem[] = [];
  #drawing: Drawing | null = null;
  #resized: ResizeObserver | null = null;
  #digitsEnd = 0;
  #noteEnd = 0;
  readonly #fontsCame = (): void => this.#measureAgain();

  constructor() {
    super();
    this.text = "";
    this.textId = "";
    this.schema = NO_SCHEMA;
    this.acts = [];
    this.initial = EMPTY;
    this.keys = {};
    this.readOnly = false;
    this.compact = false;
    this.guideline = "";
    this.history = historyOf(EMPTY);
    this.selection = null;
    this.chosen = null;
    this.extending = false;
    this.meanings = true;
    this.typed = "";
    this.said = "";
  }

  /** What stands on the text now. */
  get state(): State {
    return current(this.history);
  }

  get canUndo(): boolean {
    return canUndo(this.history);
  }

  get canRedo(): boolean {
    return canRedo(this.history);
  }

  /** Give the text the focus, so that keys reach it. */
  focusText(): void {
    this.#group?.focus({ preventScroll: true });
  }

  undo(): void {
    this.#goTo(undo(this.history), "undo", "undone");
  }

  redo(): void {
    this.#goTo(redo(this.history), "redo", "redone");
  }

  /** Keep all that is proposed. */
  acceptAll(): void {
    const count = edits.proposals(this.state);
    this.change(edits.acceptAll(this.state, this.schema), `accepted ${count}`);
  }

  /** Say what each key does, the labels' keys included. */
  keyHelp(): ReturnType<typeof keyHelp> {
    return keyHelp(this.bindings);
  }

  // --- life ---------------------------------------------------------------------------------

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyle(this.getRootNode());
    document.fonts?.addEventListener("loadingdone", this.#fontsCame);
    if (this.#drawing !== null) this.#watch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.fonts?.removeEventListener("loadingdone", this.#fontsCame);
    this.#resized?.disconnect();
    clearTimeout(this.#digitsEnd);
    this.#saveNote();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("schema") || changed.has("keys")) this.#bind();
    if (changed.has("text")) this.ruler = rulerOf(this.text);
    const isAnother = changed.has("text") || changed.has("textId");
    if (isAnother || changed.has("acts") || changed.has("initial")) this.history = rebuilt(this.initial, this.acts);
    if (isAnother) this.#begin();
    if (changed.has("history") || changed.has("schema") || isAnother) {
      this.problems = this.readOnly ? [] : problemsOf(this.text, this.schema, this.state);
    }
  }

  protected override render(): TemplateResult {
    return view(this);
  }

  protected override firstUpdated(): void {
    const group = this.#group;
    if (group === null) return;
    this.#drawing = new Drawing(group);
    new Pointing(this, group, this.#drawing.node);
    group.addEventListener("keydown", (event) => this.#pressed(event));
    group.addEventListener("copy", (event) => this.#copied(event));
    this.addEventListener("keydown", (event) => this.#pressedBeside(event));
    this.#watch();
    if (this.clientWidth > 0 && this.clientWidth < NARROW) this.meanings = false;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.#drawing === null) return;
    const written = this.querySelector<HTMLTextAreaElement>(".note textarea");
    if (written !== null && (changed.has("text") || changed.has("textId"))) written.value = this.state.note;
    this.#drawing.setText(this.text);
    this.#drawing.draw(this.#marks(), this.readOnly ? null : this.selection);
  }

  get #group(): HTMLElement | null {
    return this.querySelector<HTMLElement>(".text");
  }

  /** The next text comes up: nothing of the one before stays. */
  #begin(): void {
    this.selection = moves.firstWord(this.ruler);
    this.chosen = null;
    this.typed = "";
    clearTimeout(this.#noteEnd);
    this.#noteEnd = 0;
  }

  /** A keymap that cannot be is said above the text; the keys are then those of the schema. */
  #bind(): void {
    try {
      this.bindings = bindingsOf(this.schema, this.keys);
      this.fault = "";
    } catch (error) {
      if (!(error instanceof KeymapError)) throw error;
      this.bindings = bindingsOf(this.schema);
      this.fault = `The keys cannot be remapped so: ${error.message}.`;
    }
  }

  #watch(): void {
    this.#resized ??= new ResizeObserver(() => this.#measureAgain());
    if (this.#group !== null) this.#resized.observe(this.#group);
  }

  #measureAgain(): void {
    if (this.#drawing?.hasChanged() !== true) return;
    this.#drawing.forget();
    this.#drawing.draw(this.#marks(), this.readOnly ? null : this.selection);
  }

  #marks(): Mark[] {
    return drawnOf(this.state)
      .filter(({ start, end }) => start < end && end <= this.text.length)
      .map((span) => ({
        ...span,
        colour: colourOf(span.label, this.schema),
        depth: depthOf(span.label, this.schema),
        chosen: this.chosen !== null && sameSpan(this.chosen, span),
      }));
  }

  // --- changes ------------------------------------------------------------------------------

  /** Make an edit, say what happened, and tell whoever holds the element. */
  change(state: State, said: string): void {
    const history = push(this.history, state);
    if (this.readOnly || history === this.history) return;
    this.#goTo(history, "edit", said);
  }

  #goTo(history: History, kind: "edit" | "undo" | "redo", said: string): void {
    if (this.readOnly || history === this.history) return;
    this.history = history;
    this.#keepChosen();
    this.say(said);
    this.#tell("act", { kind, state: this.state });
  }

  #keepChosen(): void {
    const { chosen } = this;
    if (chosen !== null && !drawnOf(this.state).some((span) => sameSpan(span, chosen))) this.chosen = null;
  }

  #tell(name: string, detail: Readonly<Record<string, unknown>>): void {
    this.dispatchEvent(new CustomEvent(`annotator-${name}`, { detail: { ...detail, textId: this.textId }, bubbles: true, composed: true }));
  }

  /** Say something to those who listen to a screen reader; twice the same is said twice. */
  say(message: string): void {
    this.said = this.said === message ? `${message}\u00a0` : message;
  }

  select(selection: Place | null, chosen: Span | null = null): void {
    this.selection = selection;
    this.chosen = chosen;
    if (selection === null) return;
    const words = quoted(this.text.slice(selection.start, selection.end));
    this.say(chosen === null ? `selected: ${words}` : `${chosen.label} on ${words}`);
  }

  putLabel(label: string): void {
    const { selection } = this;
    if (selection === null) return this.say("select words first");
    const state = edits.toggleLabel(this.state, selection, label);
    const words = quoted(this.text.slice(selection.start, selection.end));
    const isOn = state.spans.some((span) => sameSpan(span, { ...selection, label }));
    this.change(state, isOn ? `${label} on ${words}` : `${label} removed from ${words}`);
  }

  putCategory(category: Category): void {
    const state = edits.toggleCategory(this.state, this.schema, category);
    const isOn = state.categories.some((each) => edits.sameCategory(each, category));
    this.change(state, `${category.task}: ${category.label}${isOn ? "" : " removed"}`);
  }

  repair({ label, state }: Repair): void {
    this.change(state, label);
    this.focusText();
  }

  toggleFlag(): void {
    this.change({ ...this.state, flagged: !this.state.flagged }, this.state.flagged ? "flag removed" : "flagged");
  }

  dismissAll(): void {
    this.change(edits.dismissAll(this.state), "proposals dismissed");
  }

  /** Write a note down when it rests, so that a page that ends suddenly does not take it along. */
  noteTyped(): void {
    clearTimeout(this.#noteEnd);
    this.#noteEnd = window.setTimeout(() => this.#saveNote(), NOTE_PAUSE);
  }

  noteDone(): void {
    this.#noteEnd ||= 1;
    this.#saveNote();
  }

  #saveNote(): void {
    clearTimeout(this.#noteEnd);
    const note = this.#noteEnd === 0 ? undefined : this.querySelector<HTMLTextAreaElement>(".note textarea")?.value;
    this.#noteEnd = 0;
    if (note !== undefined) this.change({ ...this.state, note }, "note written");
  }

  // --- keys ---------------------------------------------------------------------------------

  #pressed(event: KeyboardEvent): void {
    if (this.readOnly || event.target !== this.#group) return;
    const strokes = strokesOf(event);
    const digit = strokes.find((stroke) => /^\d$/.test(stroke));
    const action = this.#actionOf(strokes);
    if (action !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      if (event.repeat && !(action.kind === "command" && REPEATABLE.includes(action.command))) return;
      this.#act(action);
    } else if (digit !== undefined && this.bindings.categories.length > 0) {
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) this.#digit(digit);
    }
  }

  #actionOf(strokes: readonly string[]): Action | undefined {
    return strokes.map((stroke) => this.bindings.actions.get(stroke)).find((action) => action !== undefined);
  }

  /** Undo and redo reach the whole element, but not the note, which has the browser's. */
  #pressedBeside(event: KeyboardEvent): void {
    if (event.target instanceof HTMLTextAreaElement) return;
    const action = this.#actionOf(strokesOf(event));
    if (action?.kind !== "command" || !(action.command === "undo" || action.command === "redo")) return;
    if (!(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.#act(action);
  }

  #act(action: Action): void {
    if (action.kind === "label") this.putLabel(action.label);
    else if (action.kind === "category") this.putCategory(action.category);
    else this.#command(action.command);
  }

  #command(command: Command): void {
    const { ruler, selection } = this;
    const commands: Readonly<Record<Command, () => void>> = {
      next: () => this.select(moves.nextWord(ruler, selection)),
      previous: () => this.select(moves.previousWord(ruler, selection)),
      extend: () => this.select(moves.extend(ruler, selection)),
      shrink: () => this.select(moves.shrink(ruler, selection)),
      endRight: () => this.select(moves.moveEnd(ruler, selection, 1)),
      endLeft: () => this.select(moves.moveEnd(ruler, selection, -1)),
      startRight: () => this.select(moves.moveStart(ruler, selection, 1)),
      startLeft: () => this.select(moves.moveStart(ruler, selection, -1)),
      down: () => this.#walk(1),
      up: () => this.#walk(-1),
      remove: () => this.#remove(),
      undo: () => this.undo(),
      redo: () => this.redo(),
      accept: () => this.#accept(),
      back: () => this.#tell("back", {}),
      skip: () => this.#tell("skip", { state: this.state }),
      help: () => this.#tell("help", {}),
    };
    commands[command]();
    this.#keepInView();
  }

  #walk(step: 1 | -1): void {
    const span = edits.walk(this.state, this.chosen, this.selection, step);
    if (span === null) this.say("no spans");
    else this.choose(span);
  }

  choose({ start, end, label }: Span): void {
    this.select({ start, end }, { start, end, label });
  }

  #remove(): void {
    const { chosen, selection } = this;
    if (chosen !== null) this.change(edits.withoutSpan(this.state, chosen), `${chosen.label} removed`);
    else if (selection !== null) this.change(edits.withoutPlace(this.state, selection), "removed");
  }

  /** Keep what is proposed and hand the text in; whoever holds the element saves it and brings the next. */
  #accept(): void {
    this.history = push(this.history, edits.acceptAll(this.state, this.schema));
    this.say("accepted");
    this.#tell("accept", { state: this.state });
  }

  /** Gather the digits of a category typed within a second. */
  #digit(digit: string): void {
    clearTimeout(this.#digitsEnd);
    this.typed = (this.typed + digit).slice(-this.bindings.digits);
    if (this.typed.length < this.bindings.digits) {
      this.#digitsEnd = window.setTimeout(() => (this.typed = ""), DIGIT_PAUSE);
      return;
    }
    const category = categoryOf(this.bindings, this.typed);
    if (category === undefined) this.say(`no category has the digits ${this.typed}`);
    else this.putCategory(category);
    this.typed = "";
  }

  /** Keys that go beyond the window's edge bring the selection into it. */
  #keepInView(): void {
    void this.updateComplete.then(() => this.querySelector(".selected .piece")?.scrollIntoView({ block: "nearest", inline: "nearest" }));
  }

  #copied(event: ClipboardEvent): void {
    if (this.selection === null || !document.getSelection()?.isCollapsed) return;
    event.clipboardData?.setData("text/plain", this.text.slice(this.selection.start, this.selection.end));
    event.preventDefault();
  }
}

/** Count a label's ancestors in the schema. */
function depthOf(label: string, schema: Schema): number {
  const seen = new Set<string>([label]);
  const parentOf = (name: string): string | undefined => schema.labels.find((each) => each.name === name)?.parent;
  for (let parent = parentOf(label); parent !== undefined && !seen.has(parent); parent = parentOf(parent)) seen.add(parent);
  return seen.size - 1;
}
