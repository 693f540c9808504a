/** Turn what a model says of an advert into words and factors that a person can read. */

import type { Span } from "textwright";
import { type Figures, rowOf } from "../shared/card.js";

export const AGENCY = "agency";
/** From this chance on the answer is plain; below `LEANS` it is none. */
const PLAIN = 0.9;
const LEANS = 0.65;
/** A sentence that changes the odds by less than a twentieth has no say. */
const NO_SAY = Math.log(1.05);

export type Side = "agency" | "direct";

/** A sentence, and the logarithm of what it multiplies the odds of an agency with: below 0 for the employer. */
export interface Pull {
  readonly start: number;
  readonly end: number;
  readonly pull: number;
}

export interface Verdict {
  readonly side: Side | "unsure";
  readonly headline: string;
  readonly told: string;
}

/** Read what every sentence added to the chosen side; a temperature divides it, as it does the probability. */
export function pullsOf(spans: readonly Span[], temperature: number): Pull[] {
  return spans.map(({ start, end, label, score = 0 }) => {
    return { start, end, pull: (label === AGENCY ? score : -score) / temperature };
  });
}

/** Give the sentences that have a say for a side, the strongest first. */
export function sayFor(side: Side, pulls: readonly Pull[]): Pull[] {
  const sign = side === AGENCY ? 1 : -1;
  return pulls.filter(({ pull }) => pull * sign >= NO_SAY).sort((a, b) => (b.pull - a.pull) * sign);
}

/** Say which side a sentence speaks for. */
export function sideOf({ pull }: Pull): Side {
  return pull > 0 ? AGENCY : "direct";
}

/** Give the chance of an agency before the first sentence is read: what all sentences leave of the answer. */
export function chanceBefore(chance: number, pulls: readonly Pull[]): number {
  const left = Math.log(chance / (1 - chance)) - pulls.reduce((sum, { pull }) => sum + pull, 0);
  return 1 / (1 + Math.exp(-left));
}

/** Write by what a sentence multiplies the odds of the side that it speaks for. */
export function factorOf({ pull }: Pull): string {
  const factor = Math.exp(Math.abs(pull));
  if (factor >= 1000) return "× 1,000 or more";
  return `× ${factor >= 10 ? Math.round(factor) : factor.toFixed(1)}`;
}

/** Put the chance of an agency into words. What it is worth was measured on adverts, so that of a few words little is said. */
export function verdictOf(chance: number, isShort: boolean): Verdict {
  const side = chance >= 0.5 ? AGENCY : "direct";
  const likelier = Math.max(chance, 1 - chance);
  const whose = side === AGENCY ? "an agency" : "the employer";
  if (isShort) return { side: "unsure", headline: "Too short to say.", told: `So far it leans to ${whose}.` };
  const told = `Of 100 adverts that look like this to it, about ${countOf(likelier)} are from ${side === AGENCY ? "agencies" : "employers"}.`;
  if (likelier >= PLAIN) return { side, headline: `${capital(whose)}.`, told };
  if (likelier >= LEANS) return { side, headline: `Probably ${whose}.`, told };
  return { side: "unsure", headline: "Not sure.", told };
}

/** Say how often the model is right, by its card: `| new advertisers, all | 734 | 0.925 [0.904, 0.942] |`; nothing without that row. */
export function goodnessOf(figures: Figures): string {
  const [, texts = "", share = ""] = rowOf(figures, "new advertisers, all") ?? [];
  const [right, low, high] = (share.match(/[0-9.]+/g) ?? []).map((each) => (Number(each) * 100).toFixed(1));
  if (right === undefined || low === undefined || high === undefined) return "";
  return `It was right on ${right} % of ${texts} adverts whose advertisers it had never seen (95 % interval: ${low} to ${high}).`;
}

/** Write a chance as a count out of a hundred that never promises certainty. */
export function countOf(chance: number): string {
  return String(Math.min(99, Math.max(1, Math.round(chance * 100))));
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
