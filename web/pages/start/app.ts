/** The page around the steps: the way through them, the step that is shown, and its commands. */

import { html, LitElement, nothing, type TemplateResult } from "lit";
import "./commands.js";
import { startLine } from "./lines.js";
import type { Project } from "./project.js";
import { type Step, STEPS, type StepWords } from "./steps.js";
import type { Part } from "./step_view.js";

export class StartApp extends LitElement {
  static override properties = { project: { attribute: false } };
  declare project: Project;
  #drawn: Step | null = null;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.project.listen(() => this.requestUpdate());
    addEventListener("hashchange", () => this.#follow());
  }

  get step(): Step {
    return this.#named ?? this.#drawn ?? this.project.data?.step ?? "bring";
  }

  get #named(): Step | undefined {
    const named = /^#\/([^/]*)/.exec(location.hash)?.[1];
    return STEPS.find(({ step }) => step === named)?.step;
  }

  /** Another step begins at its top, with its heading heard first. */
  #follow(): void {
    if (this.#named === undefined) return;
    this.project.news = "";
    this.requestUpdate();
    void this.project.go(this.step);
    scrollTo({ top: 0 });
    void this.updateComplete.then(() => this.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true }));
  }

  protected override updated(): void {
    const { data } = this.project;
    if (data === null) return;
    if (this.#drawn === null) this.#begin();
    this.#drawn = this.step;
    document.title = `${words(this.step).title} · ${data.name} · textwright`;
  }

  /** The address names the step, so that another tab that goes on does not move this one. */
  #begin(): void {
    if (this.#named === undefined) history.replaceState(null, "", `#/${this.step}`);
    else if (this.#named !== this.project.data?.step) void this.project.go(this.step);
  }

  protected override render(): TemplateResult {
    const { project } = this;
    return html`
      <a class="skip" href="#main" @click=${(event: Event) => this.#skip(event)}>Skip to the step</a>
      <header class="way">
        <p class="brand"><b>textwright</b> <span>${project.data?.name ?? ""}</span></p>
        <nav aria-label="Steps">
          <ol>
            ${STEPS.map((each, place) => this.#way(each, place + 1))}
          </ol>
        </nav>
      </header>
      <main id="main" tabindex="-1">
        ${this.#notices()}
        ${project.data === null ? html`<p class="soft opening" role="status">Opening the project …</p>` : this.#shown()}
      </main>
    `;
  }

  #way({ step, title }: StepWords, number: number): TemplateResult {
    const { done, words } = this.project.standing(step) ?? { done: false, words: "" };
    return html`<li class=${done ? "done" : ""}>
      <a href="#/${step}" aria-current=${step === this.step ? "step" : nothing}>
        <span class="number" aria-hidden="true">${done ? "✓" : number}</span>
        <span class="of-step">
          <span class="title">${title}</span>
          ${done ? html`<span class="visually-hidden">(done)</span>` : nothing} ${words === "" ? nothing : html`<span class="words">${words}</span>`}
        </span>
      </a>
    </li>`;
  }

  /** What goes wrong with the project as a whole; the status is there before it speaks, so that it is heard. */
  #notices(): TemplateResult {
    const { fault, lost, news, data } = this.project;
    return html`
      ${fault === "" ? nothing : html`<p class="fault" role="alert">${fault}</p>`}
      ${lost
        ? html`<div class="fault away" role="alert">
            <p><b>The server does not answer.</b> What was saved is safe. Start it again, and this page goes on by itself.</p>
            <pre tabindex="0"><code>${startLine(data?.folder, location.port)}</code></pre>
          </div>`
        : nothing}
      <p class=${news === "" ? "visually-hidden" : "aside news"} role="status">${news}</p>
    `;
  }

  #shown(): TemplateResult {
    const { step } = this;
    const { title, lead } = words(step);
    const fault = this.project.standing(step)?.fault ?? "";
    return html`
      <h1 tabindex="-1">${title}</h1>
      <p class="lead">${lead}</p>
      ${fault === "" ? nothing : html`<p class="fault" role="alert">${fault}</p>`}
      ${this.#view(step)} ${this.#onward(step)}
      <step-commands .lines=${this.project.standing(step)?.commands ?? []} .folder=${this.project.data?.folder ?? ""}></step-commands>
    `;
  }

  /** The way on is the main button once there is nothing left to do here. */
  #onward(step: Step): Part {
    const next = STEPS[STEPS.indexOf(words(step)) + 1];
    if (next === undefined) return nothing;
    const done = this.project.standing(step)?.done ?? false;
    return html`<p class="row onward"><a class=${done ? "button main" : "button"} href="#/${next.step}">Next: ${next.title}</a></p>`;
  }

  #view(step: Step): TemplateResult {
    switch (step) {
      case "bring":
        return html`<bring-step class="step" .project=${this.project}></bring-step>`;
      case "look_for":
        return html`<look-for-step class="step" .project=${this.project}></look-for-step>`;
      case "suggest":
        return html`<suggest-step class="step" .project=${this.project}></suggest-step>`;
      case "correct":
        return html`<correct-step class="step" .project=${this.project}></correct-step>`;
      case "judge":
        return html`<judge-step class="step" .project=${this.project}></judge-step>`;
      case "ship":
        return html`<ship-step class="step" .project=${this.project}></ship-step>`;
    }
  }

  #skip(event: Event): void {
    event.preventDefault();
    this.querySelector<HTMLElement>("main")?.focus();
  }
}

function words(step: Step): StepWords {
  return STEPS.find((each) => each.step === step) as StepWords;
}
