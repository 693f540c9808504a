/** `<rules-form>`: the rules of each label, to be typed. It says `rules-changed` with every change. */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Label, Schema } from "textwright";
import { colourOf } from "../../../components/drawing.js";
import type { Part } from "../step_view.js";
import type { Faults, Kind, PageRule, Proposal, TrialData } from "./data.js";
import { emptyRule, FIELDS, isBegun, KINDS, withWord } from "./kinds.js";
import { outcome } from "./outcome.js";

/** A rule with a number of its own, so that a field keeps its place while others come and go. */
interface Row {
  readonly id: number;
  readonly rule: PageRule;
}

/** A row that was taken away, and where it stood. */
interface Removed {
  readonly row: Row;
  readonly place: number;
}

export class RulesForm extends LitElement {
  static override properties = {
    schema: { attribute: false },
    rules: { attribute: false },
    proposals: { attribute: false },
    faults: { attribute: false },
    trial: { attribute: false },
  };
  declare schema: Schema;
  declare rules: readonly PageRule[];
  declare proposals: readonly Proposal[];
  declare faults: Faults;
  declare trial: TrialData | null;
  #rows: readonly Row[] = [];
  #last = 0;
  #removed: Removed | null = null;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Take over rules that come from outside; each label has at least one row. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("rules") && !this.#holds(this.rules)) this.#rows = this.rules.map((rule) => this.#row(rule));
    const lacking = this.schema.labels.filter(({ name }) => !this.#rows.some(({ rule }) => rule.label === name));
    if (lacking.length > 0) this.#rows = [...this.#rows, ...lacking.map(({ name }) => this.#row(emptyRule(name)))];
  }

  /** Whether these are the rules that stand here: then nobody is disturbed who types. */
  #holds(rules: readonly PageRule[]): boolean {
    return JSON.stringify(rules) === JSON.stringify(this.#begun.map(({ rule }) => rule));
  }

  #row(rule: PageRule): Row {
    return { id: ++this.#last, rule };
  }

  /** The rows that say something, in the order in which they are sent. */
  get #begun(): readonly Row[] {
    return this.#rows.filter(({ rule }) => isBegun(rule));
  }

  #tell(rows: readonly Row[]): void {
    this.#rows = rows;
    this.requestUpdate();
    this.dispatchEvent(new CustomEvent("rules-changed", { detail: this.#begun.map(({ rule }) => rule) }));
  }

  #change(id: number, change: Partial<PageRule>): void {
    this.#tell(this.#rows.map((row) => (row.id === id ? { id, rule: { ...row.rule, ...change } } : row)));
  }

  /** Add a row below the others of its label, and go to its field. */
  #add(label: string): void {
    const row = this.#row(emptyRule(label));
    this.#rows = [...this.#rows, row];
    this.requestUpdate();
    this.#focus(`[data-row="${row.id}"] textarea`);
  }

  /** Take a rule away, and offer it back; the focus goes to what adds another. */
  #remove(row: Row): void {
    this.#removed = isBegun(row.rule) ? { row, place: this.#rows.indexOf(row) } : null;
    this.#tell(this.#rows.filter((each) => each.id !== row.id));
    this.#focus(`[data-add="${CSS.escape(row.rule.label)}"]`);
  }

  #takeBack({ row, place }: Removed): void {
    this.#removed = null;
    this.#tell([...this.#rows.slice(0, place), row, ...this.#rows.slice(place)]);
    this.#focus(`[data-row="${row.id}"] textarea`);
  }

  #focus(found: string): void {
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(found)?.focus());
  }

  /** Put proposed words into the first rule of their kind, or into a new one. */
  #take({ label, kind }: Proposal, words: readonly string[]): void {
    const row = this.#rows.find(({ rule }) => rule.label === label && rule.kind === kind) ?? this.#empty(label, kind);
    const all = words.reduce(withWord, row.rule.words);
    const rule = { ...row.rule, kind, words: all };
    const rows = this.#rows.some(({ id }) => id === row.id) ? this.#rows : [...this.#rows, row];
    this.#tell(rows.map((each) => (each.id === row.id ? { id: row.id, rule } : each)));
    this.#focus(`[data-row="${row.id}"] textarea`);
  }

  #empty(label: string, kind: Kind): Row {
    return this.#rows.find(({ rule }) => rule.label === label && !isBegun(rule)) ?? this.#row(emptyRule(label, kind));
  }

  protected override render(): TemplateResult {
    const gone = this.#rows.filter(({ rule }) => !this.schema.labels.some(({ name }) => name === rule.label));
    return html`${this.schema.labels.map((label) => this.#label(label))}
    ${gone.length === 0 ? nothing : html`<section class="of-label"><h3>Rules of labels that are gone</h3>${this.#list(gone)}</section>`}`;
  }

  #label({ name, meaning }: Label): TemplateResult {
    const rows = this.#rows.filter(({ rule }) => rule.label === name);
    return html`<section class="of-label" role="group" aria-label=${name}>
      <h3>${swatch(colourOf(name, this.schema))}${name} ${meaning === "" ? nothing : html`<span class="soft">${meaning}</span>`}</h3>
      ${this.#list(rows)} ${this.#removed?.row.rule.label === name ? this.#offerBack(this.#removed) : nothing}
      ${this.proposals.filter(({ label }) => label === name).map((each) => this.#proposal(each))}
      <button type="button" class="quiet" data-add=${name} @click=${() => this.#add(name)}>Another rule<span class="visually-hidden"> for ${name}</span></button>
    </section>`;
  }

  #offerBack(removed: Removed): TemplateResult {
    return html`<p class="soft" role="status">The rule is gone. <button type="button" class="quiet" @click=${() => this.#takeBack(removed)}>Take it back</button></p>`;
  }

  #list(rows: readonly Row[]): TemplateResult {
    return html`${repeat(rows, ({ id }) => id, (row, place) => this.#rule(row, `${row.rule.label}, rule ${place + 1}`))}`;
  }

  #rule(row: Row, called: string): TemplateResult {
    const { id, rule } = row;
    const place = this.#begun.findIndex((each) => each.id === id);
    return html`<div class="rule" data-row=${id} role="group" aria-label=${called}>
      <select aria-label="What ${rule.label} is" @change=${(event: Event) => this.#change(id, { kind: (event.target as HTMLSelectElement).value as Kind })}>
        ${Object.entries(KINDS).map(([kind, words]) => html`<option value=${kind} ?selected=${kind === rule.kind}>${words}</option>`)}
      </select>
      ${this.#fields(row)}
      ${this.#isLast(row) ? nothing : html`<button type="button" class="quiet remove" aria-label="Remove ${called}" title="Remove" @click=${() => this.#remove(row)}>✕</button>`}
      ${place === -1 ? nothing : this.#outcome(row, place)}
    </div>`;
  }

  /** Whether a row is the empty one that each label has. */
  #isLast({ id, rule }: Row): boolean {
    return !isBegun(rule) && !this.#rows.some((other) => other.rule.label === rule.label && other.id !== id);
  }

  #fields({ id, rule }: Row): Part {
    const { name, example } = FIELDS[rule.kind];
    return html`<span class="fields">
      <textarea rows="1" spellcheck="false" aria-label="${name} for ${rule.label}" aria-describedby="outcome-${id}" placeholder=${example} .value=${rule.words}
        @input=${(event: Event) => this.#change(id, { words: (event.target as HTMLTextAreaElement).value })}></textarea>
      ${rule.kind === "between" ? this.#until(id, rule) : nothing}
      ${rule.kind === "before" || rule.kind === "after" ? this.#most(id, rule) : nothing}
      ${rule.kind === "capitals" ? this.#first(id, rule) : nothing}
    </span>`;
  }

  #until(id: number, { label, until }: PageRule): TemplateResult {
    return html`<textarea rows="1" spellcheck="false" aria-label="Up to, for ${label}" placeholder=") … empty: up to the end" .value=${until}
      @input=${(event: Event) => this.#change(id, { until: (event.target as HTMLTextAreaElement).value })}></textarea>`;
  }

  #most(id: number, { label, most }: PageRule): TemplateResult {
    return html`<select aria-label="How many words ${label} has" @change=${(event: Event) => this.#change(id, { most: Number((event.target as HTMLSelectElement).value) })}>
      ${["one word", "up to two words", "up to three words"].map((words, i) => html`<option value=${i + 1} ?selected=${most === i + 1}>${words}</option>`)}
    </select>`;
  }

  #first(id: number, { first }: PageRule): TemplateResult {
    return html`<label class="tick"><input type="checkbox" .checked=${first} @change=${(event: Event) => this.#change(id, { first: (event.target as HTMLInputElement).checked })} />
      also where a sentence begins</label>`;
  }

  /** What the rule marks, and what of it cannot be used. */
  #outcome({ id, rule }: Row, place: number): TemplateResult {
    const faults = this.faults[place] ?? [];
    return html`<p class="outcome" id="outcome-${id}">
      ${this.trial?.shapes[place] === undefined ? nothing : html`<span class="shape">${this.trial.shapes[place]}</span>`}
      ${this.trial === null ? nothing : html`<span class="soft">${outcome(place, rule, this.trial)}</span>`}
      ${faults.map((fault) => html`<span class="wrong" role="alert">${fault}</span>`)}
    </p>`;
  }

  #proposal(proposal: Proposal): TemplateResult {
    const { words, times } = proposal;
    return html`<p class="proposed">
      <span class="soft">${originOf(proposal)}:</span>
      ${words.map((word, i) => html`<button type="button" class="quiet" aria-label="Add ${word}" @click=${() => this.#take(proposal, [word])}>+ ${word} <span class="soft">${times[i]}×</span></button>`)}
      ${words.length < 2 ? nothing : html`<button type="button" class="quiet" @click=${() => this.#take(proposal, words)}>Add all</button>`}
    </p>`;
  }
}

/** Say where proposed words come from. */
function originOf({ origin, kind }: Proposal): string {
  if (kind === "shape") return origin === "meaning" ? "What looks like its examples" : "What looks like what you marked";
  if (origin === "meaning") return kind === "number" ? "Units in its meaning" : "Named in its meaning";
  if (kind === "number") return "Units that you marked";
  return kind === "after" ? "Often before it" : "You marked";
}

/** A line in a label's colour, as under its marks. */
function swatch(colour: string): HTMLElement {
  const line = document.createElement("span");
  line.className = "swatch";
  line.style.setProperty("--colour", colour);
  return line;
}

customElements.define("rules-form", RulesForm);
