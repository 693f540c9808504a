/** The table of methods, and that of labels: how often each is right, with what chance alone may change. */

import { html, nothing, type TemplateResult } from "lit";
import type { Part } from "../step_view.js";
import type { Found, Method, Score } from "./data.js";
import { drawRange, type Ranged, rangeInWords } from "./range.js";

export function methodsView(found: Found): TemplateResult {
  const { methods, texts, comparisons } = found;
  return html`<section class="card" aria-labelledby="judge-methods">
    <h2 id="judge-methods">All methods</h2>
    ${scoresTable("Method", methods.map((each) => scoreRow(methodName(each), each.count, each, texts)))}
    ${comparisons.filter((said) => said !== "").map((said) => html`<p>${said}</p>`)}
    <p class="soft">The line is what was counted. The bar is where the truth most likely lies.</p>
  </section>`;
}

export function labelsView(found: Found, method: Method, choose: (name: string) => void): Part {
  if (method.scores.length === 0) return nothing;
  return html`<section class="card" aria-labelledby="judge-labels">
    <h2 id="judge-labels">${titleOfScores(found)}</h2>
    ${found.methods.length < 2 ? nothing : methodChoice(found.methods, method, choose)}
    ${scoresTable("Name", method.scores.map((each) => labelRow(each, found.texts)))}
  </section>`;
}

function methodChoice(methods: readonly Method[], chosen: Method, choose: (name: string) => void): TemplateResult {
  return html`<p class="row">
    <label>Method
      <select @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
        ${methods.map(({ name, title }) => html`<option value=${name} ?selected=${name === chosen.name}>${title}</option>`)}
      </select>
    </label>
  </p>`;
}

function scoresTable(whose: string, rows: readonly TemplateResult[]): TemplateResult {
  return html`<table class="scores">
    <thead>
      <tr>
        <th scope="col">${whose}</th>
        <th scope="col">Right</th>
        <th scope="col">Likely</th>
      </tr>
    </thead>
    <tbody>${rows}</tbody>
  </table>`;
}

function scoreRow(name: Part, right: number, range: Ranged, texts: number): TemplateResult {
  return html`<tr>
    <th scope="row">${name}</th>
    <td>${right} of ${texts}</td>
    <td>${drawRange(range)} <span class="soft">${rangeInWords(range, texts)}</span></td>
  </tr>`;
}

function methodName({ title, note }: Method): TemplateResult {
  return html`${title} ${note === "" ? nothing : html`<span class="soft">${note}</span>`}`;
}

function labelRow(score: Score, texts: number): TemplateResult {
  return scoreRow(html`${score.name} ${withoutAny(score, texts)}`, Math.round(score.right * texts), score, texts);
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
