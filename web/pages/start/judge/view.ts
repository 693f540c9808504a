/** The step `judge`. */

import { html, type TemplateResult } from "lit";
import { StepView } from "../step_view.js";

export class JudgeView extends StepView {
  protected override render(): TemplateResult {
    return html`${this.faultView()}`;
  }
}

customElements.define("judge-step", JudgeView);
