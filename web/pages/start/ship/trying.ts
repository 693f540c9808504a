/** The form that fills itself, in the page: the same page, script and style that its zip holds. */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { sentence } from "../../annotate/view.js";

/** What `form.js` offers. */
interface FormScript {
  fill(place: HTMLElement): { close(): void };
}

const address = (name: string): string => new URL(name, document.baseURI).href;

export class ShippedForm extends LitElement {
  static override properties = { version: {}, tries: { attribute: false }, fault: { state: true } };
  declare version: string;
  declare tries: readonly string[];
  declare fault: string;
  #form: { close(): void } | null = null;

  constructor() {
    super();
    this.version = this.fault = "";
    this.tries = [];
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#form?.close();
    this.#form = null;
  }

  /** Another model was shipped: open its form. */
  protected override updated(changed: PropertyValues): void {
    if (changed.has("version") && this.version !== "") void this.#open(this.version);
  }

  async #open(version: string): Promise<void> {
    try {
      const { fill } = (await import(/* @vite-ignore */ address("form.js"))) as FormScript;
      const place = await fetchedForm();
      if (version !== this.version || !this.isConnected) return;
      keepText(this, place);
      this.#form?.close();
      this.querySelector("[data-place]")?.replaceChildren(place);
      this.#form = fill(place);
      this.fault = "";
    } catch (error) {
      this.fault = sentence(`the form cannot be shown: ${(error as Error).message}`);
    }
  }

  #try(text: string): void {
    const field = this.querySelector<HTMLTextAreaElement>("[data-text]");
    if (field === null) return;
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  protected override render(): TemplateResult {
    return html`
      <link rel="stylesheet" href="form.css" />
      ${this.fault === "" ? nothing : html`<p class="fault" role="alert">${this.fault}</p>`}
      <div data-place></div>
      ${this.tries.length === 0
        ? nothing
        : html`<h3>Texts that it never saw</h3>
            <ul class="tries">
              ${this.tries.map((text) => html`<li><button type="button" dir="auto" @click=${() => this.#try(text)}>${text}</button></li>`)}
            </ul>`}
    `;
  }
}

/** What somebody typed goes to the new model, too. */
function keepText(old: HTMLElement, place: HTMLElement): void {
  const [from, to] = [old, place].map((each) => each.querySelector<HTMLTextAreaElement>("[data-text]"));
  if (from && to) to.value = from.value;
}

async function fetchedForm(): Promise<HTMLElement> {
  const answer = await fetch(address("form.html"), { cache: "no-store" });
  if (!answer.ok) throw new Error(`the server answers ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return document.adoptNode(page.querySelector("[data-model]") as HTMLElement);
}

customElements.define("shipped-form", ShippedForm);
