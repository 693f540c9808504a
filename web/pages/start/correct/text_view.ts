/** The annotation page's view of a text, inside the step; its end leads on to the next step. */

import { html, nothing, type TemplateResult } from "lit";
import { AnnotateView, saveState } from "../../annotate/annotate_view.js";
import type { Part } from "../../annotate/view.js";

const TOUCHED = matchMedia("(pointer: coarse)").matches;

export class TextView extends AnnotateView {
  protected override heading(): Part {
    return html`<h2 class="visually-hidden">The text</h2>
      ${this.#lacksLabels && this.desk.shown !== null
        ? html`<p class="aside" role="status">Nothing is looked for yet. <a href="#/look_for">Say what you look for</a> first, or name a label below.</p>`
        : nothing}`;
  }

  /** How far the work is stands beside the text; here is how it is done, and whether it is saved. */
  protected override bar(): TemplateResult {
    return html`<div class="bar">
      <p class="how soft">${this.desk.shown === null ? "" : this.#how}</p>
      ${saveState(this.desk)} ${TOUCHED || this.desk.shown === null ? nothing : this.#keys()}
    </div>`;
  }

  get #lacksLabels(): boolean {
    const { labels, tasks } = this.desk.schema;
    return labels.length + tasks.length === 0;
  }

  #keys(): TemplateResult {
    const help = (): boolean => this.dispatchEvent(new CustomEvent("annotator-help", { bubbles: true }));
    return html`<button type="button" aria-keyshortcuts="?" @click=${help}>All keys</button>`;
  }

  get #how(): string {
    const { labels, tasks } = this.desk.schema;
    if (labels.length === 0 && tasks.length > 0) return TOUCHED ? "Tap an answer, then Accept." : "Press the key of an answer, then Enter.";
    if (TOUCHED) return "Tap a word, or draw over several. Tap a label, then Accept.";
    return "Choose words with the arrow keys or the mouse, press a label's key, then Enter.";
  }

  /** The names of texts that were pasted say nothing. */
  protected override nameOf(): string {
    const { status } = this.desk.queue.current ?? { status: "new" };
    return status === "new" || status === "begun" ? `Text ${this.desk.done + 1}` : "An earlier text";
  }

  protected override ways(): Part {
    if (this.desk.project?.total === 0) return html`<a class="button main" href="#/bring">Bring texts</a>`;
    return html`<a class="button main" href="#/judge">Judge</a> <a class="button" href="annotate.html#/texts">See all texts</a>`;
  }

  protected override takings(): Part {
    return nothing;
  }
}
