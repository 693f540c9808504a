/** Asks which of two versions of a text to keep; nothing is lost before a choice is made. */

import { html, nothing, type TemplateResult } from "lit";
import { initialFromData, stateFromData } from "../../components/annotator/wire.js";
import type { StateData, Task } from "./data.js";
import type { Conflict } from "./outbox.js";
import { categoriesView, type Part, View } from "./view.js";

export class ConflictDialog extends View {
  #task: Task | null = null;
  #asked = 0;

  protected override render(): Part {
    const conflict = this.conflict;
    if (conflict === undefined || this.task(conflict) === null) return nothing;
    return html`<dialog class="conflict" aria-labelledby="conflict-heading" @cancel=${(event: Event) => event.preventDefault()}>
      <h2 id="conflict-heading" tabindex="-1">This text was changed elsewhere</h2>
      <p>Another tab or device saved it first. Which version shall stand? The saved one stays in the text's history either way.</p>
      <div class="sides">
        ${this.side("The saved one", conflict.acts.at(-1)?.state ?? null, () => this.desk.keepTheirs(conflict.text), "Keep the saved one")}
        ${this.side("Yours, not saved yet", conflict.mine.state, () => this.desk.keepMine(conflict.text), "Keep mine")}
      </div>
    </dialog>`;
  }

  /** The heading has the focus, so that no key of somebody who annotates fast makes the choice. */
  protected override updated(): void {
    const dialog = this.querySelector("dialog");
    if (dialog === null || dialog.open) return;
    dialog.showModal();
    this.querySelector("h2")?.focus();
  }

  private get conflict(): Conflict | undefined {
    return this.desk.outbox?.conflicts.values().next().value;
  }

  /** The text may be one that this page has not at hand: it is fetched. */
  private task({ text }: Conflict): Task | null {
    const found = this.desk.queue.tasks.find(({ number }) => number === text) ?? (this.#task?.number === text ? this.#task : null);
    if (found === null && this.#asked !== text) {
      this.#asked = text;
      void this.desk.fetchText(text).then((task) => {
        this.#task = task;
        this.requestUpdate();
      });
    }
    return found;
  }

  private side(title: string, state: StateData | null, keep: () => void, words: string): TemplateResult {
    const { text } = this.task(this.conflict as Conflict) as Task;
    const shown = state === null ? initialFromData(text, null) : stateFromData(text, state);
    return html`<section class="side">
      <h3>${title}</h3>
      <span-annotator readonly compact .text=${text} .schema=${this.desk.schema} .initial=${shown}></span-annotator>
      ${categoriesView(shown.categories)} ${shown.note === "" ? nothing : html`<p class="said">${shown.note}</p>`}
      ${shown.flagged ? html`<p class="soft">flagged</p>` : nothing}
      <button type="button" @click=${() => this.settle(keep)}>${words}</button>
    </section>`;
  }

  private settle(keep: () => void): void {
    this.querySelector("dialog")?.close();
    keep();
    this.desk.tell();
    document.querySelector<HTMLElement>("annotate-view .text")?.focus();
  }
}
