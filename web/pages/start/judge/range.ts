/** A share drawn: a bar for what is likely, a line for what was counted. Figures beside it say the same. */

import { html, type TemplateResult } from "lit";

const WIDTH = 200;
const HEIGHT = 16;
const THIN = 3;

export interface Ranged {
  readonly right: number;
  readonly low: number;
  readonly high: number;
}

export function drawRange({ right, low, high }: Ranged): TemplateResult {
  const at = (share: number): number => THIN / 2 + share * (WIDTH - THIN);
  return html`<svg class="range" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
    <rect class="all" x="0" y="6" width=${WIDTH} height="4" rx="2"></rect>
    <rect class="likely" x=${at(low)} y="2" width=${Math.max(THIN, at(high) - at(low))} height="12" rx="2"></rect>
    <rect class="counted" x=${at(right) - THIN / 2} y="0" width=${THIN} height=${HEIGHT}></rect>
  </svg>`;
}

/** Say between which shares the truth lies: outwards to whole tenths, or hundredths where so many texts were judged. */
export function rangeInWords({ low, high }: Ranged, texts: number): string {
  const whole = texts >= 100 ? 100 : 10;
  return `${Math.floor(whole * low + 1e-9)} to ${Math.ceil(whole * high - 1e-9)} of ${whole}`;
}
