/** What the views of all steps share. */

import { html, LitElement, nothing, type TemplateResult } from "lit";
import { Unreachable } from "../annotate/api.js";
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
  #turn = 0;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#turn = this.project.turn;
    this.#stop = this.project.listen(() => this.#heard());
    void this.attempt(() => this.#begin());
  }

  /** The step that was left comes first: what it still saves may change what is shown here. */
  async #begin(): Promise<void> {
    await this.project.saved;
    await this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  #heard(): void {
    this.requestUpdate();
    if (this.#turn === this.project.turn) return;
    this.#turn = this.project.turn;
    void this.attempt(() => this.again());
  }

  /** Fetch what the step shows. */
  protected async load(): Promise<void> {}

  /** Fetch it anew: another tab changed something, or the server was away. */
  protected async again(): Promise<void> {
    await this.load();
  }

  /** Run something that the server does; show what went wrong, and where the project stands then. */
  protected async attempt(work: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.requestUpdate();
    try {
      this.fault = "";
      await work();
    } catch (error) {
      await this.#failed(error as Error);
    }
    this.busy = false;
    this.requestUpdate();
  }

  /** That the server is gone is said once, above the step. */
  async #failed(error: Error): Promise<void> {
    if (error instanceof Unreachable) await this.project.refresh();
    this.fault = this.project.lost ? "" : sentence(error.message);
  }

  /** Run something that changes the project. */
  protected async change(work: () => Promise<void>): Promise<void> {
    await this.attempt(work);
    await this.project.changed();
  }

  /** What hinders the whole project stands above the step already. */
  protected faultView(): Part {
    return this.fault === "" || this.fault === this.project.fault ? nothing : html`<p class="fault" role="alert">${this.fault}</p>`;
  }
}
