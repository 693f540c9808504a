/** The step `suggest`: choose what marks the texts first, write rules, see it at work. */

import { html, nothing, type TemplateResult } from "lit";
import type { Schema } from "textwright";
import { schemaFromData } from "../../../runtime/src/schema.js";
import { get, send, Unreachable } from "../../annotate/api.js";
import { sentence } from "../../annotate/view.js";
import { type Part, StepView } from "../step_view.js";
import type { Faults, PageRule, Proposal, Saved, Show, SuggestData, Suggesting, TrialData } from "./data.js";
import { byHandView, modelsView, noLabelsView, promptView, waysView } from "./panels.js";
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
  #isFresh = false;
  /** The rules as they were typed here last; null: as the server has them. */
  #mine: readonly PageRule[] | null = null;
  #typed: readonly PageRule[] | null = null;
  #timer = 0;
  #saving: Promise<void> = Promise.resolve();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#turn++;
    this.#flush();
    this.project.saved = this.#saving.then(() => this.#settle());
  }

  /** Let rules that were typed just now suggest at once: the next step shows what they mark. */
  async #settle(): Promise<void> {
    if (!this.#isFresh || this.#data?.suggesting !== "rules") return;
    this.#isFresh = false;
    await send("POST", `${PATH}/choose`, { suggesting: "rules" }).catch(() => this.project.refresh());
  }

  protected override async load(): Promise<void> {
    this.#take(await get<SuggestData>(PATH));
    await this.#try();
  }

  /** What was typed here is newer than what the server says of the rules. */
  #take(data: SuggestData): void {
    this.#data = { ...data, rules: this.#mine ?? data.rules };
    this.#schema = schemaFromData(data.schema);
    this.#shown = data.suggesting;
    this.#proposals = data.proposals;
    this.requestUpdate();
  }

  // --- what suggests ---

  readonly #choose = (suggesting: Suggesting, model?: string): void => void this.#chosen(suggesting, model);

  /** A language model waits for a word on which one it is. */
  async #chosen(suggesting: Suggesting, model?: string): Promise<void> {
    this.#shown = suggesting;
    if (suggesting === "prompt" && this.#data?.prompt === null) return this.requestUpdate();
    this.#flush();
    await this.change(async () => {
      await this.#saving;
      this.#take(await send<SuggestData>("POST", `${PATH}/choose`, { suggesting, ...(model !== undefined && { model }) }));
    });
    this.#shown = this.#data?.suggesting ?? null;
    this.#skip = 0;
    await this.#try();
  }

  async #savePrompt(values: FormData): Promise<void> {
    const asked = {
      address: String(values.get("address")).trim(),
      model: String(values.get("model")).trim(),
      confirmed: values.has("confirmed"),
    };
    await this.change(async () => this.#take(await send<SuggestData>("POST", `${PATH}/prompt`, asked)));
    if (this.fault === "") await this.#try();
  }

  async #takePageRules(): Promise<void> {
    this.#mine = null;
    await this.change(async () => this.#take(await send<SuggestData>("POST", `${PATH}/page-rules`)));
    await this.#try();
  }

  // --- rules, kept as they are typed ---

  #type(rules: readonly PageRule[]): void {
    this.#mine = this.#typed = rules;
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
      this.#isFresh = true;
      this.#faults = faults;
      this.#proposals = proposals;
      this.fault = "";
      await this.project.changed();
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
    this.#mine = null;
    this.#take(await get<SuggestData>(PATH));
  }

  /** What was typed while the server was away, or while another tab changed something, is kept first. */
  protected override async again(): Promise<void> {
    this.#flush();
    await this.#saving;
    if (this.#typed === null) this.#mine = null;
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
    const wanted = (this.#schema?.labels.length ?? 0) + (this.#schema?.tasks.length ?? 0);
    return html`${this.faultView()} ${waysView(this.#data, this.#shown, wanted, this.#choose)} ${this.#panel()}`;
  }

  #panel(): Part {
    if (this.#data === null || this.#schema === null || this.#shown === "nothing") return nothing;
    const isChosen = this.#data.suggesting === this.#shown;
    return html`<div class="sides">
      <div>${this.#side(this.#data, this.#schema)}</div>
      ${isChosen ? this.#trialView(this.#schema) : nothing}
    </div>`;
  }

  #side(data: SuggestData, schema: Schema): Part {
    if (this.#shown === "model") return modelsView(data, this.#choose);
    if (this.#shown === "prompt") return promptView(data, this.busy, (asked) => void this.#savePrompt(asked));
    if (data.by_hand) return byHandView(data, () => void this.#takePageRules());
    return schema.labels.length === 0 ? noLabelsView() : this.#rules(data, schema);
  }

  #rules({ rules }: SuggestData, schema: Schema): TemplateResult {
    return html`<section class="card" aria-labelledby="rules-title">
      <h2 id="rules-title">Rules</h2>
      <p class="soft">Separate words with commas or new lines. Capitals do not matter, except in examples.</p>
      <rules-form .schema=${schema} .rules=${rules} .proposals=${this.#proposals} .faults=${this.#faults} .trial=${this.#trial}
        @rules-changed=${(event: CustomEvent<PageRule[]>) => this.#type(event.detail)}></rules-form>
    </section>`;
  }

  #trialView(schema: Schema): TemplateResult {
    return html`<trial-view .trial=${this.#trial} .schema=${schema} .show=${this.#show} .choosable=${this.#shown !== "prompt"} .aside=${this.#data?.set_aside ?? 0}
      @texts-wanted=${(event: CustomEvent<{ show: Show; skip: number }>) => void this.#want(event.detail)}></trial-view>`;
  }
}

customElements.define("suggest-step", SuggestView);
