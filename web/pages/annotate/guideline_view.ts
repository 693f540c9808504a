/** `<guideline-view>`: what the labels mean, the guideline, and what reviewers decided and why. */

import { html, nothing, type TemplateResult } from "lit";
import type { Label } from "textwright";
import { colourOf } from "../../components/drawing.js";
import { get } from "./api.js";
import { markdownView } from "./markdown_view.js";
import { View, when } from "./view.js";

interface Note {
  readonly number: number;
  readonly text: string;
  readonly reason: string;
  readonly by: string;
  readonly at: string;
  readonly labels: readonly string[];
}

class GuidelineView extends View {
  static override properties = { ...View.properties, notes: { state: true } };

  declare notes: readonly Note[];

  constructor() {
    super();
    this.notes = [];
  }

  protected override async load(): Promise<void> {
    this.notes = (await get<{ notes: Note[] }>("api/notes")).notes;
  }

  protected override render(): TemplateResult {
    const { guideline } = this.project;
    const { schema } = this.desk;
    return html`
      <h1>Guideline</h1>
      ${this.faultView()} ${this.#notes()}
      ${guideline.trim() === "" ? nothing : html`<div class="prose">${markdownView(guideline, 2)}</div>`}
      ${schema.labels.length === 0 ? nothing : html`<h2>Labels</h2>${labelList(schema.labels, (name) => colourOf(name, schema))}`}
      ${schema.tasks.map(({ name, meaning, labels }) => html`<h2>${name}</h2><p>${meaning}</p>${labelList(labels)}`)}
    `;
  }

  #notes(): TemplateResult | typeof nothing {
    if (this.notes.length === 0) return nothing;
    return html`<details class="notes" open>
      <summary>Decided in reviews <span class="badge">${this.notes.length}</span></summary>
      <ul>
        ${this.notes.map(
          ({ number, text, reason, by, at, labels }) =>
            html`<li><p>${reason}</p><p class="quiet">${labels.join(", ")} · <a href="#/text/${number}"><bdi>${text}</bdi></a> · ${by}, ${when(at)}</p></li>`,
        )}
      </ul>
    </details>`;
  }
}

function labelList(labels: readonly Label[], colour?: (name: string) => string): TemplateResult {
  return html`<dl class="meanings">
    ${labels.map(
      ({ name, meaning, key }) => html`<div>
        <dt>${colour === undefined ? nothing : swatch(colour(name))}${name}${key === undefined ? nothing : html` <kbd>${key}</kbd>`}</dt>
        <dd>${meaning}</dd>
      </div>`,
    )}
  </dl>`;
}

/** A line in a label's colour, as under its spans. */
function swatch(colour: string): HTMLElement {
  const line = document.createElement("span");
  line.className = "swatch";
  line.style.setProperty("--colour", colour);
  return line;
}

customElements.define("guideline-view", GuidelineView);
