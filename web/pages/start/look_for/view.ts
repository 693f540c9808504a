/** The step `look_for`. */

import { html, type TemplateResult } from "lit";
import { StepView } from "../step_view.js";

export class LookForView extends StepView {
  protected override render(): TemplateResult {
    return html`${this.faultView()}`;
  }
}

customElements.define("look-for-step", LookForView);
