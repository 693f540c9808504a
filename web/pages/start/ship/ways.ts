/** The ways to use a model in a program, each with lines to copy. */

import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { Way } from "./data.js";

const SHOWN = 2_000;

export class ModelWays extends LitElement {
  static override properties = { ways: { attribute: false }, copied: { state: true } };
  declare ways: readonly Way[];
  declare copied: string;
  #timer = 0;

  constructor() {
    super();
    this.ways = [];
    this.copied = "";
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    return html`${this.ways.map((way) => this.#way(way))}
      <p class="visually-hidden" role="status">${this.copied === "" ? "" : "Copied."}</p>`;
  }

  #way({ name, title, words, before, code }: Way): TemplateResult {
    return html`<details name="ways" data-way=${name}>
      <summary>${title}</summary>
      <p class="soft">${words}</p>
      ${before === "" ? nothing : this.#lines(before, `${title}, in a terminal`)} ${this.#lines(code, title)}
    </details>`;
  }

  #lines(code: string, title: string): TemplateResult {
    return html`<div class="code">
      <pre tabindex="0" aria-label=${`Lines: ${title}`} role="group"><code>${code}</code></pre>
      <button type="button" aria-label=${`Copy the lines: ${title}`} @click=${(event: Event) => void this.#copy(code, event)}>
        ${this.copied === code ? "Copied" : "Copy"}
      </button>
    </div>`;
  }

  /** Where the browser forbids copying, the lines are selected, so that a key copies them. */
  async #copy(code: string, event: Event): Promise<void> {
    try {
      await navigator.clipboard.writeText(code);
    } catch {
      const shown = (event.target as HTMLElement).closest(".code")?.querySelector("code");
      if (shown) getSelection()?.selectAllChildren(shown);
      return;
    }
    this.copied = code;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => (this.copied = ""), SHOWN);
  }
}

customElements.define("model-ways", ModelWays);
