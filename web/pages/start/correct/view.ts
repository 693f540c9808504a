/** The step `correct`: the texts one after the other, and beside them what a model learns of it meanwhile. */

import "../../../components/annotator/index.js";
import "../../annotate/label_form.js";
import { html, nothing } from "lit";
import { get } from "../../annotate/api.js";
import { attend } from "../../annotate/attending.js";
import { ConflictDialog } from "../../annotate/conflict.js";
import { Desk } from "../../annotate/desk.js";
import { KeysDialog } from "../../annotate/keys.js";
import { type Part, StepView } from "../step_view.js";
import type { Standing } from "./data.js";
import { goalView } from "./goal.js";
import { modelView } from "./model.js";
import { TextView } from "./text_view.js";

customElements.define("annotate-view", TextView);
customElements.define("conflict-dialog", ConflictDialog);
customElements.define("keys-dialog", KeysDialog);

const LOOK = 5000;
let desk: Desk | null = null;

/** One desk serves the page as long as it is open: what waits to be saved is its. */
function theDesk(): Desk {
  if (desk === null) {
    desk = new Desk();
    attend(desk);
    desk.keepUp();
  }
  return desk;
}

export class CorrectView extends StepView {
  readonly #desk = theDesk();
  #standing: Standing | null = null;
  #done = -1;
  #timer = 0;
  #forget: (() => void) | null = null;
  readonly #pressed = (event: KeyboardEvent): void => this.#help(event);

  override connectedCallback(): void {
    super.connectedCallback();
    this.#forget = this.#desk.listen(() => this.#follow());
    this.#timer = window.setInterval(() => document.visibilityState === "visible" && void this.#look(), LOOK);
    document.addEventListener("keydown", this.#pressed);
    this.addEventListener("label-added", () => void this.project.refresh());
    this.addEventListener("annotator-help", () => this.querySelector<KeysDialog>("keys-dialog")?.show());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget?.();
    clearInterval(this.#timer);
    document.removeEventListener("keydown", this.#pressed);
    this.#desk.keepNow();
  }

  protected override async load(): Promise<void> {
    await Promise.all([this.#desk.renew(), this.#look()]);
    await this.#showNamed();
  }

  /** Where the address names a text, show it; the address is then that of the step again. */
  async #showNamed(): Promise<void> {
    const number = /^#\/correct\/(\d+)$/.exec(location.hash)?.[1];
    if (number === undefined) return;
    history.replaceState(null, "", "#/correct");
    await this.#desk.goTo(Number(number));
  }

  /** Ask what the model is at; what cannot be asked now is asked again. */
  async #look(): Promise<void> {
    const { rounds, done = 0 } = this.#standing ?? {};
    const found = await get<Standing>("api/steps/correct").catch(() => null);
    if (found === null) return;
    this.#standing = found;
    this.requestUpdate();
    if (rounds === undefined) return;
    const isElsewhere = found.done > done && found.done > this.#desk.done && this.#desk.outbox?.size === 0;
    if (isElsewhere || found.rounds.length > rounds.length) await this.#desk.refresh();
  }

  /** What was handed in here counts at once, also in the way through the steps. */
  #follow(): void {
    this.requestUpdate();
    if (this.#desk.done === this.#done || (this.#desk.outbox?.size ?? 0) > 0) return;
    const isFirst = this.#done < 0;
    this.#done = this.#desk.done;
    if (!isFirst) void Promise.all([this.#look(), this.project.refresh()]);
  }

  #help(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    if (event.key !== "?" || event.defaultPrevented || target.closest("input, textarea, select, dialog, .text") !== null) return;
    event.preventDefault();
    this.querySelector<KeysDialog>("keys-dialog")?.show();
  }

  protected override render(): Part {
    const place = this.#desk;
    return html`
      ${this.faultView()}
      <div class="correcting">
        <div class="at-work">
          ${place.phase === "working" ? html`<annotate-view .desk=${place}></annotate-view>` : this.#waiting()}
        </div>
        ${this.#standing === null ? nothing : html`<div class="beside">${goalView(this.#standing)} ${modelView(this.#standing)}</div>`}
      </div>
      <keys-dialog .desk=${place}></keys-dialog>
      <conflict-dialog .desk=${place}></conflict-dialog>
    `;
  }

  #waiting(): Part {
    if (this.#desk.phase !== "closed") return html`<p class="soft" role="status">Fetching texts …</p>`;
    return html`<p class="fault" role="alert">${this.#desk.fault}</p>
      <p class="row"><button type="button" class="main" @click=${() => void this.attempt(() => this.load())}>Try again</button></p>`;
  }
}

customElements.define("correct-step", CorrectView);
