/** What is worth repairing, each by one click or all by one; and what was repaired, to be taken back. */

import { html, nothing } from "lit";
import type { Part } from "../step_view.js";
import type { BringData, Repair } from "./data.js";

export interface Repairing {
  readonly busy: boolean;
  repair(repairs: readonly string[], at: string): Promise<void>;
}

export function repairsView(step: Repairing, { repairs }: BringData): Part {
  if (repairs.length === 0) return nothing;
  const left = repairs.filter(({ chosen }) => !chosen);
  return html`<section class="card repairs">
    <div class="view-head">
      <h2 id="repairs" tabindex="-1">${left.length === 0 ? "Repaired" : "Worth repairing"}</h2>
      ${left.length > 1 ? html`<button type="button" ?disabled=${step.busy} @click=${() => void step.repair(repairs.map(({ name }) => name), "#repairs")}>Repair all</button>` : nothing}
    </div>
    <ul>
      ${repairs.map((each) => repairView(step, each, repairs))}
    </ul>
  </section>`;
}

function repairView(step: Repairing, repair: Repair, all: readonly Repair[]): Part {
  const chosen = all.filter((each) => each.chosen).map(({ name }) => name);
  const others = chosen.filter((name) => name !== repair.name);
  const wanted = repair.chosen ? others : [...chosen, repair.name];
  const does = repair.chosen ? "Take back" : "Repair";
  return html`<li>
    <div class="row">
      <span class="what">${repair.words}</span>
      ${repair.chosen ? html`<span class="badge">done</span>` : nothing}
      <button type="button" id=${`repair-${repair.name}`} ?disabled=${step.busy} aria-label=${`${does}: ${repair.words}`} @click=${() => void step.repair(wanted, `#repair-${repair.name}`)}>
        ${does}
      </button>
    </div>
    ${repair.chosen && repair.caution !== "" ? html`<p class="aside">${repair.caution}</p>` : nothing}
    <details>
      <summary class="soft">Which ones</summary>
      <ul class="pairs">
        ${repair.shown.map((pair) => pairView(repair, pair))}
      </ul>
    </details>
  </li>`;
}

function pairView({ doubles }: Repair, { before, after }: Repair["shown"][number]): Part {
  if (after === null) return html`<li><del dir="auto">${before.trim() === "" ? "an empty text" : before}</del></li>`;
  return html`<li><del dir="auto">${before}</del> <span class="soft">${doubles ? "like" : "becomes"}</span> <ins dir="auto">${after}</ins></li>`;
}
