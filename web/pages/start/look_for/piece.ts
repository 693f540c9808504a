/** What the parts of the step share: each is drawn by itself, and works through the step. */

import { html, LitElement, nothing } from "lit";
import { ApiError } from "../../annotate/api.js";
import type { Part } from "../step_view.js";
import type { LookForView } from "./view.js";

/** What somebody must say before marks are lost. */
export interface Loss {
  readonly of: string;
  readonly detail: string;
}

export abstract class Piece extends LitElement {
  static override properties: Record<string, object> = { step: { attribute: false }, turn: { attribute: false }, editing: { state: true }, loss: { state: true } };
  declare step: LookForView;
  /** Changes when the step is drawn anew: what it knows may be new. */
  declare turn: unknown;
  declare editing: string | null;
  declare loss: Loss | null;

  constructor() {
    super();
    this.editing = null;
    this.loss = null;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Ask the server to change something; what would lose marks is asked about here. Say whether it was done. */
  protected async ask(path: string, body: object, said: string, of = ""): Promise<boolean> {
    this.loss = null;
    return await this.step.ask(this.localName, path, body, said, (error) => {
      if (!(error instanceof ApiError) || error.kind !== "used") return false;
      this.warn(of, error.message);
      return true;
    });
  }

  /** Say what would be lost; nothing is done before somebody answers. */
  protected warn(of: string, detail: string): void {
    this.loss = { of, detail };
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(".loss button")?.focus());
  }

  protected lossView(of: string, lose: () => void): Part {
    if (this.loss?.of !== of) return nothing;
    const { detail } = this.loss;
    return html`<div class="loss fault" role="alert" @keydown=${(event: KeyboardEvent) => event.key === "Escape" && this.#keep(of)}>
      <p>${detail}.</p>
      <p class="row">
        <button type="button" @click=${() => this.#keep(of)}>Keep</button>
        <button type="button" @click=${lose}>Remove all the same</button>
      </p>
    </div>`;
  }

  #keep(of: string): void {
    this.loss = null;
    this.#toButton(of);
  }

  /** Go back to the button that began it. */
  #toButton(name: string): void {
    void this.updateComplete.then(() => {
      const buttons = [...this.querySelectorAll<HTMLElement>("button[data-of]")];
      const begun = buttons.find((button) => button.dataset["of"] === name) ?? this.querySelector<HTMLElement>("form.change button");
      begun?.focus();
    });
  }

  protected faultView(): Part {
    return this.step.faultOf(this.localName);
  }

  /** Open the form that changes something, with its first field ready. */
  protected edit(name: string, field = "input"): void {
    this.editing = name;
    this.loss = null;
    void this.updateComplete.then(() => {
      const first = this.querySelector<HTMLInputElement>(`form.change ${field}`);
      first?.focus();
      first?.select();
    });
  }

  /** Close it, and go back to the button that opened it. */
  protected close(name: string): void {
    this.editing = null;
    this.#toButton(name);
  }
}

export function swatch(colour: string): HTMLElement {
  const line = document.createElement("span");
  line.className = "swatch";
  line.style.setProperty("--colour", colour);
  return line;
}

export function field(form: HTMLFormElement, name: string): string {
  return String(new FormData(form).get(name) ?? "").trim();
}

/** Empty a form at once, so that the next can be typed; what comes of it if it is refused is given back to it. */
export async function sent(form: HTMLFormElement, send: () => Promise<boolean>): Promise<void> {
  const before = [...form.querySelectorAll<HTMLInputElement>("input:not([type=checkbox])")].map((input) => [input, input.value] as const);
  const ticked = [...form.querySelectorAll<HTMLInputElement>("input[type=checkbox]")].filter((input) => input.checked);
  const sending = send();
  form.reset();
  form.querySelector("input")?.focus();
  if ((await sending) || before.some(([input]) => input.value !== "")) return;
  for (const [input, value] of before) input.value = value;
  for (const input of ticked) input.checked = true;
}
