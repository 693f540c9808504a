/** What the views of all steps share. */

import { html, LitElement, nothing, type TemplateResult } from "lit";
import { sentence } from "../annotate/view.js";
import type { Project } from "./project.js";

export type Part = TemplateResult | typeof nothing;

/** The view of a step: drawn without a shadow root, again whenever the project changes. */
export abstract class StepView extends LitElement {
  static override properties: Record<string, object> = { project: { attribute: false } };
  declare project: Project;
  fault = "";
  busy = false;
  #stop: (() => void) | null = null;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = this.project.listen(() => this.requestUpdate());
    void this.attempt(() => this.load());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  /** Fetch what the step shows. */
  protected async load(): Promise<void> {}

  /** Run something that the server does; show what went wrong, and where the project stands then. */
  protected async attempt(work: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.requestUpdate();
    try {
      this.fault = "";
      await work();
    } catch (error) {
      this.fault = sentence((error as Error).message);
    }
    this.busy = false;
    this.requestUpdate();
  }

  /** Run something that changes the project. */
  protected async change(work: () => Promise<void>): Promise<void> {
    await this.attempt(work);
    await this.project.refresh();
  }

  protected faultView(): Part {
    return this.fault === "" ? nothing : html`<p class="fault" role="alert">${this.fault}</p>`;
  }
}
