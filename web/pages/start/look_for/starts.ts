/** `<look-for-starts>`: labels and questions of examples and packs, taken over by one click. */

import { html, nothing, type TemplateResult } from "lit";
import type { Part } from "../step_view.js";
import type { StartData } from "./data.js";
import { Piece } from "./piece.js";

const NAMED = 6;

class StartsPiece extends Piece {
  static override properties = { ...Piece.properties, fitting: { attribute: false } };
  /** Whether it shows what was made for these texts, or the others. */
  declare fitting: boolean;

  protected override render(): Part {
    const starts = (this.step.data?.starts ?? []).filter(({ fits }) => fits === this.fitting);
    if (starts.length === 0) return nothing;
    if (this.fitting) return html`<div class="card">${starts.map((each) => this.#start(each))}${this.faultView()}</div>`;
    return html`<details class="begin">
      <summary><h2>Start from an example</h2></summary>
      ${this.faultView()}
      <ul class="things">${starts.map((each) => html`<li class="card">${this.#start(each)}</li>`)}</ul>
    </details>`;
  }

  #start({ name, title, labels, tasks, fits }: StartData): TemplateResult {
    const names = [...labels, ...tasks];
    const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : "";
    return html`<div class="thing">
      <p><b>${title}</b> <span class="soft">${names.slice(0, NAMED).join(", ")}${more}</span></p>
      <button type="button" class=${fits ? "tools main" : "tools"} @click=${() => void this.#take(name, title)}>Take these<span class="visually-hidden">: ${title}</span></button>
    </div>`;
  }

  async #take(name: string, title: string): Promise<void> {
    if (await this.ask("start", { name }, `Took the labels of ${title}.`)) this.step.querySelector<HTMLElement>("look-for-labels h2")?.focus();
  }
}

customElements.define("look-for-starts", StartsPiece);
