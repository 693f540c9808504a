/** The step `ship`. */

import { html, type TemplateResult } from "lit";
import { StepView } from "../step_view.js";

export class ShipView extends StepView {
  protected override render(): TemplateResult {
    return html`${this.faultView()}`;
  }
}

customElements.define("ship-step", ShipView);
