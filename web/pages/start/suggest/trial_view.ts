/** `<trial-view>`: ten texts with what is suggested for them, and how many of all texts get something. */

import { html, LitElement, nothing, type TemplateResult } from "lit";
import { offsetsOf, type Schema, type Span } from "textwright";
import { draw } from "../../../components/drawing.js";
import { categoriesView } from "../../annotate/view.js";
import type { Part } from "../step_view.js";
import type { Seen, Show, TrialData } from "./data.js";

const SHOWS: Readonly<Record<Show, string>> = { any: "any texts", found: "texts with a mark", nothing: "texts without a mark" };

export class TrialView extends LitElement {
  static override properties = { trial: { attribute: false }, schema: { attribute: false }, show: { attribute: false }, choosable: { attribute: false }, aside: { attribute: false } };
  declare trial: TrialData | null;
  declare schema: Schema;
  declare show: Show;
  declare choosable: boolean;
  /** How many texts are set aside for the test. */
  declare aside: number;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  #ask(show: Show, skip: number): void {
    this.dispatchEvent(new CustomEvent("texts-wanted", { detail: { show, skip } }));
  }

  protected override render(): TemplateResult {
    const { trial } = this;
    return html`<section class="card trial" aria-labelledby="trial-title">
      <h2 id="trial-title">On your texts</h2>
      <p class="soft" role="status">${trial === null ? "Trying it …" : counted(trial, this.aside)}</p>
      ${trial === null ? nothing : this.#controls(trial)}
      ${trial === null ? nothing : html`<ol class="seen">${trial.seen.map((seen) => this.#seen(seen))}</ol>`}
    </section>`;
  }

  #controls(trial: TrialData): Part {
    if (trial.of === 0 || trial.running) return nothing;
    return html`<p class="row">
      ${this.choosable ? this.#choice() : nothing}
      ${trial.tried > trial.seen.length || trial.of > trial.tried ? html`<button type="button" @click=${() => this.#ask(this.show, trial.following)}>Show others</button>` : nothing}
    </p>`;
  }

  #choice(): TemplateResult {
    return html`<label>Show
      <select @change=${(event: Event) => this.#ask((event.target as HTMLSelectElement).value as Show, 0)}>
        ${Object.entries(SHOWS).map(([show, words]) => html`<option value=${show} ?selected=${show === this.show}>${words}</option>`)}
      </select>
    </label>`;
  }

  #seen({ text, spans, categories, problem }: Seen): TemplateResult {
    const { toUnits } = offsetsOf(text);
    const placed: Span[] = spans.map(({ start, end, label }) => ({ start: toUnits(start), end: toUnits(end), label }));
    return html`<li>
      ${draw(text, { spans: placed, categories: null }, this.schema)} ${categoriesView(categories)}
      ${problem === null ? nothing : html`<p class="fault">${problem}</p>`}
    </li>`;
  }
}

/** Say how many texts get something. */
function counted({ running, tried, found, failed, of }: TrialData, aside: number): string {
  if (running) return `The language model reads ten texts: ${tried} so far …`;
  if (of === 0) return "There are no texts yet: bring some first.";
  const which = tried < of ? `the ${tried} of ${of} texts that were tried` : tried === 1 ? "your one text" : `${tried} texts`;
  if (tried > 0 && failed === tried) return "It gave no answer.";
  const said = found === 0 ? `Nothing is marked in ${which}.` : `Something is marked in ${found} of ${which}.`;
  const lacking = failed === 0 ? "" : ` ${failed} got no answer.`;
  return `${said}${lacking}${aside === 0 ? "" : ` The ${aside} texts set aside for the test are not shown.`}`;
}

customElements.define("trial-view", TrialView);
