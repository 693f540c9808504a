/** The step `suggest`. */

import { html, type TemplateResult } from "lit";
import { StepView } from "../step_view.js";

export class SuggestView extends StepView {
  protected override render(): TemplateResult {
    return html`${this.faultView()}`;
  }
}

customElements.define("suggest-step", SuggestView);
