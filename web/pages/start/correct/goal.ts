/** How many texts are corrected, and how many are enough. */

import { html, type TemplateResult } from "lit";
import type { Standing } from "./data.js";

export function goalView(standing: Standing): TemplateResult {
  return html`<section class="card goal">
    <h2>How far you are</h2>
    <progress max=${Math.max(1, standing.aim)} .value=${Math.min(standing.done, standing.aim)} aria-label="Corrected texts, of about as many as are good to have"></progress>
    <p role="status">${standing.goal}</p>
  </section>`;
}
