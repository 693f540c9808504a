/** The step `bring`: paste, drop or open texts, or take an example; see what is in them, and repair it. */

import { html } from "lit";
import { get, send, sendFile } from "../../annotate/api.js";
import { type Part, StepView } from "../step_view.js";
import { type BringData, type ExampleTexts, PATH } from "./data.js";
import { broughtView } from "./brought.js";
import { Draft } from "./draft.js";
import { takeDrops } from "./dropping.js";
import { repairsView } from "./repairs.js";

/** Larger pastes travel as a file, which may take its time. */
const LARGE = 200_000;

export class BringView extends StepView {
  data: BringData | null = null;
  #draft = new Draft("");
  #isOver = false;
  #takesDrops = false;
  #asksToClear = false;
  #said = "";
  #turn = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#draft = new Draft(this.project.data?.folder ?? "");
    if (this.#takesDrops) return;
    this.#takesDrops = true;
    takeDrops(this, (isOver) => this.#over(isOver), (file) => void this.#bringFile(file));
  }

  protected override async load(): Promise<void> {
    void this.updateComplete.then(() => this.#beReady());
    await this.again();
  }

  protected override async again(): Promise<void> {
    await this.#take(get<BringData>(PATH));
  }

  /** What was asked for last is what is shown, whichever answer comes last. */
  async #take(asked: Promise<BringData>): Promise<boolean> {
    const turn = ++this.#turn;
    const data = await asked;
    if (turn !== this.#turn) return false;
    this.data = data;
    return true;
  }

  /** Whoever just opened the page can paste at once. */
  #beReady(): void {
    if (document.activeElement === document.body) this.querySelector<HTMLElement>("#bring-text")?.focus();
  }

  // --- what one does ---

  async #ask(work: () => Promise<BringData>): Promise<void> {
    this.#said = "";
    await this.change(async () => {
      if (await this.#take(work())) this.#said = this.#summary();
    });
  }

  async #bringPasted(): Promise<void> {
    const text = this.#draft.text;
    await this.#ask(async () => {
      const data = await this.#sendPasted(text);
      this.#draft.text = "";
      return data;
    });
    this.#shown();
  }

  async #sendPasted(text: string): Promise<BringData> {
    if (text.length > LARGE) return await sendFile<BringData>(`${PATH}/file?name=pasted%20lines`, new Blob([text]));
    return await send<BringData>("POST", `${PATH}/pasted`, { text });
  }

  async #bringFile(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    await this.#ask(async () => await sendFile<BringData>(`${PATH}/file?name=${encodeURIComponent(file.name.slice(-300))}`, file));
    this.#shown();
  }

  async #bringExample({ name }: ExampleTexts): Promise<void> {
    await this.#ask(async () => await send<BringData>("POST", `${PATH}/example`, { example: name }));
    this.#shown();
  }

  /** Do these repairs and no others. `at` finds the place where it was asked for. */
  async repair(repairs: readonly string[], at: string): Promise<void> {
    await this.#ask(async () => await send<BringData>("POST", `${PATH}/repairs`, { repairs }));
    await this.#backAt(at);
  }

  async chooseColumn(source: string, column: string): Promise<void> {
    await this.#ask(async () => await send<BringData>("POST", `${PATH}/column`, { source, column }));
    await this.#backAt("select");
  }

  /** A button that was busy or is gone has lost the focus: whoever works by keyboard gets it back, at that place or above. */
  async #backAt(place: string): Promise<void> {
    await this.updateComplete;
    if (document.activeElement !== document.body) return;
    const found = [place, "#repairs", "#brought"].map((each) => this.querySelector<HTMLElement>(each));
    found.find((each) => each !== null)?.focus();
  }

  async #clear(): Promise<void> {
    this.#asksToClear = false;
    await this.#ask(async () => await send<BringData>("DELETE", `${PATH}/texts`));
    await this.updateComplete;
    this.querySelector<HTMLElement>("#bring-text")?.focus();
  }

  /** What was brought is heard and seen first: the place where it was asked for may be gone. */
  #shown(): void {
    if (this.fault !== "") return;
    void this.updateComplete.then(() => this.querySelector<HTMLElement>("#brought")?.focus());
  }

  #over(isOver: boolean): void {
    if (this.#isOver === isOver) return;
    this.#isOver = isOver;
    this.requestUpdate();
  }

  #summary(): string {
    return this.data === null || this.data.count === 0 ? "There are no texts." : `${this.data.count} texts are here.`;
  }

  // --- what one sees ---

  protected override render(): Part {
    const { data } = this;
    return html`
      ${this.faultView()}
      <p class="visually-hidden" role="status">${this.#heard()}</p>
      ${data === null ? this.#opening() : data.count === 0 ? this.#beginning(data.examples) : this.#summaryAndMore(data)}
    `;
  }

  #heard(): string {
    if (!this.busy) return this.#said;
    return this.data === null ? "Looking at the texts." : "Reading the texts.";
  }

  /** Until the server has looked at the texts; where there are none, one can begin meanwhile. */
  #opening(): Part {
    if (this.project.standing("bring")?.done === true) return html`<p class="soft">Looking at the texts …</p>`;
    return this.#beginning([]);
  }

  #beginning(examples: readonly ExampleTexts[]): Part {
    return html`
      <section class=${this.#isOver ? "card over" : "card"}>${this.#entry("Your texts")}</section>
      <section>
        <h2>Or look around with an example</h2>
        ${examples.length === 0 ? html`<p class="soft">Looking for examples …</p>` : html`<ul class="examples">${examples.map((each) => this.#example(each))}</ul>`}
      </section>
    `;
  }

  #example(example: ExampleTexts): Part {
    return html`<li class="card">
      <h3>${example.title}</h3>
      <p class="soft">“${example.first}”</p>
      <button type="button" ?disabled=${this.busy} @click=${() => void this.#bringExample(example)}>Take these ${example.texts} ${example.title.toLowerCase()}</button>
    </li>`;
  }

  #entry(title: string): Part {
    const isReading = this.#isReading;
    return html`
      <h2><label for="bring-text">${title}</label></h2>
      <textarea
        id="bring-text"
        rows="7"
        aria-describedby="bring-how"
        placeholder="Paste here, a text a line"
        spellcheck="false"
        .value=${this.#draft.text}
        @input=${(event: Event) => this.#type(event)}
        @keydown=${(event: KeyboardEvent) => this.#key(event)}
      ></textarea>
      <p class="soft" id="bring-how">Lines or a table; or drop a file here: CSV, TXT, JSONL, HTML. All stays on this machine.</p>
      <div class="row">
        <button type="button" class="main" ?disabled=${!this.#isReady} @click=${() => void this.#bringPasted()}>${isReading ? "Reading …" : "Bring these texts"}</button>
        <button type="button" ?disabled=${isReading} @click=${() => this.querySelector<HTMLInputElement>("#bring-file")?.click()}>Open a file …</button>
        <input id="bring-file" type="file" hidden @change=${(event: Event) => this.#opened(event)} />
      </div>
    `;
  }

  /** While the step looks for the first time, one may begin. */
  get #isReading(): boolean {
    return this.busy && this.data !== null;
  }

  get #isReady(): boolean {
    return this.#draft.text.trim() !== "" && !this.#isReading;
  }

  #type(event: Event): void {
    this.#draft.text = (event.target as HTMLTextAreaElement).value;
    this.requestUpdate();
  }

  /** Enter begins a line; with Ctrl or Cmd it brings them. */
  #key(event: KeyboardEvent): void {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !this.#isReady) return;
    event.preventDefault();
    void this.#bringPasted();
  }

  #opened(event: Event): void {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    input.value = "";
    void this.#bringFile(file);
  }

  #summaryAndMore(data: BringData): Part {
    return html`
      ${broughtView(this, data)} ${repairsView(this, data)}
      <details class=${this.#isOver ? "card more over" : "card more"} ?open=${this.#isOver || this.#draft.text !== ""}>
        <summary>Bring more, or begin anew</summary>
        ${this.#entry("More texts")} ${this.#clearing(data)}
      </details>
    `;
  }

  #clearing(data: BringData): Part {
    const stays = data.annotated === 0 ? "" : " Those that you marked stay.";
    if (!this.#asksToClear) {
      return html`<p class="row anew"><button type="button" ?disabled=${this.busy} @click=${() => this.#askToClear(true)}>Begin anew …</button></p>`;
    }
    return html`<p class="row anew" role="group" aria-label="Begin anew">
      <span>Take all texts out?${stays}</span>
      <button type="button" id="clear" ?disabled=${this.busy} @click=${() => void this.#clear()}>Take them out</button>
      <button type="button" @click=${() => this.#askToClear(false)}>Keep them</button>
    </p>`;
  }

  #askToClear(asks: boolean): void {
    this.#asksToClear = asks;
    this.requestUpdate();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(asks ? "#clear" : ".anew button")?.focus());
  }
}

customElements.define("bring-step", BringView);
