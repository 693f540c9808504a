/** The table of methods, and that of labels: how often each is right, with what chance alone may change. */

import { html, nothing, type TemplateResult } from "lit";
import type { Part } from "../step_view.js";
import type { Found, Method, Score } from "./data.js";
import { drawRange, rangeInWords } from "./range.js";

export function methodsView(found: Found): TemplateResult {
  const { methods, texts, comparisons } = found;
  return html`<section class="card" aria-labelledby="judge-methods">
    <h2 id="judge-methods">All methods</h2>
    <table class="scores">
      <thead>
        <tr>
          <th scope="col">Method</th>
          <th scope="col">Right</th>
          <th scope="col">Likely</th>
        </tr>
      </thead>
      <tbody>
        ${methods.map(
          (each) => html`<tr>
            <th scope="row">${each.title} ${each.note === "" ? nothing : html`<span class="soft">${each.note}</span>`}</th>
            <td>${each.count} of ${texts}</td>
            <td>${drawRange(each)} <span class="soft">${rangeInWords(each, texts)}</span></td>
          </tr>`,
        )}
      </tbody>
    </table>
    ${comparisons.filter((said) => said !== "").map((said) => html`<p>${said}</p>`)}
    <p class="soft">The line is what was counted. The bar is where the truth most likely lies.</p>
  </section>`;
}

export function labelsView(found: Found, method: Method, choose: (name: string) => void): Part {
  if (method.scores.length === 0) return nothing;
  return html`<section class="card" aria-labelledby="judge-labels">
    <h2 id="judge-labels">${titleOfScores(found)}</h2>
    ${found.methods.length < 2
      ? nothing
      : html`<p class="row">
          <label>Method
            <select @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
              ${found.methods.map(({ name, title }) => html`<option value=${name} ?selected=${name === method.name}>${title}</option>`)}
            </select>
          </label>
        </p>`}
    <table class="scores">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Right</th>
          <th scope="col">Likely</th>
        </tr>
      </thead>
      <tbody>
        ${method.scores.map(
          (each) => html`<tr>
            <th scope="row">${each.name} ${withoutAny(each, found.texts)}</th>
            <td>${Math.round(each.right * found.texts)} of ${found.texts}</td>
            <td>${drawRange(each)} <span class="soft">${rangeInWords(each, found.texts)}</span></td>
          </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function titleOfScores({ labels, questions }: Found): string {
  if (questions === 0) return "Each label";
  return labels === 0 ? "Each question" : "Each label and question";
}

/** Texts in which there is nothing to find count, too: who finds nothing there is right. */
function withoutAny({ occurs }: Score, texts: number): Part {
  if (occurs === null || occurs === texts) return nothing;
  return html`<span class="soft">${texts - occurs === 1 ? "1 text has" : `${texts - occurs} texts have`} none</span>`;
}
