/** What a step does, as lines for a shell and for a notebook, each with a button that copies it. */

import { html, LitElement, nothing, type TemplateResult } from "lit";
import { notebookLine } from "./lines.js";
import type { Part } from "./step_view.js";

const SHOWN = 2_000;

export class StepCommands extends LitElement {
  static override properties = { lines: { attribute: false }, folder: { attribute: false }, copied: { state: true } };
  declare lines: readonly string[];
  declare folder: string;
  declare copied: string;
  #timer = 0;

  constructor() {
    super();
    this.lines = [];
    this.folder = "";
    this.copied = "";
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    return html`<details class="commands">
      <summary>${this.lines.length === 0 ? "The project in a notebook" : "The same on the command line"}</summary>
      ${this.lines.length === 0
        ? nothing
        : html`<ul>
              ${this.lines.map((line) => this.#line(line))}
            </ul>
            <h2>The project in a notebook</h2>`}
      <ul>${this.#line(notebookLine(this.folder))}</ul>
      <p class="visually-hidden" role="status">${this.copied === "" ? "" : "Copied."}</p>
    </details>`;
  }

  #line(line: string): Part {
    const isCopied = this.copied === line;
    return html`<li>
      <pre tabindex="0"><code>${line}</code></pre>
      <button type="button" aria-label=${`Copy: ${line}`} @click=${(event: Event) => void this.#copy(line, event)}>${isCopied ? "Copied" : "Copy"}</button>
    </li>`;
  }

  /** Where the browser forbids copying, the line is selected, so that a key copies it. */
  async #copy(line: string, event: Event): Promise<void> {
    try {
      await navigator.clipboard.writeText(line);
    } catch {
      const shown = (event.target as HTMLElement).closest("li")?.querySelector("code");
      if (shown) getSelection()?.selectAllChildren(shown);
      return;
    }
    this.copied = line;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => (this.copied = ""), SHOWN);
  }
}

customElements.define("step-commands", StepCommands);
