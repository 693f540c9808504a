/** What all views of the page share. */

import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { Category } from "textwright";
import type { Project } from "./data.js";
import type { Desk } from "./desk.js";

export type Part = TemplateResult | typeof nothing;

/** A view: drawn without a shadow root, again whenever the desk changes. */
export abstract class View extends LitElement {
  static override properties: Record<string, object> = { desk: { attribute: false } };
  declare desk: Desk;
  fault = "";
  #stop: (() => void) | null = null;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = this.desk.listen(() => this.requestUpdate());
    void this.attempt(() => this.load());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  /** The project that is open: views are shown only where one is. */
  protected get project(): Project {
    return this.desk.project as Project;
  }

  /** Fetch what the view shows. */
  protected async load(): Promise<void> {}

  /** Run a step; show what went wrong, or take away what the last step had shown. */
  protected async attempt(step: () => Promise<void> | void): Promise<void> {
    try {
      this.fault = "";
      await step();
    } catch (error) {
      this.fault = sentence((error as Error).message);
      this.desk.notice(error);
    }
    this.desk.tell();
    this.requestUpdate();
  }

  protected faultView(): Part {
    return this.fault === "" ? nothing : html`<p class="fault" role="alert">${this.fault}</p>`;
  }
}

export function sentence(message: string): string {
  const namesFile = /^\S+\.\w+:/.test(message);
  const begun = namesFile ? message : message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

/** List the categories of a text. */
export function categoriesView(categories: readonly Category[]): Part {
  if (categories.length === 0) return nothing;
  return html`<ul class="chips">
    ${categories.map((each) => html`<li>${each.task}: <b>${each.label}</b></li>`)}
  </ul>`;
}

/** Write a point in time as the reader's language does. */
export function when(at: string): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}

/** Whether somebody may settle what annotators see differently. */
export function reviews({ role }: Project): boolean {
  return role === "reviewer" || role === "owner";
}
