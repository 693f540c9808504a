/** `<label-form>`: make a label while one annotates, so that a plain file of texts is enough to begin. */

import { html, nothing } from "lit";
import { type Part, View } from "./view.js";

class LabelForm extends View {
  async #add(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const values = new FormData(form);
    await this.attempt(() => this.desk.addLabel(String(values.get("name")).trim(), String(values.get("meaning")).trim()));
    if (this.fault !== "") return;
    form.reset();
    this.dispatchEvent(new CustomEvent("label-added", { bubbles: true }));
  }

  /** A schema of categories alone asks for no spans. */
  protected override render(): Part {
    const { labels, tasks } = this.desk.schema;
    if (labels.length === 0 && tasks.length > 0) return nothing;
    const isFirst = labels.length === 0;
    return html`<details class="new-label" ?open=${isFirst}>
      <summary>${isFirst ? "What do you look for? Name a label" : "New label"}</summary>
      <form class="filters" @submit=${this.#add}>
        <label>Name <input name="name" required maxlength="100" autocomplete="off" spellcheck="false" /></label>
        <label class="wider">What it marks <input name="meaning" maxlength="500" autocomplete="off" /></label>
        <button type="submit">Add</button>
      </form>
      ${this.faultView()}
    </details>`;
  }
}

customElements.define("label-form", LabelForm);
