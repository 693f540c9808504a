/** The curve: how many of a hundred are right, after how many texts; as a picture, and as a table for those who read. */

import { html, svg, type TemplateResult } from "lit";
import { count, counted } from "../../shared/counted.js";
import type { Round } from "./data.js";

const WIDTH = 320;
const HEIGHT = 150;
const LEFT = 34;
const RIGHT = 12;
const TOP = 10;
const BOTTOM = 24;

export function curveView(rounds: readonly Round[], counts: string): TemplateResult {
  return html`<figure class="learned">
    <figcaption class="soft">Right, of 100 ${counts}</figcaption>
    ${picture(rounds, counts)}
    <details>
      <summary>The same as a table</summary>
      ${table(rounds, counts)}
    </details>
  </figure>`;
}

function picture(rounds: readonly Round[], counts: string): TemplateResult {
  const most = Math.max(...rounds.map(({ learned }) => learned));
  const x = (learned: number): number => LEFT + (learned / most) * (WIDTH - LEFT - RIGHT);
  const y = (right: number): number => TOP + (1 - right / 100) * (HEIGHT - TOP - BOTTOM);
  const points = rounds.map(({ learned, right }) => `${x(learned)},${y(right)}`).join(" ");
  return html`<svg class="curve" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${inWords(rounds, counts)}>
    ${[0, 50, 100].map(
      (right) => svg`<line class="grid" x1=${LEFT} x2=${WIDTH - RIGHT} y1=${y(right)} y2=${y(right)}></line>
        <text x=${LEFT - 6} y=${y(right) + 4} text-anchor="end">${right}</text>`,
    )}
    <polyline points=${points}></polyline>
    ${rounds.map(({ learned, right }) => svg`<circle cx=${x(learned)} cy=${y(right)} r="3.5"></circle>`)}
    <text x=${LEFT} y=${HEIGHT - 6}>0 texts</text>
    <text x=${WIDTH - RIGHT} y=${HEIGHT - 6} text-anchor="end">${counted(most, "text")}</text>
  </svg>`;
}

function inWords(rounds: readonly Round[], counts: string): string {
  const each = rounds.map(({ learned, right }) => `after ${counted(learned, "text")} ${right}`);
  return `Right, of 100 ${counts}: ${each.join(", ")}`;
}

function table(rounds: readonly Round[], counts: string): TemplateResult {
  return html`<table>
    <thead>
      <tr><th scope="col">Learned from</th><th scope="col">Right, of 100 ${counts}</th><th scope="col">Texts wholly right</th></tr>
    </thead>
    <tbody>
      ${rounds.map(
        ({ learned, right, whole, tests }) => html`<tr>
          <th scope="row">${counted(learned, "text")}</th><td>${right}</td><td>${whole === null ? "–" : `${count(whole)} of ${count(tests)}`}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}
