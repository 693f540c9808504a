/** The step `look_for`: labels for parts of a text, questions about whole texts, and what one's own texts propose. */

import { html, nothing } from "lit";
import type { Schema } from "textwright";
import { schemaFromData } from "../../../runtime/src/schema.js";
import { get, send } from "../../annotate/api.js";
import { type Part, StepView } from "../step_view.js";
import { type LookForData, PATH } from "./data.js";
import "./labels.js";
import "./proposals.js";
import "./questions.js";
import "./starts.js";

const NOTHING: Schema = { name: "", labels: [], tasks: [], rules: [], open: false };

export class LookForView extends StepView {
  data: LookForData | null = null;
  schema: Schema = NOTHING;
  #said = "";
  #asker = "";
  #turn = 0;
  #before: Promise<unknown> = Promise.resolve();

  protected override async load(): Promise<void> {
    this.#take(await get<LookForData>(PATH));
  }

  #take(data: LookForData): void {
    this.data = data;
    this.schema = schemaFromData(data.schema);
    this.#turn++;
  }

  /**
   * Change something for a part of the step, after what was asked before it. An error that `heard` takes is none.
   * Say whether it was done.
   */
  async ask(asker: string, path: string, body: object, said: string, heard: (error: unknown) => boolean): Promise<boolean> {
    const asked = this.#before.then(() => this.#ask(asker, path, body, said, heard));
    this.#before = asked;
    return await asked;
  }

  async #ask(asker: string, path: string, body: object, said: string, heard: (error: unknown) => boolean): Promise<boolean> {
    let isDone = false;
    [this.#asker, this.#said] = [asker, ""];
    await this.change(async () => {
      try {
        this.#take(await send<LookForData>("POST", `${PATH}/${path}`, body));
        isDone = true;
        this.#said = said;
      } catch (error) {
        if (!heard(error)) throw error;
      }
    });
    await this.updateComplete;
    return isDone;
  }

  /** What went wrong is said where it was asked for. */
  faultOf(asker: string): Part {
    return this.#asker === asker ? this.faultView() : nothing;
  }

  protected override render(): Part {
    if (this.data === null) return this.faultView();
    const { data } = this;
    const isEmpty = data.labels.length === 0 && data.tasks.length === 0;
    const turn = this.#turn;
    return html`
      ${this.#asker === "" ? this.faultView() : nothing}
      <p class="visually-hidden" role="status">${this.#said}</p>
      ${isEmpty ? html`<look-for-starts .step=${this} .turn=${this.#drawn()} .fitting=${true}></look-for-starts>` : nothing}
      <look-for-labels .step=${this} .turn=${this.#drawn()}></look-for-labels>
      <look-for-proposals .step=${this} .turn=${turn}></look-for-proposals>
      <look-for-questions .step=${this} .turn=${this.#drawn()}></look-for-questions>
      <look-for-starts .step=${this} .turn=${this.#drawn()} .fitting=${false}></look-for-starts>
    `;
  }

  /** A value that is new each time, so that the parts are drawn whenever the step is. */
  #drawn(): object {
    return {};
  }
}

customElements.define("look-for-step", LookForView);
