/** `<texts-view>`: find texts by what stands in them, who annotated them and how. */

import { html, nothing, type TemplateResult } from "lit";
import { offsetsOf, type Schema, type Span } from "textwright";
import { draw } from "../../components/drawing.js";
import { get } from "./api.js";
import type { Found, Row, Status } from "./data.js";
import { reviews, View } from "./view.js";

const STATUSES: Readonly<Record<Status, string>> = { new: "not begun", begun: "begun", done: "handed in", skipped: "skipped" };
const SHOWN_UNITS = 400;
const PAUSE = 200;

class TextsView extends View {
  static override properties = { ...View.properties, rows: { state: true }, more: { state: true }, busy: { state: true } };

  declare rows: readonly Row[];
  declare more: boolean;
  declare busy: boolean;
  #filters = new URLSearchParams();
  #turn = 0;
  #typed = 0;

  constructor() {
    super();
    this.rows = [];
    this.more = false;
    this.busy = true;
  }

  protected override async load(): Promise<void> {
    await this.#find();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#typed);
  }

  async #find(after = 0): Promise<void> {
    const mine = ++this.#turn;
    this.busy = true;
    await this.attempt(async () => {
      const asked = new URLSearchParams(this.#filters);
      asked.set("after", String(after));
      const found = await get<{ texts: Row[]; more: boolean }>(`api/texts?${asked}`);
      if (mine !== this.#turn) return;
      this.rows = after === 0 ? found.texts : [...this.rows, ...found.texts];
      this.more = found.more;
    });
    if (mine === this.#turn) this.busy = false;
  }

  #filter(event: Event): void {
    const form = event.currentTarget as HTMLFormElement;
    const values = [...new FormData(form)].map(([name, value]) => [name, String(value)] as [string, string]);
    this.#filters = new URLSearchParams(values.filter(([, value]) => value !== ""));
    clearTimeout(this.#typed);
    this.#typed = window.setTimeout(() => void this.#find(), PAUSE);
  }

  protected override render(): TemplateResult {
    return html`
      <h1>Texts</h1>
      ${this.#form()} ${this.faultView()}
      <p role="status" class="quiet">${this.#summary()}</p>
      <ol class="rows">${this.rows.map((row) => this.#row(row))}</ol>
      ${this.more ? html`<button type="button" @click=${() => this.#find(this.rows.at(-1)?.number)}>Show more</button>` : nothing}
    `;
  }

  #summary(): string {
    if (this.busy) return "Searching …";
    if (this.rows.length === 0) return "No text fits these filters.";
    return this.more ? `The first ${this.rows.length} that fit.` : `${this.rows.length} fit.`;
  }

  #form(): TemplateResult {
    const { schema } = this.desk;
    const labels = [...schema.labels, ...schema.tasks.flatMap((task) => task.labels)].map(({ name }) => name);
    return html`<form class="filters" role="search" @input=${this.#filter} @submit=${(event: Event) => event.preventDefault()}>
      <label>Text <input type="search" name="query" autocomplete="off" /></label>
      <label>Label <select name="label"><option value="">any</option>${[...new Set(labels)].map((name) => html`<option>${name}</option>`)}</select></label>
      <label>Status <select name="status"><option value="">any</option>${Object.entries(STATUSES).map(([value, words]) => html`<option value=${value}>${words}</option>`)}</select></label>
      ${reviews(this.project) ? html`<label>Annotator <input name="annotator" autocomplete="off" /></label>` : nothing}
      <label class="tick"><input type="checkbox" name="flagged" value="true" /> flagged</label>
      ${this.project.people > 1 ? html`<label class="tick"><input type="checkbox" name="disagreement" value="true" /> differing</label>` : nothing}
    </form>`;
  }

  #row(row: Row): TemplateResult {
    const first = row.annotations.find(({ spans }) => spans.length > 0) ?? row.annotations.find(({ status }) => status === "done");
    return html`<li>
      <a href="#/text/${row.number}">
        ${drawn(row.text, first?.spans ?? null, this.desk.schema)}
      </a>
      <p class="facts">
        <span class="quiet">${row.id}</span>
        ${row.annotations.length === 0 ? html`<span class="quiet">not annotated yet</span>` : nothing}
        ${row.annotations.map((each) => annotationFacts(each, this.project.people > 1 || reviews(this.project)))}
        ${row.decided ? html`<span class="badge good">decided</span>` : nothing}
      </p>
    </li>`;
  }
}

/** Draw the beginning of a text with the spans that lie in it; null: nobody has said that there are none. Offsets of the server count code points. */
function drawn(text: string, spans: readonly Span[] | null, schema: Schema): HTMLElement[] {
  const { toUnits } = offsetsOf(text);
  const units = spans?.map((span) => ({ ...span, start: toUnits(span.start), end: toUnits(span.end) })) ?? null;
  if (text.length <= SHOWN_UNITS) return draw(text, { spans: units, categories: null }, schema);
  const short = text.slice(0, SHOWN_UNITS).replace(/[\uD800-\uDBFF]$/, "");
  return draw(`${short} …`, { spans: units?.filter(({ end }) => end <= short.length) ?? null, categories: null }, schema);
}

function annotationFacts({ annotator, status, categories, note, flagged }: Found, named: boolean): TemplateResult {
  return html`<span class="badge ${status}">${named ? `${annotator}: ` : ""}${STATUSES[status]}</span>
    ${categories.map(({ task, label }) => html`<span class="badge">${task}: ${label}</span>`)}
    ${flagged ? html`<span class="badge warn">flagged</span>` : nothing}
    ${note === "" ? nothing : html`<span class="remark">${note}</span>`}`;
}

customElements.define("texts-view", TextsView);
