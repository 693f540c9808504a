/** What was brought: how many texts, what was set aside, where they come from, what they are like. */

import { html, nothing } from "lit";
import type { Part } from "../step_view.js";
import { counted } from "../../shared/counted.js";
import type { BringData, Source } from "./data.js";

export interface Brought {
  readonly busy: boolean;
  chooseColumn(source: string, column: string): Promise<void>;
}

export function broughtView(step: Brought, data: BringData): Part {
  return html`<section class="card">
    <h2 id="brought" tabindex="-1">${counted(data.count, "text")}</h2>
    <p>${aside(data)}</p>
    ${data.notes.map((note) => html`<p class="aside">${note}</p>`)}
    ${data.said.filter(({ weight }) => weight === "look").map(({ words }) => html`<p class="aside">${words}</p>`)}
    ${data.sources.filter(({ columns }) => columns.length > 1).map((source) => columnView(step, source))}
    <p class="soft">${[...data.said.filter(({ weight }) => weight === "note").map(({ words }) => words), "Some of them:"].join(" ")}</p>
    <ul class="sample">
      ${data.sample.map(({ text, held_out }) => html`<li dir="auto"><span>${text}</span>${held_out ? html` <span class="badge">for the test</span>` : nothing}</li>`)}
    </ul>
  </section>`;
}

/** Say in plain words what was set aside, and what for. */
function aside({ count, held_out, annotated }: BringData): string {
  const mine = annotated === 0 ? "" : ` ${counted(annotated, "text")} ${annotated === 1 ? "is" : "are"} marked already.`;
  if (held_out === 0) return `None is set aside for the test yet: they are too few or too much alike.${mine}`;
  const are = held_out === 1 ? "is" : "are";
  return `${held_out.toLocaleString("en-GB")} of ${counted(count, "text")} ${are} set aside for the test. No model ever learns from them.${mine}`;
}

function columnView(step: Brought, source: Source): Part {
  return html`<p class="row">
    <label>
      In ${source.name} the texts are in the column
      <select ?disabled=${step.busy} @change=${(event: Event) => void step.chooseColumn(source.name, (event.target as HTMLSelectElement).value)}>
        ${source.columns.map((name) => html`<option .value=${name} .selected=${name === source.column}>${name}</option>`)}
      </select>
    </label>
  </p>`;
}
