/** The page around the steps: the way through them, the step that is shown, and its commands. */

import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { Project, Standing } from "./project.js";
import { type Step, STEPS, type StepWords } from "./steps.js";
import type { Part } from "./step_view.js";

export class StartApp extends LitElement {
  static override properties = { project: { attribute: false } };
  declare project: Project;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.project.listen(() => this.requestUpdate());
    addEventListener("hashchange", () => this.#follow());
  }

  get step(): Step {
    const named = location.hash.replace(/^#\//, "");
    return STEPS.find(({ step }) => step === named)?.step ?? this.project.data?.step ?? "bring";
  }

  /** Another step begins at its top, with its heading heard first. */
  #follow(): void {
    this.requestUpdate();
    void this.project.go(this.step);
    scrollTo({ top: 0 });
    void this.updateComplete.then(() => this.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true }));
  }

  protected override updated(): void {
    const title = STEPS.find(({ step }) => step === this.step)?.title;
    document.title = [title, this.project.data?.name, "textwright"].filter((part) => part !== undefined && part !== "").join(" · ");
  }

  protected override render(): TemplateResult {
    const { project } = this;
    return html`
      <a class="skip" href="#main" @click=${(event: Event) => this.#skip(event)}>Skip to the step</a>
      <header>
        <p class="brand"><b>textwright</b> <span>${project.data?.name ?? ""}</span></p>
        <nav aria-label="Steps">
          <ol>
            ${STEPS.map((each) => this.#way(each))}
          </ol>
        </nav>
      </header>
      <main id="main" tabindex="-1">
        ${project.fault === "" ? nothing : html`<p class="fault" role="alert">${project.fault}</p>`}
        ${project.data === null ? html`<p class="soft opening" role="status">Opening the project …</p>` : this.#shown()}
      </main>
    `;
  }

  #way({ step, title }: StepWords): TemplateResult {
    const standing = this.project.standing(step);
    return html`<li class=${standing?.done ? "done" : ""}>
      <a href="#/${step}" aria-current=${step === this.step ? "step" : nothing}>${title}${standing?.done ? html` <span class="visually-hidden">(done)</span>` : nothing}</a>
    </li>`;
  }

  #shown(): TemplateResult {
    const { step } = this;
    const words = STEPS.find((each) => each.step === step) as StepWords;
    const next = STEPS[STEPS.indexOf(words) + 1];
    return html`
      <h1 tabindex="-1">${words.title}</h1>
      <p class="lead">${words.lead}</p>
      ${this.#view(step)} ${next === undefined ? nothing : html`<p class="row onward"><a class="button main" href="#/${next.step}">Next: ${next.title}</a></p>`}
      ${this.#commands(this.project.standing(step))}
    `;
  }

  #view(step: Step): TemplateResult {
    switch (step) {
      case "bring":
        return html`<bring-step .project=${this.project}></bring-step>`;
      case "look_for":
        return html`<look-for-step .project=${this.project}></look-for-step>`;
      case "suggest":
        return html`<suggest-step .project=${this.project}></suggest-step>`;
      case "correct":
        return html`<correct-step .project=${this.project}></correct-step>`;
      case "judge":
        return html`<judge-step .project=${this.project}></judge-step>`;
      case "ship":
        return html`<ship-step .project=${this.project}></ship-step>`;
    }
  }

  #commands(standing: Standing | undefined): Part {
    if (standing === undefined || standing.commands.length === 0) return nothing;
    return html`<details class="commands">
      <summary>The same on the command line</summary>
      <pre tabindex="0"><code>${standing.commands.join("\n")}</code></pre>
    </details>`;
  }

  #skip(event: Event): void {
    event.preventDefault();
    this.querySelector<HTMLElement>("main")?.focus();
  }
}
