/** Settle what annotators said differently: take a side with one key, or make a third. */

import { html, nothing, type TemplateResult } from "lit";
import type { Category, Span } from "textwright";
import type { SpanAnnotator } from "../../components/annotator/index.js";
import { stateToData } from "../../components/annotator/wire.js";
import { ApiError, get, send } from "./api.js";
import { type Decision, type Disagreement, newKey, type Side } from "./data.js";
import { exportView } from "./export_view.js";
import { keysOf } from "./keys.js";
import { counted } from "./pace.js";
import { categoriesView, type Part, stateOf, View } from "./view.js";

interface Answer {
  readonly texts: readonly Disagreement[];
  readonly more: boolean;
  readonly left: number;
}

export class ReviewView extends View {
  #texts: readonly Disagreement[] = [];
  #place = 0;
  #left = 0;
  #more = false;
  #decided = false;
  #took: number | null = null;
  #editing = false;
  #isLoading = true;
  #isSaving = false;
  #turn = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("keydown", this.#pressed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("keydown", this.#pressed);
  }

  protected override async load(): Promise<void> {
    await this.fetchFrom(0);
  }

  private async fetchFrom(after: number): Promise<void> {
    const mine = ++this.#turn;
    this.#isLoading = true;
    const found = await get<Answer>(`api/disagreements?after=${after}&limit=20&decided=${this.#decided}`);
    if (mine !== this.#turn) return;
    [this.#texts, this.#more, this.#left] = [found.texts, found.more, found.left];
    this.#isLoading = false;
    this.bring(0);
  }

  private get current(): Disagreement | null {
    return this.#texts[this.#place] ?? null;
  }

  private bring(place: number): void {
    this.#place = place;
    this.#editing = false;
    const took = this.current?.decision?.took;
    const found = this.current?.sides.findIndex(({ annotator }) => annotator === took) ?? -1;
    this.#took = found < 0 ? null : found;
    const reason = this.querySelector<HTMLInputElement>("input[name=reason]");
    if (reason !== null) reason.value = this.current?.decision?.reason ?? "";
    this.requestUpdate();
  }

  protected override render(): Part {
    return html`
      <div class="view-head">
        <h1>Review</h1>
        <div class="row" role="group" aria-label="Which texts">
          <button type="button" aria-pressed=${String(!this.#decided)} @click=${() => this.which(false)}>To decide</button>
          <button type="button" aria-pressed=${String(this.#decided)} @click=${() => this.which(true)}>Decided</button>
        </div>
      </div>
      ${this.faultView()} ${this.current === null ? this.nothingLeft() : this.text(this.current)}
    `;
  }

  private which(decided: boolean): void {
    this.#decided = decided;
    void this.attempt(() => this.fetchFrom(0));
  }

  private nothingLeft(): TemplateResult {
    if (this.#isLoading) return html`<p class="soft" role="status">Fetching texts …</p>`;
    return html`<div class="end card">
      <h2>${this.#decided ? "Nothing is decided yet" : "Nothing is left to decide"}</h2>
      <p>Texts come here when everybody who shall annotate them has handed them in and the answers differ.</p>
      ${exportView()}
    </div>`;
  }

  private text({ number, id, text, sides, decision }: Disagreement): TemplateResult {
    return html`
      <p class="about">
        <span>${id === "" ? `Text ${number}` : id}</span>
        <span class="soft">${this.#decided ? "" : counted(this.#left, "text")}${this.#decided ? "" : " to decide"}</span>
        ${decision === null ? nothing : html`<span class="badge done">decided by ${decision.by}: ${decision.took ?? "a third version"}</span>`}
      </p>
      <div class="sides">${sides.map((side, i) => this.side(text, side, i, sides))}</div>
      ${this.#editing ? this.editor(number, text, sides, decision) : nothing}
      <form class="card decide" @submit=${(event: Event) => this.decide(event)}>
        <label class="wide">Reason <input name="reason" maxlength="2000" autocomplete="off" placeholder="Becomes a note to the guideline" .defaultValue=${decision?.reason ?? ""} /></label>
        <div class="row">
          <button type="button" aria-pressed=${String(this.#editing)} @click=${() => this.edit()}><kbd>e</kbd> Make a third</button>
          <button type="submit" class="main" ?disabled=${this.#isSaving || (this.#took === null && !this.#editing)}><kbd>Enter</kbd> Decide</button>
          <button type="button" @click=${() => this.attempt(() => this.goOn())}>Later</button>
        </div>
      </form>
    `;
  }

  private side(text: string, side: Side, place: number, sides: readonly Side[]): TemplateResult {
    const isTaken = !this.#editing && this.#took === place;
    const own = [...side.spans.filter((span) => !inAll(span, sides)).map((span) => spanInWords(text, span))];
    const shown = stateOf(text, side.spans, side.categories);
    return html`<section class="side ${isTaken ? "taken" : ""}" aria-label="Side ${place + 1}: ${side.annotator}">
      <button type="button" class="take" aria-pressed=${String(isTaken)} @click=${() => this.take(place)}><kbd>${place + 1}</kbd> ${side.annotator}</button>
      <span-annotator .readOnly=${true} .compact=${true} .text=${text} .textId="${side.annotator} ${text}" .schema=${this.desk.schema} .initial=${shown}></span-annotator>
      ${categoriesView(side.categories, (each) => !categoryInAll(each, sides))}
      ${own.length === 0
        ? html`<p class="soft">No span of its own.</p>`
        : html`<ul class="differs" aria-label="Only here, or not everywhere">${own.map((words) => html`<li>${words}</li>`)}</ul>`}
      ${side.note === "" ? nothing : html`<p class="said">${side.note}</p>`}
    </section>`;
  }

  private editor(number: number, text: string, sides: readonly Side[], decision: Decision | null): TemplateResult {
    const from = this.#took === null ? (decision ?? sides[0]) : sides[this.#took];
    const initial = this.#initial?.number === number ? this.#initial.state : stateOf(text, from?.spans ?? [], from?.categories ?? []);
    this.#initial = { number, state: initial };
    return html`<section class="third" aria-label="A third version">
      <span-annotator
        .text=${text}
        .textId="${number} third"
        .schema=${this.desk.schema}
        .initial=${initial}
        .keys=${keysOf(this.desk)}
        @annotator-accept=${(event: Event) => this.decide(event)}
      ></span-annotator>
    </section>`;
  }

  #initial: { readonly number: number; readonly state: ReturnType<typeof stateOf> } | null = null;

  private take(place: number): void {
    if (place >= (this.current?.sides.length ?? 0)) return;
    this.#took = place;
    this.#editing = false;
    this.requestUpdate();
  }

  private edit(): void {
    this.#editing = !this.#editing;
    this.#initial = null;
    this.requestUpdate();
    void this.updateComplete.then(async () => {
      const element = this.querySelector<SpanAnnotator>(".third span-annotator");
      await element?.updateComplete;
      element?.focusText();
    });
  }

  /** Digits and `e` act anywhere but in a field and in the editor, which has keys of its own. */
  readonly #pressed = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || this.current === null) return;
    if (target.closest("input, select, textarea, .third, dialog") !== null) return;
    if (/^[1-9]$/.test(event.key)) this.take(Number(event.key) - 1);
    else if (event.key === "e") this.edit();
    else if (event.key === "Enter" && target.closest("a, button:not(.take)") === null) this.decide(event);
    else return;
    event.preventDefault();
  };

  private decide(event: Event): void {
    event.preventDefault();
    const text = this.current;
    if (text === null || this.#isSaving || (this.#took === null && !this.#editing)) return;
    this.#isSaving = true;
    void this.attempt(async () => {
      try {
        await send("POST", "api/decisions", { key: newKey(), text: text.number, base: text.decision?.id ?? 0, ...this.said(text) });
        await this.goOn(true);
      } catch (error) {
        if (error instanceof ApiError && error.kind === "decided_elsewhere") this.elsewhere(text, error);
        throw error;
      } finally {
        this.#isSaving = false;
      }
    });
  }

  private said(text: Disagreement): object {
    const reason = this.querySelector<HTMLInputElement>("input[name=reason]")?.value.trim() ?? "";
    const element = this.querySelector<SpanAnnotator>(".third span-annotator");
    if (this.#editing && element !== null) {
      element.acceptAll();
      const { spans, categories } = stateToData(text.text, element.state);
      return { took: null, ...this.layers(spans, categories), reason };
    }
    const side = text.sides[this.#took ?? 0] as Side;
    return { took: side.annotator, ...this.layers(side.spans, side.categories), reason };
  }

  private layers(spans: readonly Span[], categories: readonly Category[]): object {
    const { labels, tasks, open } = this.desk.schema;
    return { ...((labels.length > 0 || open) && { spans }), ...((tasks.length > 0 || open) && { categories }) };
  }

  /** Somebody decided first: show what, and let this reviewer decide anew. */
  private elsewhere({ number }: Disagreement, error: ApiError): void {
    const decision = (error.document["decision"] ?? null) as Decision | null;
    this.#texts = this.#texts.map((each) => (each.number === number ? { ...each, decision } : each));
  }

  private async goOn(isDecided = false): Promise<void> {
    if (isDecided && !this.#decided) this.#left = Math.max(0, this.#left - 1);
    if (this.#place + 1 < this.#texts.length) this.bring(this.#place + 1);
    else await this.fetchFrom(this.#more ? (this.current?.number ?? 0) : 0);
    this.querySelector<HTMLElement>(".take")?.focus();
  }
}

function inAll(span: Span, sides: readonly Side[]): boolean {
  return sides.every(({ spans }) => spans.some((each) => each.start === span.start && each.end === span.end && each.label === span.label));
}

function categoryInAll(category: Category, sides: readonly Side[]): boolean {
  return sides.every(({ categories }) => categories.some((each) => each.task === category.task && each.label === category.label));
}

function spanInWords(text: string, span: Span): TemplateResult {
  const words = [...text].slice(span.start, span.end).join("");
  return html`<b>${span.label}</b> <q>${words}</q>`;
}
