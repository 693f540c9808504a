/** What the model in the background has learned so far, and what more texts would bring. */

import { html, nothing, type TemplateResult } from "lit";
import type { Part } from "../step_view.js";
import { curveView } from "./curve.js";
import type { Standing } from "./data.js";

export function modelView(standing: Standing): TemplateResult {
  return html`<section class="card learning">
    <h2>A model learns meanwhile</h2>
    ${standing.missing === null ? trained(standing) : html`<p>${standing.model}</p><pre tabindex="0"><code>${standing.missing}</code></pre>`}
  </section>`;
}

function trained(standing: Standing): TemplateResult {
  return html`<p role="status">${standing.model}</p>
    ${standing.rounds.length === 0 ? nothing : curveView(standing.rounds, standing.counts)}
    ${said(standing.suggests)} ${said(standing.forecast)}
    <p class="soft">${standing.next}</p>`;
}

function said(words: string): Part {
  return words === "" ? nothing : html`<p>${words}</p>`;
}
