/** The step `bring`. */

import { html, type TemplateResult } from "lit";
import { StepView } from "../step_view.js";

export class BringView extends StepView {
  protected override render(): TemplateResult {
    return html`${this.faultView()}`;
  }
}

customElements.define("bring-step", BringView);
