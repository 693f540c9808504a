/** The step `correct`. */

import { html, type TemplateResult } from "lit";
import { StepView } from "../step_view.js";

export class CorrectView extends StepView {
  protected override render(): TemplateResult {
    return html`${this.faultView()}`;
  }
}

customElements.define("correct-step", CorrectView);
