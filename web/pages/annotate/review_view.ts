/** `<review-view>`: what annotators see differently, side by side; one key takes a side, or a third is made. */

import { html, nothing, type TemplateResult } from "lit";
import { type SpanAnnotator, type State, stateFromData, stateToData } from "../../components/annotator/index.js";
import { ApiError, get, send } from "./api.js";
import { type Decision, type Disagreement, newKey, type Side } from "./data.js";
import { count } from "../shared/counted.js";
import { categoriesView, View, when } from "./view.js";

interface Found {
  readonly texts: readonly Disagreement[];
  readonly more: boolean;
  readonly left: number;
}

const THIRD = "third";
type Chosen = number | typeof THIRD | null;

class ReviewView extends View {
  static override properties = {
    ...View.properties,
    found: { state: true },
    place: { state: true },
    decided: { state: true },
    chosen: { state: true },
    third: { state: true },
    saved: { state: true },
  };

  declare found: Found | null;
  declare place: number;
  declare decided: boolean;
  declare chosen: Chosen;
  declare third: State | null;
  declare saved: string;
  #known = 0;
  readonly #pressed = (event: KeyboardEvent): void => this.#press(event);

  constructor() {
    super();
    this.found = null;
    this.place = 0;
    this.decided = false;
    this.chosen = null;
    this.third = null;
    this.saved = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("keydown", this.#pressed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("keydown", this.#pressed);
  }

  get #text(): Disagreement | undefined {
    return this.found?.texts[this.place];
  }

  protected override async load(): Promise<void> {
    await this.#read(0);
  }

  async #read(after: number): Promise<void> {
    await this.attempt(async () => {
      this.found = await get<Found>(`api/disagreements?after=${after}&decided=${this.decided}`);
      this.#show(0);
    });
  }

  /** Show a text of those that were read. */
  #show(place: number): void {
    this.place = place;
    this.third = null;
    const decision = this.#text?.decision ?? null;
    this.#known = decision?.id ?? 0;
    this.chosen = decision === null ? null : this.#sideOf(decision);
    void this.updateComplete.then(() => {
      const field = this.querySelector("textarea");
      if (field !== null) field.value = decision?.reason ?? "";
      this.querySelector<HTMLElement>(".review")?.focus();
    });
  }

  #sideOf({ took, spans, categories }: Decision): Chosen {
    const text = this.#text as Disagreement;
    const place = text.sides.findIndex(({ annotator }) => annotator === took);
    if (place >= 0) return place;
    this.third = stateFromData(text.text, { spans, categories });
    return THIRD;
  }

  #press(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || this.#text === undefined) return;
    if (target.closest("textarea")) return void (event.key === "Enter" && !event.shiftKey && this.#stop(event, () => this.#save()));
    if (target.closest("[data-third], input, select, a, button, dialog")) return;
    const side = Number(event.key) - 1;
    if (Number.isInteger(side) && side in this.#text.sides) this.#stop(event, () => this.#take(side));
    else if (event.key === "e") this.#stop(event, () => this.#edit());
    else if (event.key === "Enter") this.#stop(event, () => this.#save());
    else if (event.key === "ArrowRight") this.#stop(event, () => this.#go(1));
    else if (event.key === "ArrowLeft") this.#stop(event, () => this.#go(-1));
  }

  #stop(event: KeyboardEvent, step: () => void): void {
    event.preventDefault();
    step();
  }

  #take(side: number): void {
    this.chosen = side;
    this.third = null;
    this.querySelector("textarea")?.focus();
  }

  /** Make a third from the side that is taken, or else the first. */
  #edit(): void {
    const { text, sides } = this.#text as Disagreement;
    const side = sides[typeof this.chosen === "number" ? this.chosen : 0] as Side;
    this.third ??= stateFromData(text, { spans: side.spans, categories: side.categories });
    this.chosen = THIRD;
    void this.updateComplete.then(async () => {
      const editor = this.querySelector<SpanAnnotator>("[data-third]");
      await editor?.updateComplete;
      editor?.focusText();
    });
  }

  #go(steps: number): void {
    const place = this.place + steps;
    const texts = this.found?.texts ?? [];
    if (place in texts) this.#show(place);
    else if (steps > 0 && this.found?.more === true) void this.#read(texts.at(-1)?.number ?? 0);
  }

  async #save(): Promise<void> {
    const text = this.#text;
    if (text === undefined || this.chosen === null) {
      return await this.attempt(() => {
        throw new Error("take a side first: press its number, or e to make a third");
      });
    }
    const side = typeof this.chosen === "number" ? (text.sides[this.chosen] as Side) : null;
    const { spans, categories } = side ?? stateToData(text.text, this.#third());
    const reason = this.querySelector("textarea")?.value.trim() ?? "";
    const body = { key: newKey(), text: text.number, base: this.#known, took: side?.annotator ?? null, spans, categories, reason };
    await this.attempt(() => this.#send(body));
    if (this.fault === "") await this.#next();
  }

  #third(): State {
    return this.querySelector<SpanAnnotator>("[data-third]")?.state ?? (this.third as State);
  }

  /** Send a decision. Where somebody else decided meanwhile, the next try knows that. */
  async #send(body: object): Promise<void> {
    try {
      await send("POST", "api/decisions", body);
    } catch (error) {
      const latest = error instanceof ApiError ? (error.document["decision"] as Decision | null | undefined) : undefined;
      if (latest === null || latest === undefined) throw error;
      this.#known = latest.id;
      const side = latest.took ?? "a third";
      throw new Error(`${latest.by} decided meanwhile, for ${side}: “${latest.reason}”. Save again to decide otherwise.`);
    }
  }

  async #next(): Promise<void> {
    this.saved = "Saved";
    const found = this.found as Found;
    if (this.decided) return this.#go(1);
    const texts = found.texts.filter((_, place) => place !== this.place);
    this.found = { ...found, texts, left: Math.max(0, found.left - 1) };
    if (texts.length === 0 && found.more) return await this.#read(0);
    this.#show(Math.min(this.place, Math.max(0, texts.length - 1)));
  }

  async #choose(decided: boolean): Promise<void> {
    this.decided = decided;
    this.saved = "";
    await this.#read(0);
  }

  // --- drawing ------------------------------------------------------------------------------

  protected override render(): TemplateResult {
    return html`
      <div class="view-head">
        <h1>Review</h1>
        <div class="choice" role="group" aria-label="Which texts">
          <button type="button" aria-pressed=${!this.decided} @click=${() => this.#choose(false)}>To decide</button>
          <button type="button" aria-pressed=${this.decided} @click=${() => this.#choose(true)}>Decided</button>
        </div>
        <p class="quiet" role="status">${this.#summary()}</p>
      </div>
      ${this.faultView()} ${this.#text === undefined ? this.#nothing() : this.#review(this.#text)}
    `;
  }

  #summary(): string {
    if (this.found === null) return this.fault === "" ? "Reading …" : "";
    return [`${count(this.found.left)} left to decide`, this.saved].filter((part) => part !== "").join(" · ");
  }

  #nothing(): TemplateResult | typeof nothing {
    if (this.found === null) return nothing;
    if (this.decided) return html`<p class="empty">Nothing is decided yet.</p>`;
    if (this.project.people < 2) return html`<p class="empty">Each text goes to one annotator, so nobody can differ. Begin with <code>--people 2</code> to give each to two.</p>`;
    return html`<p class="empty">No text to decide: where all have handed in, they agree or it is decided.</p>`;
  }

  #review(text: Disagreement): TemplateResult {
    return html`<section class="review" tabindex="-1" aria-label="Text ${text.id}">
      <ol class="sides">
        ${text.sides.map((side, place) => this.#side(text, side, place))}
      </ol>
      ${this.chosen === THIRD ? this.#editor(text) : nothing}
      <label class="reason">
        Why (goes into the notes of the guideline)
        <textarea rows="2" maxlength="2000"></textarea>
      </label>
      <div class="row">
        <button type="button" class="main" @click=${() => this.#save()}>Save and go on <kbd>Enter</kbd></button>
        <button type="button" @click=${() => this.#edit()}>Make a third <kbd>e</kbd></button>
        <button type="button" @click=${() => this.#go(-1)}>Before <kbd>←</kbd></button>
        <button type="button" @click=${() => this.#go(1)}>Next <kbd>→</kbd></button>
        ${text.decision === null ? nothing : html`<span class="quiet">decided by ${text.decision.by}, ${when(text.decision.at)}</span>`}
      </div>
    </section>`;
  }

  #side(text: Disagreement, side: Side, place: number): TemplateResult {
    const taken = this.chosen === place;
    return html`<li class="card side" ?data-taken=${taken}>
      <button type="button" aria-pressed=${taken} @click=${() => this.#take(place)}><kbd>${place + 1}</kbd> ${side.annotator}</button>
      <span-annotator
        readonly
        compact
        .text=${text.text}
        .textId=${`${text.id} by ${side.annotator}`}
        .schema=${this.desk.schema}
        .initial=${stateFromData(text.text, { spans: side.spans, categories: side.categories })}
      ></span-annotator>
      ${categoriesView(side.categories)}
      <p class="only">${onlyHere(text, side).map((each) => html`<span class="badge warn">only here: ${each}</span>`)}</p>
      ${side.note === "" ? nothing : html`<p class="remark">${side.note}</p>`}
    </li>`;
  }

  #editor(text: Disagreement): TemplateResult {
    return html`<div class="card third">
      <h2>A third</h2>
      <span-annotator
        data-third
        compact
        .text=${text.text}
        .textId=${text.id}
        .schema=${this.desk.schema}
        .initial=${this.third}
        @annotator-accept=${() => this.querySelector("textarea")?.focus()}
      ></span-annotator>
    </div>`;
  }
}

/** Name what one side has and not every other. */
function onlyHere({ text, sides }: Disagreement, side: Side): string[] {
  const others = sides.filter((other) => other !== side).map((other) => new Set(thingsOf(text, other)));
  return thingsOf(text, side).filter((thing) => others.some((things) => !things.has(thing))).map((thing) => thing.split("\0")[0] as string);
}

/** Name each span and category; behind a NUL stands the place, since two spans may read alike. */
function thingsOf(text: string, { spans, categories }: Side): string[] {
  const points = [...text];
  const named = spans.map(({ start, end, label }) => `${label} “${points.slice(start, end).join("")}”\0${start}`);
  return [...named, ...categories.map(({ task, label }) => `${task}: ${label}`)];
}

customElements.define("review-view", ReviewView);
