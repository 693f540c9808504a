/** `<look-for-labels>`: the labels for parts of a text, each with its meaning, its key and where it is seen. */

import { html, nothing, type TemplateResult } from "lit";
import { colourOf } from "../../../components/drawing.js";
import type { Part } from "../step_view.js";
import { counted } from "../../shared/counted.js";
import { joined, type LabelData, type LookForData, type Typed, typedLabels } from "./data.js";
import { field, Piece, sent, swatch } from "./piece.js";
import { drawPlace } from "./shown.js";

class LabelsPiece extends Piece {
  protected override render(): Part {
    const { data } = this.step;
    if (data === null) return nothing;
    return html`
      <h2 tabindex="-1">Parts of a text</h2>
      ${this.#form(data.labels.length === 0 && !data.starts.some(({ fits }) => fits))} ${this.faultView()}
      ${data.labels.length === 0 ? nothing : html`<ul class="things">${data.labels.map((label) => html`<li class="card">${this.editing === label.name ? this.#change(label) : this.#label(label)}</li>`)}</ul>`}
      ${this.#unshown(data)}
    `;
  }

  /** What a schema file may hold beside what the page shows: it is kept. */
  #unshown({ rules, guideline }: LookForData): Part {
    const held = [rules > 0 ? counted(rules, "rule") : "", guideline ? "a guideline" : ""].filter((each) => each !== "");
    return held.length === 0 ? nothing : html`<p class="soft">The file schema.toml also holds ${held.join(" and ")} for these labels.</p>`;
  }

  // --- a new one ----------------------------------------------------------------------------

  #form(isMain: boolean): TemplateResult {
    return html`<form class="filters" @submit=${(event: SubmitEvent) => void this.#add(event)}>
      <label>Name <input name="name" required maxlength="300" autocomplete="off" spellcheck="false" placeholder="BRAND" @paste=${(event: ClipboardEvent) => void this.#paste(event)} /></label>
      <label class="wider">What it marks <input name="meaning" maxlength="500" autocomplete="off" placeholder="Who makes it, such as Bosch" /></label>
      <button type="submit" class=${isMain ? "main" : ""}>Add label</button>
    </form>`;
  }

  async #add(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const [typed] = typedLabels(field(form, "name"));
    if (typed === undefined) return;
    const meaning = field(form, "meaning") || typed.meaning;
    await sent(form, () => this.#send({ name: typed.name, meaning }));
  }

  /** Several lines that are pasted are several labels. */
  async #paste(event: ClipboardEvent): Promise<void> {
    const typed = typedLabels(event.clipboardData?.getData("text") ?? "");
    if (typed.length < 2) return;
    event.preventDefault();
    for (const each of typed) if (!(await this.#send(each))) return;
  }

  async #send({ name, meaning }: Typed): Promise<boolean> {
    return await this.ask("labels", { name, meaning }, `Added ${joined(name)}.`);
  }

  // --- those that there are -----------------------------------------------------------------

  #label(label: LabelData): TemplateResult {
    const { name, meaning, key, parent, marks, texts } = label;
    const { schema } = this.step;
    return html`
      <div class="thing">
        <h3>${swatch(colourOf(name, schema))}${name}</h3>
        ${key === "" ? nothing : html`<span class="soft">key <kbd>${key}</kbd></span>`} ${parent === "" ? nothing : html`<span class="soft">inside ${parent}</span>`}
        ${marks === 0 ? nothing : html`<span class="badge">${counted(marks, "mark")} in ${counted(texts, "text")}</span>`}
        <span class="row tools">
          <button type="button" data-of=${name} aria-label="Change ${name}" @click=${() => this.edit(name)}>Change</button>
          <button type="button" aria-label="Remove ${name}" @click=${() => this.#mayRemove(label)}>Remove</button>
        </span>
      </div>
      ${meaning === "" ? html`<p class="soft">What it marks is not said yet.</p>` : html`<p>${meaning}</p>`} ${this.#seen(label)} ${this.#isLate(label)} ${this.lossView(name, () => void this.#remove(name, true))}
    `;
  }

  #seen({ name, place }: LabelData): Part {
    if (place !== null) return html`<div class="seen">${drawPlace(place, name, this.step.schema)}</div>`;
    if (this.step.data?.texts === 0) return nothing;
    return html`<p><button type="button" class="slight" @click=${() => this.edit(name, "[name=words]")}>Show it on one of your texts<span class="visually-hidden">: ${name}</span></button></p>`;
  }

  /** A label that came after the work began is missing on what was done before. */
  #isLate({ marks }: LabelData): Part {
    const corrected = this.step.data?.corrected ?? 0;
    if (marks > 0 || corrected === 0) return nothing;
    return html`<p class="soft">${counted(corrected, "text")} corrected so far, none with it. <a href="annotate.html#/texts">Look through them again</a></p>`;
  }

  /** What has marks is asked about first; the server asks again where it knows of more. */
  #mayRemove({ name, marks, texts }: LabelData): void {
    if (marks === 0) void this.#remove(name, false);
    else this.warn(name, `${name} has ${counted(marks, "mark")} in ${counted(texts, "text")}, which would be lost`);
  }

  async #remove(name: string, lose: boolean): Promise<void> {
    if (await this.ask("labels/removal", { name, lose }, `Removed ${name}.`, name)) this.querySelector<HTMLElement>("h2")?.focus();
  }

  // --- changing one -------------------------------------------------------------------------

  #change({ name, meaning, key, parent, place }: LabelData): TemplateResult {
    const words = place === null ? "" : [...place.text].slice(place.start, place.end).join("");
    const others = this.step.data?.labels.filter((label) => label.name !== name) ?? [];
    return html`<form class="filters change" @submit=${(event: SubmitEvent) => void this.#save(event, name)} @keydown=${(event: KeyboardEvent) => this.#escape(event, name)}>
      <label>Name <input name="to" required maxlength="60" autocomplete="off" spellcheck="false" value=${name} /></label>
      <label class="wider">What it marks <input name="meaning" maxlength="500" autocomplete="off" value=${meaning} /></label>
      <label>Key <input name="key" class="short" maxlength="1" autocomplete="off" spellcheck="false" value=${key} /></label>
      <label>Lies inside
        <select name="parent">
          <option value="">no other label</option>
          ${others.map((label) => html`<option value=${label.name} ?selected=${label.name === parent}>${label.name}</option>`)}
        </select>
      </label>
      <label class="wider">Show it on these words of a text <input name="words" maxlength="500" autocomplete="off" value=${words} /></label>
      <span class="row">
        <button type="submit" class="main">Save</button>
        <button type="button" @click=${() => this.close(name)}>Cancel</button>
      </span>
    </form>`;
  }

  async #save(event: SubmitEvent, name: string): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const [to, meaning, key, parent, words] = ["to", "meaning", "key", "parent", "words"].map((each) => field(form, each));
    const isDone = await this.ask("labels/change", { name, to, meaning, key, parent, words }, `Changed ${to}.`);
    if (isDone) this.close(to ?? name);
  }

  #escape(event: KeyboardEvent, name: string): void {
    if (event.key === "Escape") this.close(name);
  }
}

customElements.define("look-for-labels", LabelsPiece);
