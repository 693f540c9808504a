/** `<look-for-proposals>`: what one's own texts propose, each taken by one click. */

import { html, nothing, type TemplateResult } from "lit";
import { get } from "../../annotate/api.js";
import { sentence } from "../../annotate/view.js";
import type { Part } from "../step_view.js";
import { counted } from "../../shared/counted.js";
import { joined, PATH, type Proposed, type ProposedLabel, type ProposedTask } from "./data.js";
import { field, Piece } from "./piece.js";
import { drawPlace, withLabel } from "./shown.js";

/** Milliseconds between two looks while more may come. */
const LOOK = 700;
const UNNAMED = "?";

class ProposalsPiece extends Piece {
  found: Proposed | null = null;
  #timer = 0;
  #seen: unknown = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  /** What was taken is no proposal any more. */
  protected override updated(): void {
    if (this.#seen === this.turn || this.step.data === null) return;
    this.#seen = this.turn;
    void this.#look();
  }

  async #look(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      this.found = await get<Proposed>(`${PATH}/proposals`);
    } catch {
      return; // proposals are worth no fault: the step goes on without
    }
    this.requestUpdate();
    if (!this.found.ready && this.isConnected) this.#timer = window.setTimeout(() => void this.#look(), LOOK);
  }

  protected override render(): Part {
    const { found } = this;
    if (found === null || (this.step.data?.texts ?? 0) === 0) return nothing;
    const isEmpty = found.labels.length === 0 && found.task === null;
    if (found.ready && isEmpty && found.lacking === "" && found.model === "") return nothing;
    return html`
      <h2 tabindex="-1">Found in your texts</h2>
      <p class="soft" role="status">${found.ready ? (isEmpty ? "" : "Take what is useful; names can be changed afterwards.") : "Looking through your texts …"}</p>
      ${this.faultView()}
      <ul class="things proposed">
        ${found.labels.map((each) => html`<li class="card">${each.name === "" ? this.#unnamed(each) : this.#label(each)}</li>`)}
        ${found.task === null ? nothing : html`<li class="card">${this.#task(found.task)}</li>`}
      </ul>
      ${this.#model(found)}
      ${found.lacking === "" ? nothing : html`<p class="soft">Words and texts of like meaning were not looked for: ${found.lacking}</p>`}
    `;
  }

  /** A language model is asked only when somebody says so: it may cost money, and sees texts. */
  #model({ model, asked }: Proposed): Part {
    if (model === "") return nothing;
    const failed = asked !== "" && asked !== "asking" && asked !== "answered";
    return html`
      ${failed ? html`<p class="fault" role="alert">${sentence(asked)}</p>` : nothing}
      <p class="row">
        <button type="button" ?disabled=${asked === "asking"} @click=${() => void this.ask("proposals/model", {}, "Asking the language model.")}>
          ${asked === "asking" ? "Asking the language model …" : "Ask the language model"}
        </button>
        <span class="soft">It sees 20 of your texts: ${model}</span>
      </p>
    `;
  }

  #label(each: ProposedLabel): TemplateResult {
    return html`
      <div class="thing">
        <h3>${each.name}</h3>
        ${each.texts === 0 ? html`<span class="badge">${each.why}</span>` : html`<span class="badge">${counted(each.texts, "text")}</span>`}
        <button type="button" class="tools" @click=${() => void this.#take(each, each.name)}>Add ${each.name}</button>
      </div>
      ${this.#about(each, each.name)}
    `;
  }

  /** A group of words that needs a name. */
  #unnamed(each: ProposedLabel): TemplateResult {
    return html`
      <form class="thing" @submit=${(event: SubmitEvent) => void this.#named(event, each)}>
        <label>Name <input name="name" required maxlength="60" autocomplete="off" spellcheck="false" aria-label="Name for: ${each.meaning}" /></label>
        <span class="badge">${counted(each.texts, "text")}</span>
        <button type="submit" class="tools" aria-label="Add label for: ${each.meaning}">Add</button>
      </form>
      ${this.#about(each, UNNAMED)}
    `;
  }

  #about({ meaning, places }: ProposedLabel, name: string): TemplateResult {
    const [place] = places;
    return html`<p>${meaning}</p>${place === undefined ? nothing : html`<div class="seen">${drawPlace(place, name, withLabel(this.step.schema, name))}</div>`}`;
  }

  async #named(event: SubmitEvent, each: ProposedLabel): Promise<void> {
    event.preventDefault();
    await this.#take(each, field(event.currentTarget as HTMLFormElement, "name"));
  }

  async #take({ meaning, places }: ProposedLabel, name: string): Promise<void> {
    if (await this.ask("labels", { name, meaning, place: places[0] ?? null }, `Added ${joined(name)}.`)) this.querySelector<HTMLElement>("h2")?.focus();
  }

  #task(task: ProposedTask): TemplateResult {
    return html`
      <div class="thing">
        <h3>Groups of like texts</h3>
        <button type="button" class="tools" @click=${() => void this.#ask(task)}>Add as a question</button>
      </div>
      <dl class="answers">
        ${task.answers.map(
          ({ name, texts, shown }) => html`<div>
            <dt>${name} <span class="badge">${counted(texts, "text")}</span></dt>
            <dd class="soft">${shown[0] ?? ""}</dd>
          </div>`,
        )}
      </dl>
    `;
  }

  async #ask({ name, meaning, answers }: ProposedTask): Promise<void> {
    const asked = answers.map((each) => ({ name: each.name, meaning: each.meaning }));
    if (await this.ask("tasks", { name, meaning, answers: asked }, `Added the question ${name}.`)) this.querySelector<HTMLElement>("h2")?.focus();
  }
}

customElements.define("look-for-proposals", ProposalsPiece);
