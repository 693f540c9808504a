/** The step `suggest`: choose what marks the texts first, write rules, see it at work. */

import { html, nothing, type TemplateResult } from "lit";
import type { Schema } from "textwright";
import { schemaFromData } from "../../../runtime/src/schema.js";
import { get, send, Unreachable } from "../../annotate/api.js";
import { sentence } from "../../annotate/view.js";
import { type Part, StepView } from "../step_view.js";
import type { Faults, Offer, PageRule, Proposal, Saved, Show, SuggestData, Suggesting, TrialData } from "./data.js";
import "./rules_form.js";
import "./trial_view.js";

const PATH = "api/steps/suggest";
const PAUSE = 300;
const ASK_AGAIN = 1000;

export class SuggestView extends StepView {
  #data: SuggestData | null = null;
  #schema: Schema | null = null;
  #trial: TrialData | null = null;
  #faults: Faults = {};
  #proposals: readonly Proposal[] = [];
  #shown: Suggesting | null = null;
  #show: Show = "any";
  #skip = 0;
  #turn = 0;
  #typed: readonly PageRule[] | null = null;
  #timer = 0;
  #saving: Promise<void> = Promise.resolve();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#turn++;
    this.#flush();
  }

  protected override async load(): Promise<void> {
    this.#take(await get<SuggestData>(PATH));
    await this.#try();
  }

  #take(data: SuggestData): void {
    this.#data = data;
    this.#schema = schemaFromData(data.schema);
    this.#shown = data.suggesting;
    this.#proposals = data.proposals;
    this.requestUpdate();
  }

  // --- what suggests ---

  async #choose(suggesting: Suggesting, model: string | null = null): Promise<void> {
    this.#shown = suggesting;
    if (suggesting === "prompt" && this.#data?.prompt === null) return this.requestUpdate();
    await this.change(async () => {
      await this.#saving;
      this.#take(await send<SuggestData>("POST", `${PATH}/choose`, { suggesting, ...(model !== null && { model }) }));
    });
    this.#skip = 0;
    await this.#try();
  }

  async #savePrompt(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const values = new FormData(event.currentTarget as HTMLFormElement);
    const asked = { address: String(values.get("address")).trim(), model: String(values.get("model")).trim() };
    await this.change(async () => this.#take(await send<SuggestData>("POST", `${PATH}/prompt`, asked)));
    if (this.fault === "") await this.#try();
  }

  async #takePageRules(): Promise<void> {
    await this.change(async () => this.#take(await send<SuggestData>("POST", `${PATH}/page-rules`)));
    await this.#try();
  }

  // --- rules, kept as they are typed ---

  #type(rules: readonly PageRule[]): void {
    this.#typed = rules;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#flush(), PAUSE);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    const rules = this.#typed;
    this.#typed = null;
    if (rules !== null) this.#saving = this.#saving.then(() => this.#save(rules));
  }

  async #save(rules: readonly PageRule[]): Promise<void> {
    try {
      const { faults, proposals } = await send<Saved>("POST", `${PATH}/rules`, { rules });
      this.#faults = faults;
      this.#proposals = proposals;
      this.fault = "";
      if (!this.project.standing("suggest")?.done) await this.project.changed();
      if (this.isConnected) await this.#try();
    } catch (error) {
      await this.#unsaved(rules, error as Error);
    }
    this.requestUpdate();
  }

  /** Keep what could not be saved until the server is there again; what it refused, it says how things stand. */
  async #unsaved(rules: readonly PageRule[], error: Error): Promise<void> {
    if (error instanceof Unreachable) {
      this.#typed ??= rules;
      return await this.project.refresh();
    }
    this.fault = sentence(error.message);
    this.#take(await get<SuggestData>(PATH));
  }

  /** What was typed while the server was away, or while another tab changed something, is kept first. */
  protected override async again(): Promise<void> {
    this.#flush();
    await this.#saving;
    await this.load();
  }

  // --- at work ---

  /** Try what suggests; a language model is asked again until it has answered. Only the last question counts. */
  async #try(): Promise<void> {
    const mine = ++this.#turn;
    if (this.#data === null || this.#data.suggesting === "nothing") return this.#see(null);
    try {
      let trial = await this.#asked();
      while (trial.running && mine === this.#turn) {
        this.#see(trial);
        await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN));
        if (mine === this.#turn) trial = await this.#asked();
      }
      if (mine === this.#turn) this.#see(trial);
    } catch (error) {
      if (mine === this.#turn) this.#fail(error as Error);
    }
  }

  async #asked(): Promise<TrialData> {
    return await get<TrialData>(`${PATH}/trial?show=${this.#show}&skip=${this.#skip}`);
  }

  #see(trial: TrialData | null): void {
    this.#trial = trial;
    this.requestUpdate();
  }

  #fail(error: Error): void {
    this.fault = sentence(error.message);
    this.#see(null);
  }

  async #want({ show, skip }: { show: Show; skip: number }): Promise<void> {
    this.#show = show;
    this.#skip = skip;
    await this.#try();
  }

  // --- drawing ---

  protected override render(): TemplateResult {
    if (this.#data === null) return html`${this.faultView()}`;
    return html`${this.faultView()} ${this.#ways(this.#data)} ${this.#panel(this.#data)}`;
  }

  #ways({ models }: SuggestData): TemplateResult {
    return html`<fieldset class="ways" ?disabled=${this.busy && this.#data === null}>
      <legend class="visually-hidden">What marks the texts first</legend>
      ${this.#way("nothing", "Nothing", "You mark each text yourself.")}
      ${this.#way("rules", "Rules that you write", "You list words; they are found at once.")}
      ${models.length === 0 ? nothing : this.#way("model", "A ready model", this.#best(models[0] as Offer))}
      ${this.#way("prompt", "A language model", "It reads your labels' meanings. It is slow.")}
    </fieldset>`;
  }

  #way(suggesting: Suggesting, title: string, words: string): TemplateResult {
    const model = suggesting === "model" ? (this.#data?.model ?? this.#data?.models[0]?.reference ?? null) : null;
    return html`<label class="way">
      <input type="radio" name="suggesting" .checked=${this.#shown === suggesting} @change=${() => void this.#choose(suggesting, model)} />
      <span><b>${title}</b><span class="soft">${words}</span></span>
    </label>`;
  }

  #best({ labels, tasks }: Offer): string {
    const all = (this.#schema?.labels.length ?? 0) + (this.#schema?.tasks.length ?? 0);
    return `One knows ${labels.length + tasks.length} of the ${all} that you look for.`;
  }

  #panel(data: SuggestData): Part {
    if (this.#shown === "nothing" || this.#schema === null) return nothing;
    return html`<div class="sides">
      <div>${this.#side(data, this.#schema)}</div>
      ${data.suggesting !== this.#shown ? nothing : this.#trialView(this.#schema)}
    </div>`;
  }

  #side(data: SuggestData, schema: Schema): Part {
    if (this.#shown === "model") return this.#models(data);
    if (this.#shown === "prompt") return this.#prompt(data);
    if (data.by_hand) return this.#byHand(data);
    if (schema.labels.length === 0) return html`<p class="card">Rules mark parts of a text, and there is no label for a part yet. <a href="#/look_for">Name one</a></p>`;
    return html`<section class="card" aria-labelledby="rules-title">
      <h2 id="rules-title">Rules</h2>
      <p class="soft">Separate words with commas or new lines. Capitals do not matter.</p>
      <rules-form .schema=${schema} .rules=${data.rules} .proposals=${this.#proposals} .faults=${this.#faults} .trial=${this.#trial}
        @rules-changed=${(event: CustomEvent<PageRule[]>) => this.#type(event.detail)}></rules-form>
    </section>`;
  }

  #byHand({ rules_file }: SuggestData): TemplateResult {
    return html`<section class="card" aria-labelledby="hand-title">
      <h2 id="hand-title">Rules written by hand</h2>
      <p>The rules suggest as they stand in <code>${rules_file}</code>. Somebody changed that file outside of this page.</p>
      <button type="button" @click=${() => void this.#takePageRules()}>Use this page's rules instead</button>
      <p class="soft">The file is kept as rules.by-hand.toml.</p>
    </section>`;
  }

  #models({ models, model }: SuggestData): TemplateResult {
    return html`<fieldset class="card models">
      <legend><h2>Ready models</h2></legend>
      ${models.map(
        (offer) => html`<label class="way">
          <input type="radio" name="model" .checked=${offer.reference === model} @change=${() => void this.#choose("model", offer.reference)} />
          <span><b>${offer.reference}</b> <span class="soft">${offer.about} ${knows(offer)}</span></span>
        </label>`,
      )}
    </fieldset>`;
  }

  #prompt({ prompt, language_model }: SuggestData): TemplateResult {
    const address = prompt?.address || language_model.address || "";
    return html`<form class="card prompt" aria-labelledby="prompt-title" @submit=${(event: SubmitEvent) => void this.#savePrompt(event)}>
      <h2 id="prompt-title">Which language model</h2>
      <p class="soft">
        ${language_model.local ? "Left empty, the small model of this machine answers. It is often wrong." : "None is on this machine. Give the address of a server."}
      </p>
      <label>Address <input name="address" type="url" .value=${address} placeholder="http://localhost:11434/v1" autocomplete="off" ?required=${!language_model.local} /></label>
      <label>Model <input name="model" .value=${prompt?.model ?? ""} placeholder="qwen3" autocomplete="off" spellcheck="false" /></label>
      <button type="submit" ?disabled=${this.busy}>Ask this one</button>
    </form>`;
  }

  #trialView(schema: Schema): TemplateResult {
    return html`<trial-view .trial=${this.#trial} .schema=${schema} .show=${this.#show} .choosable=${this.#shown !== "prompt"}
      @texts-wanted=${(event: CustomEvent<{ show: Show; skip: number }>) => void this.#want(event.detail)}></trial-view>`;
  }
}

/** Say what a model knows of the project's labels and questions. */
function knows({ labels, tasks }: Offer): string {
  return `It knows ${[...labels, ...tasks].join(", ")}.`;
}

customElements.define("suggest-step", SuggestView);
