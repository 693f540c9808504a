/** All texts: search, filters, and a way to each. */

import { html, nothing, type TemplateResult } from "lit";
import { draw } from "../../components/drawing.js";
import { get } from "./api.js";
import type { Found, Row } from "./data.js";
import { categoriesView, type Part, stateOf, View } from "./view.js";

interface Answer {
  readonly texts: readonly Row[];
  readonly more: boolean;
}

const FIELDS = ["query", "label", "annotator", "status", "flagged", "disagreement"];
const PAUSE = 200;
const STATUSES: Readonly<Record<string, string>> = { new: "new", begun: "begun", done: "handed in", skipped: "skipped" };

export class TextsView extends View {
  #rows: readonly Row[] = [];
  #more = false;
  #isLoading = true;
  #turn = 0;
  #timer = 0;
  #filter = new URLSearchParams();

  protected override async load(): Promise<void> {
    await this.search();
  }

  private async search(after = 0): Promise<void> {
    const mine = ++this.#turn;
    const query = new URLSearchParams(this.#filter);
    query.set("limit", "50");
    if (after > 0) query.set("after", String(after));
    this.#isLoading = true;
    try {
      const found = await get<Answer>(`api/texts?${query}`);
      if (mine !== this.#turn) return;
      this.#rows = after > 0 ? [...this.#rows, ...found.texts] : found.texts;
      this.#more = found.more;
    } finally {
      if (mine === this.#turn) this.#isLoading = false;
    }
  }

  protected override render(): Part {
    const { schema, progress } = this.desk;
    const labels = [...new Set([...schema.labels, ...schema.tasks.flatMap((task) => task.labels)].map(({ name }) => name))];
    const names = (progress?.annotators ?? []).map(({ name }) => name);
    return html`
      <h1>Texts</h1>
      <form class="filters card" role="search" @submit=${(event: Event) => event.preventDefault()} @input=${(event: Event) => this.changed(event)}>
        <label class="wide">Search <input type="search" name="query" placeholder="Words in the text" autocomplete="off" maxlength="200" /></label>
        ${select("label", "Label", labels.map((name) => [name, name]))}
        ${select("annotator", "Annotator", names.map((name) => [name, name]))}
        ${select("status", "Status", Object.entries(STATUSES))}
        <label class="tick"><input type="checkbox" name="flagged" value="true" /> Flagged</label>
        <label class="tick"><input type="checkbox" name="disagreement" value="true" /> Differing</label>
      </form>
      ${this.faultView()}
      <p class="soft" role="status">${this.inWords()}</p>
      <ol class="rows">
        ${this.#rows.map((row) => this.row(row))}
      </ol>
      ${this.#more ? html`<button type="button" @click=${() => this.attempt(() => this.search(this.#rows.at(-1)?.number ?? 0))}>Show more</button>` : nothing}
    `;
  }

  private changed(event: Event): void {
    const form = event.currentTarget as HTMLFormElement;
    const values = [...new FormData(form)].map(([name, value]) => [name, String(value).trim()]);
    this.#filter = new URLSearchParams(values.filter(([name, value]) => FIELDS.includes(name ?? "") && value !== ""));
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.attempt(() => this.search()), PAUSE);
  }

  private inWords(): string {
    if (this.#isLoading && this.#rows.length === 0) return "Searching …";
    if (this.#rows.length === 0) return [...this.#filter.keys()].length > 0 ? "No text is like that." : "There are no texts yet.";
    const number = this.#rows.length.toLocaleString("en");
    return this.#more ? `The first ${number} texts` : `${number} text${this.#rows.length === 1 ? "" : "s"}`;
  }

  private row({ number, id, text, annotations, decided }: Row): TemplateResult {
    return html`<li>
      <div class="row-head">
        <a href="#/text/${number}">${id === "" ? `Text ${number}` : id}</a>
        ${decided ? html`<span class="badge done">decided</span>` : nothing}
      </div>
      ${annotations.length === 0 ? this.drawn(text, null) : annotations.map((each) => this.drawn(text, each))}
    </li>`;
  }

  private drawn(text: string, found: Found | null): TemplateResult {
    const { spans, categories } = stateOf(text, found?.spans ?? [], found?.categories ?? []);
    return html`<div class="small">
      ${draw(text, { spans, categories: null }, this.desk.schema)} ${categoriesView(categories)}
      ${found === null
        ? nothing
        : html`<p class="soft">
            ${found.annotator} · ${STATUSES[found.status]}${found.flagged ? html` · <span class="flag">flagged</span>` : nothing}${found.note === ""
              ? nothing
              : html` · <q>${found.note}</q>`}
          </p>`}
    </div>`;
  }
}

function select(name: string, title: string, options: readonly (readonly [string, string])[]): Part {
  if (options.length === 0) return nothing;
  return html`<label>${title}
    <select name=${name}>
      <option value="">any</option>
      ${options.map(([value, words]) => html`<option value=${value}>${words}</option>`)}
    </select>
  </label>`;
}
