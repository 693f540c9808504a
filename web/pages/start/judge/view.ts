/** The step `judge`: it judges by itself when one comes to it, and says in words what it found. */

import { html, nothing, type TemplateResult } from "lit";
import { schemaFromData } from "../../../runtime/src/schema.js";
import { get, send } from "../../annotate/api.js";
import { firstLacking } from "../first.js";
import { type Part, StepView } from "../step_view.js";
import { STEPS } from "../steps.js";
import type { Found, Progress, Shown } from "./data.js";
import { labelsView, methodsView } from "./methods.js";
import "./mistakes.js";

/** Milliseconds between two looks while judging is under way. */
const LOOK = 1_000;
const PATH = "api/steps/judge";

export class JudgeView extends StepView {
  shown: Shown | null = null;
  #method = "";
  #timer = 0;
  #begun = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override async load(): Promise<void> {
    this.#take(await get<Shown>(PATH));
  }

  /** A server that was away has lost what it was doing: it goes on. */
  protected override async again(): Promise<void> {
    const wasRunning = this.shown?.running != null;
    await this.load();
    if (wasRunning && this.shown?.running == null) this.#begun = false;
  }

  /** What is under way when one comes counts as begun: it may be stopped. */
  #take(shown: Shown): void {
    this.shown = shown;
    if (shown.running !== null) this.#begun = true;
    this.#lookLater();
  }

  #lookLater(): void {
    clearTimeout(this.#timer);
    if (this.shown?.running != null && this.isConnected) this.#timer = window.setTimeout(() => void this.#look(), LOOK);
  }

  async #look(): Promise<void> {
    const before = this.shown?.news;
    await this.attempt(async () => this.#hear(await get<Progress>(`${PATH}/progress`)));
    if (this.shown?.news === before) return this.#lookLater();
    await this.attempt(() => this.load());
    await this.project.changed();
  }

  #hear(progress: Progress): void {
    if (this.shown !== null) this.shown = { ...this.shown, ...progress };
  }

  /** Whoever comes here wants to know: what changed is judged unasked, once. */
  protected override updated(): void {
    if (this.#begun || this.busy || this.shown === null || this.shown.running !== null || !this.shown.wanted) return;
    void this.#judge({});
  }

  async #judge(body: { large?: boolean }): Promise<void> {
    this.#begun = true;
    await this.attempt(async () => this.#hear(await send<Progress>("POST", `${PATH}/run`, body)));
    this.#lookLater();
  }

  async #stop(): Promise<void> {
    this.#begun = true;
    await this.attempt(async () => this.#hear(await send<Progress>("POST", `${PATH}/stop`)));
    await this.attempt(() => this.load());
  }

  protected override render(): TemplateResult {
    const { shown } = this;
    if (shown === null) return html`${this.faultView()}`;
    return html`${this.faultView()} ${shown.fault === "" ? nothing : html`<p class="fault" role="alert">${shown.fault}</p>`}
    ${this.#lacking(shown)} ${this.#doing(shown)} ${shown.found === null ? nothing : this.#found(shown, shown.found)}`;
  }

  #lacking({ lacking, learns, found }: Shown): Part {
    if (lacking === "") return nothing;
    const [step, words] = firstLacking(this.project) ?? [lacking === learns ? "suggest" : "correct", lacking];
    return html`<section class="card">
      <h2>${found === null ? "Nothing is judged yet" : "This cannot be judged anew"}</h2>
      <p>${words}</p>
      <p class="row"><a class="button main" href="#/${step}">${step === "correct" ? "Correct texts" : STEPS.find((each) => each.step === step)?.title}</a></p>
    </section>`;
  }

  // --- while it is judged ---------------------------------------------------------------------

  #doing(shown: Shown): Part {
    const { running } = shown;
    if (running === null) return this.#again(shown);
    return html`<section class="card doing" aria-label="Judging">
      <p role="status">${running.words} …</p>
      <progress max="1" value=${running.share} aria-label="Judging"></progress>
      <p class="row">
        <button type="button" @click=${() => void this.#stop()}>Stop</button>
        ${whatStands(shown)}
      </p>
    </section>`;
  }

  #again(shown: Shown): Part {
    const said = this.busy ? null : offerOf(shown, this.#begun);
    if (said === null) return html`<p class="visually-hidden" role="status">${shown.found === null ? "" : "Judged."}</p>`;
    return html`<p class="row">
      <span role="status">${said.why}</span>
      <button type="button" class=${said.main ? "main" : ""} @click=${() => void this.#judge({})}>${said.button}</button>
    </p>`;
  }

  // --- what was found -------------------------------------------------------------------------

  #found(shown: Shown, found: Found): TemplateResult {
    const best = found.methods[0];
    const method = found.methods.find(({ name }) => name === this.#method) ?? best;
    return html`
      <section class="card" aria-labelledby="judge-best">
        <h2 id="judge-best" class="headline">${found.headline}</h2>
        ${found.marks === "" ? nothing : html`<p>${found.marks}</p>`} ${found.forecast === "" ? nothing : html`<p class="forecast">${found.forecast}</p>`}
        ${best === undefined ? nothing : html`<p class="soft">${found.meaning}</p>`} ${found.answers.map((each) => html`<p>${each}</p>`)}
        ${[...found.spoils, shown.alike].filter((each) => each !== "").map((each) => html`<p class="aside">${each}</p>`)}
        ${shown.report ? html`<p class="row"><a class="button" href="${PATH}/report" target="_blank" rel="noopener">Full report (new tab)</a></p>` : nothing}
      </section>
      <div class="tables">
        ${best === undefined ? nothing : methodsView(found)} ${method === undefined ? nothing : labelsView(found, method, (name) => this.#choose(name))}
      </div>
      ${best === undefined ? nothing : html`<judge-mistakes .found=${found} .schema=${schemaFromData(shown.schema)}></judge-mistakes>`} ${this.#more(shown)}
    `;
  }

  #choose(name: string): void {
    this.#method = name;
    this.requestUpdate();
  }

  #more(shown: Shown): Part {
    if (!shown.can_be_large && shown.can_learn) return nothing;
    if (!shown.can_learn) return html`<p class="soft">${shown.learns}</p>`;
    return html`<p class="row">
      <label class="tick">
        <input
          type="checkbox"
          .checked=${shown.large}
          ?disabled=${this.busy || shown.running !== null || shown.lacking !== ""}
          @change=${(event: Event) => void this.#large((event.target as HTMLInputElement).checked)}
        />
        Try a large network, too
      </label>
      <span class="soft">It takes minutes to learn, and is ten times as large.</span>
    </p>`;
  }

  async #large(large: boolean): Promise<void> {
    await this.#judge({ large });
    await this.attempt(() => this.load());
  }
}

/** Offer to judge again, where that would bring something. */
function offerOf({ wanted, stale, found, lacking }: Shown, begun: boolean): { why: string; button: string; main: boolean } | null {
  if (lacking !== "") return null;
  if (wanted && begun && found === null) return { why: "", button: "Judge now", main: true };
  if (wanted && begun && stale) return { why: "You changed something since.", button: "Judge again", main: true };
  if (wanted && begun) return { why: "This is not all: judging was stopped.", button: "Go on", main: true };
  return found !== null && found.failed > 0 ? { why: "Not every method has a score.", button: "Try again", main: false } : null;
}

/** Say of what stands below while it is judged. */
function whatStands({ found, stale, outdated }: Shown): Part {
  if (outdated) return html`<span class="soft">You changed something since it began. It goes on with what was there then.</span>`;
  if (found === null) return nothing;
  const said = !found.finished ? "More is coming." : stale ? "Below stands what was found before." : "";
  return said === "" ? nothing : html`<span class="soft">${said}</span>`;
}

customElements.define("judge-step", JudgeView);
