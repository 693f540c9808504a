/** The guideline, what each label means, and what reviewers noted when they decided. */

import { html, nothing, type TemplateResult } from "lit";
import type { Label } from "textwright";
import { coloured } from "../../components/annotator/coloured.js";
import { colourOf } from "../../components/drawing.js";
import { get } from "./api.js";
import { markdownView } from "./markdown_view.js";
import { type Part, View } from "./view.js";

interface Note {
  readonly number: number;
  readonly text: string;
  readonly reason: string;
  readonly by: string;
  readonly labels: readonly string[];
}

export class GuidelineView extends View {
  #notes: readonly Note[] = [];

  protected override async load(): Promise<void> {
    this.#notes = (await get<{ notes: Note[] }>("api/notes")).notes;
  }

  protected override render(): Part {
    const { project, schema } = this.desk;
    if (project === null) return nothing;
    return html`
      <h1>Guideline</h1>
      ${this.faultView()}
      ${project.guideline === "" ? nothing : html`<article class="card prose">${markdownView(project.guideline, 2)}</article>`}
      ${schema.labels.length === 0 ? nothing : this.meanings("Labels", schema.labels)}
      ${schema.tasks.map(({ name, labels }) => this.meanings(name, labels))} ${this.notes()}
    `;
  }

  private meanings(title: string, labels: readonly Label[]): TemplateResult {
    return html`<section class="card">
      <h2>${title}</h2>
      <dl class="meanings">
        ${labels.map(({ name, meaning }) => html`<div><dt><span class="swatch" ${coloured(colourOf(name, this.desk.schema))}>${name}</span></dt><dd>${meaning}</dd></div>`)}
      </dl>
    </section>`;
  }

  private notes(): Part {
    if (this.#notes.length === 0) return nothing;
    return html`<section class="card">
      <h2>Notes from decisions</h2>
      <ul class="notes">
        ${this.#notes.map(
          ({ number, text, reason, by, labels }) => html`<li>
            <p>${reason}</p>
            <p class="soft"><a href="#/text/${number}">${text.length > 90 ? `${text.slice(0, 90)}…` : text}</a> · ${[by, ...labels].join(" · ")}</p>
          </li>`,
        )}
      </ul>
    </section>`;
  }
}
