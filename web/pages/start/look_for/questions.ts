/** `<look-for-questions>`: questions about the whole text, each with its answers. */

import { html, nothing, type TemplateResult } from "lit";
import type { Part } from "../step_view.js";
import { counted } from "../../shared/counted.js";
import { type AnswerData, type TaskData, typedAnswers } from "./data.js";
import { field, Piece, sent } from "./piece.js";

class QuestionsPiece extends Piece {
  protected override render(): Part {
    const { data } = this.step;
    if (data === null) return nothing;
    return html`
      <h2 tabindex="-1">Questions about the whole text</h2>
      ${data.tasks.length === 0 ? nothing : html`<ul class="things">${data.tasks.map((task) => html`<li class="card">${this.editing === task.name ? this.#change(task) : this.#task(task)}</li>`)}</ul>`}
      ${this.faultView()}
      <details class="ask">
        <summary>Ask a question</summary>
        ${this.#form()}
      </details>
    `;
  }

  #form(): TemplateResult {
    return html`<form class="filters" @submit=${(event: SubmitEvent) => void this.#add(event)}>
      <label>Short name <input name="name" required maxlength="60" autocomplete="off" spellcheck="false" placeholder="topic" /></label>
      <label class="wider">Answers, with commas between <input name="answers" required maxlength="2000" autocomplete="off" placeholder="fault, billing, other" /></label>
      <label class="wider">The question <input name="meaning" maxlength="500" autocomplete="off" placeholder="What is the text about?" /></label>
      <label class="tick"><input type="checkbox" name="multiple" /> Several answers may be right</label>
      <button type="submit">Add question</button>
    </form>`;
  }

  async #add(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const [name, meaning] = [field(form, "name"), field(form, "meaning")];
    const answers = typedAnswers(field(form, "answers")).map((each) => ({ name: each }));
    const multiple = field(form, "multiple") === "on";
    await sent(form, () => this.ask("tasks", { name, meaning, multiple, answers }, `Added ${name}.`));
  }

  #task(task: TaskData): TemplateResult {
    const { name, meaning, multiple, answers } = task;
    return html`
      <div class="thing">
        <h3>${name}</h3>
        ${multiple ? html`<span class="soft">several answers may be right</span>` : nothing}
        <span class="row tools">
          <button type="button" data-of=${name} aria-label="Change ${name}" @click=${() => this.edit(name)}>Change</button>
          <button type="button" aria-label="Remove ${name}" @click=${() => this.#mayRemove(task)}>Remove</button>
        </span>
      </div>
      ${meaning === "" ? nothing : html`<p>${meaning}</p>`}
      <dl class="answers">${answers.map((each) => answerView(each))}</dl>
      ${this.lossView(name, () => void this.#remove(name, true))}
    `;
  }

  /** What was answered is asked about first; the server asks again where it knows of more. */
  #mayRemove({ name, answers }: TaskData): void {
    const texts = answers.reduce((sum, answer) => sum + answer.texts, 0);
    if (texts === 0) void this.#remove(name, false);
    else this.warn(name, `${name} has ${counted(texts, "answer")}, which would be lost`);
  }

  async #remove(name: string, lose: boolean): Promise<void> {
    if (await this.ask("tasks/removal", { name, lose }, `Removed ${name}.`, name)) this.querySelector<HTMLElement>("h2")?.focus();
  }

  // --- changing one -------------------------------------------------------------------------

  #change(task: TaskData): TemplateResult {
    const { name, meaning, multiple, answers } = task;
    return html`<form class="filters change" @submit=${(event: SubmitEvent) => void this.#save(event, task)} @keydown=${(event: KeyboardEvent) => this.#escape(event, name)}>
      <label>Short name <input name="to" required maxlength="60" autocomplete="off" spellcheck="false" value=${name} /></label>
      <label class="wider">The question <input name="meaning" maxlength="500" autocomplete="off" value=${meaning} /></label>
      <label class="tick"><input type="checkbox" name="multiple" ?checked=${multiple} /> Several answers may be right</label>
      <fieldset>
        <legend>Answers; an empty name takes one away</legend>
        ${[...answers, NEW, NEW].map((each, i) => answerFields(each, i))}
      </fieldset>
      <span class="row">
        <button type="submit" class="main">Save</button>
        <button type="button" @click=${() => this.close(name)}>Cancel</button>
      </span>
    </form>
    ${this.lossView(`${name} changed`, () => this.querySelector<HTMLFormElement>("form.change")?.requestSubmit())}`;
  }

  async #save(event: SubmitEvent, { name, answers }: TaskData): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const [to, meaning, multiple] = [field(form, "to"), field(form, "meaning"), field(form, "multiple") === "on"];
    const rows = [...answers, NEW, NEW].map((each, i) => ({ name: field(form, `name${i}`), meaning: field(form, `meaning${i}`), was: each.name || null }));
    const kept = rows.filter((each) => each.name !== "");
    const lose = this.loss?.of === `${name} changed`;
    const isDone = await this.ask("tasks/change", { name, to, meaning, multiple, answers: kept, lose }, `Changed ${to}.`, `${name} changed`);
    if (isDone) this.close(to);
  }

  #escape(event: KeyboardEvent, name: string): void {
    if (event.key === "Escape") this.close(name);
  }
}

const NEW: AnswerData = { name: "", meaning: "", texts: 0 };

function answerView({ name, meaning, texts }: AnswerData): TemplateResult {
  return html`<div>
    <dt>${name} ${texts === 0 ? nothing : html`<span class="badge">${counted(texts, "text")}</span>`}</dt>
    <dd class="soft">${meaning}</dd>
  </div>`;
}

function answerFields({ name, meaning }: AnswerData, i: number): TemplateResult {
  return html`<span class="row answer">
    <input name="name${i}" aria-label="Answer ${i + 1}" maxlength="60" autocomplete="off" value=${name} placeholder="another answer" />
    <input name="meaning${i}" aria-label="What answer ${i + 1} means" maxlength="500" autocomplete="off" value=${meaning} placeholder="what it means" />
  </span>`;
}

customElements.define("look-for-questions", QuestionsPiece);
