/** The step `ship`: choose a model, try it in a form, take it with you. */

import { html, nothing, type TemplateResult } from "lit";
import { get, send } from "../../annotate/api.js";
import { type Part, StepView } from "../step_view.js";
import { firstLacking } from "../first.js";
import { STEPS } from "../steps.js";
import { type Method, type Offer, type ShippedModel, sizeInWords, timeInWords } from "./data.js";
import "./dataset.js";
import "./trying.js";
import "./ways.js";

/** Milliseconds between two looks while a large model is written. */
const LOOK = 1_000;

const JUDGE = ["judge", "Judge the methods, so that the best one can be taken."] as const;
const CORRECT = ["correct", "Correct about 40 texts first, so that a model can learn."] as const;

export class ShipView extends StepView {
  offer: Offer | null = null;
  #timer = 0;
  #begun = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override async load(): Promise<void> {
    this.#take(await get<Offer>("api/steps/ship"));
  }

  #take(offer: Offer): void {
    this.offer = offer;
    clearTimeout(this.#timer);
    if (offer.busy) this.#timer = window.setTimeout(() => void this.#look(), LOOK);
  }

  async #look(): Promise<void> {
    await this.attempt(() => this.load());
    if (this.offer?.busy === false) await this.project.changed();
  }

  /** Whoever comes here wants the model: it is written unasked, once. */
  protected override updated(): void {
    const { offer } = this;
    if (this.#begun || this.busy || offer === null || offer.busy || offer.ready || offer.chosen === null) return;
    this.#begun = true;
    void this.#choose(offer.chosen);
  }

  get #best(): string | undefined {
    return this.offer?.methods.find(({ why_not }) => why_not === null)?.method;
  }

  /** Who takes the best one gets a better one, too, once there is one. */
  async #choose(name: string): Promise<void> {
    if (this.#isWriting) return;
    const method = name === this.#best ? null : name;
    await this.change(async () => this.#take(await send<Offer>("POST", "api/steps/ship/choose", { method })));
  }

  protected override render(): TemplateResult {
    const { offer } = this;
    if (offer === null) return html`${this.faultView()} ${this.fault === "" ? html`<p class="soft" role="status">Looking what there is to take …</p>` : nothing}`;
    return html`${this.faultView()} ${this.#problem(offer)}
    ${offer.chosen === null ? this.#nothingYet(offer) : this.#model(offer)}
    <p class="visually-hidden" role="status">${this.#isWriting ? "The model is being written." : offer.ready ? "The model is ready." : ""}</p>
    ${offer.model === null || !offer.ready ? nothing : this.#shipped(offer, offer.model)}
    ${offer.annotated === 0 ? nothing : this.#texts(offer)}`;
  }

  /** What the model cannot be written for is mended outside of this page: one tries again then. */
  #problem({ fault, chosen }: Offer): Part {
    if (fault === null) return nothing;
    const again = chosen === null ? nothing : html`<p class="row"><button type="button" @click=${() => void this.#choose(chosen)}>Try again</button></p>`;
    return html`<p class="fault" role="alert">${fault}</p>${again}`;
  }

  get #isWriting(): boolean {
    return this.offer?.busy === true || (this.busy && this.offer?.ready === false);
  }

  // --- which model ----------------------------------------------------------------------------

  #nothingYet({ methods }: Offer): TemplateResult {
    const [best] = methods;
    if (best !== undefined) return html`<section class="card">${methods.map((each) => this.#cannot(each))}</section>`;
    const isCorrected = this.project.standing("correct")?.done === true;
    const [step, words] = firstLacking(this.project) ?? (isCorrected ? JUDGE : CORRECT);
    return html`<section class="card">
      <h2>There is no model yet</h2>
      <p>${words}</p>
      <p class="row"><a class="button main" href="#/${step}">${STEPS.find((each) => each.step === step)?.title}</a></p>
    </section>`;
  }

  #model(offer: Offer): TemplateResult {
    const { methods, chosen } = offer;
    const method = methods.find((each) => each.method === chosen) as Method;
    return html`<section class="card" aria-labelledby="ship-model">
      <h2 id="ship-model">Your model</h2>
      <p class="chosen">${this.#inWords(method)}</p>
      ${method.apart === "" ? nothing : html`<p class="soft">${method.apart}</p>`}
      ${this.#isWriting ? html`<p class="soft">The model is being written …</p>` : nothing}
      ${offer.stale ? html`<p class="aside">Something was changed since it was judged. <a href="#/judge">Judge it again.</a></p>` : nothing}
      ${offer.unfinished ? html`<p class="aside">Not all methods are judged yet. <a href="#/judge">See how far that is.</a></p>` : nothing}
      ${methods.length < 2
        ? nothing
        : html`<details>
            <summary>Take another method</summary>
            ${this.#table(methods, chosen)}
            <p class="soft">In brackets stands what would be no surprise with other texts.</p>
          </details>`}
      ${methods.some((each, place) => place === 0 && each.why_not !== null) ? this.#cannot(methods[0] as Method) : nothing}
    </section>`;
  }

  #inWords({ title, score, said, size_bytes, ms }: Method): TemplateResult {
    const facts = [size_bytes === null ? "" : sizeInWords(size_bytes), ms === null ? "" : `${timeInWords(ms)} a text`].filter((each) => each !== "");
    const more = facts.length === 0 ? "" : ` (${facts.join(", ")})`;
    if (score === null) return html`<b>${title}</b>${more} was not judged yet. <a href="#/judge">Judge it</a> to learn how often it is right.`;
    return html`<b>${title}</b> is ${said} ${score.seen > 0 ? "of the test" : "that it never saw"}${more}.`;
  }

  #cannot({ title, why_not }: Method): Part {
    return why_not === null ? nothing : html`<p class="soft">${title} cannot be taken along: ${why_not}.</p>`;
  }

  #table(methods: readonly Method[], chosen: string | null): TemplateResult {
    return html`<table class="methods">
      <thead>
        <tr>
          <th scope="col">Method</th>
          <th scope="col">Right</th>
          <th scope="col">Size</th>
          <th scope="col">A text takes</th>
          <td></td>
        </tr>
      </thead>
      <tbody>
        ${methods.map((each) => this.#row(each, each.method === chosen))}
      </tbody>
    </table>`;
  }

  #row({ method, title, score, share, likely, size_bytes, ms, why_not }: Method, isChosen: boolean): TemplateResult {
    return html`<tr>
      <th scope="row">${title}</th>
      <td>${score === null ? "not judged" : html`${share} <span class="soft">(${likely})</span>`}</td>
      <td>${size_bytes === null ? "–" : sizeInWords(size_bytes)}</td>
      <td>${ms === null ? "–" : timeInWords(ms)}</td>
      <td>
        ${why_not === null
          ? html`<button type="button" aria-label=${`Take ${title}`} aria-pressed=${String(isChosen)} @click=${() => void this.#choose(method)}>
              ${isChosen ? "Taken" : "Take"}
            </button>`
          : html`<span class="soft">cannot be taken along</span>`}
      </td>
    </tr>`;
  }

  // --- what it is good for --------------------------------------------------------------------

  #shipped(offer: Offer, model: ShippedModel): TemplateResult {
    const { version, why_no_form, ways } = model;
    return html`
      ${why_no_form === null
        ? html`<section class="card" aria-labelledby="ship-try">
            <h2 id="ship-try">Try it</h2>
            <p class="soft">The fields fill themselves while you type. What you typed into a field stays.</p>
            <shipped-form .version=${version} .tries=${offer.tries}></shipped-form>
          </section>`
        : nothing}
      ${this.#downloads(model, offer.report)}
      <section class="card" aria-labelledby="ship-ways">
        <h2 id="ship-ways">Use it in a program</h2>
        <model-ways .ways=${ways}></model-ways>
      </section>
    `;
  }

  #downloads({ size_bytes, why_no_form }: ShippedModel, hasReport: boolean): TemplateResult {
    return html`<section class="card" aria-labelledby="ship-take">
      <h2 id="ship-take">Take it with you</h2>
      <ul class="takes">
        ${why_no_form === null ? this.#form() : html`<li><p class="soft">There is no form: ${why_no_form}.</p></li>`}
        <li>
          <a class="button" href="api/steps/ship/model.zip" download>Download the model</a>
          <p class="soft">A folder of ${sizeInWords(size_bytes)} that Python, Node and pages open.</p>
        </li>
        ${hasReport
          ? html`<li>
              <a class="button" href="api/steps/ship/report.html" download>Download the report</a>
              <p class="soft">How often each method was right, to be read without this page.</p>
            </li>`
          : nothing}
      </ul>
    </section>`;
  }

  #form(): TemplateResult {
    return html`<li>
      <a class="button main" href="api/steps/ship/form.zip" download>Download the form</a>
      <ol class="soft">
        <li>Unzip it.</li>
        <li>See it: <code>python3 -m http.server --directory form 8000</code>, then open <code>http://localhost:8000/</code></li>
        <li>Copy the folder to any web space. Nothing is built, and no text leaves the visitor's browser.</li>
      </ol>
    </li>`;
  }

  #texts({ annotated }: Offer): TemplateResult {
    return html`<section class="card" aria-labelledby="ship-texts">
      <h2 id="ship-texts">Your texts</h2>
      <p class="soft">${annotated} texts with what you marked in them.</p>
      <dataset-download></dataset-download>
    </section>`;
  }
}

customElements.define("ship-step", ShipView);
