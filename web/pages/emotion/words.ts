/** The words that matter for an emotion: which speak for it, which against, and how they are marked. */

import type { Span } from "textwright";
import { element } from "../../components/drawing.js";
import type { Mark } from "../shared/paper.js";

/** A word that changes the probability by less than this has no say. */
const NO_SAY = 0.02;
/** The least change that is marked as strongly as can be. */
const STRONG = 0.15;
const LISTED = 6;

export interface Said {
  readonly speaksFor: readonly Span[];
  readonly against: readonly Span[];
}

export const NO_WORDS: Said = { speaksFor: [], against: [] };

/** Part the words that have a say, the strongest first. Dots and commas are no words, but signs and emoji may be. */
export function parted(text: string, spans: readonly Span[]): Said {
  const scored = (span: Span): number => span.score ?? 0;
  const words = spans.filter(({ start, end }) => !/^[.,;:'"“”‘’()[\]–—-]+$/.test(text.slice(start, end)));
  return {
    speaksFor: words.filter((span) => scored(span) >= NO_SAY).sort((a, b) => scored(b) - scored(a)),
    against: words.filter((span) => scored(span) <= -NO_SAY).sort((a, b) => scored(a) - scored(b)),
  };
}

/** Mark the words; `kind` names the colour of those that speak for the emotion. */
export function marksOf({ speaksFor, against }: Said, kind: string): Mark[] {
  const most = Math.max(STRONG, ...[...speaksFor, ...against].map(({ score = 0 }) => Math.abs(score)));
  const mark = (how: string) => ({ start, end, score = 0 }: Span): Mark => ({ start, end, kind: how, strength: Math.abs(score) / most });
  return [...speaksFor.map(mark(kind)), ...against.map(mark("against"))];
}

/** Build list items that say by how many percentage points the emotion falls or rises without each word. */
export function wordItems(text: string, spans: readonly Span[]): HTMLElement[] {
  return spans.slice(0, LISTED).map(({ start, end, score = 0 }) => {
    const points = Math.max(1, Math.round(Math.abs(score) * 100));
    const change = element("span", "change", `${score > 0 ? "−" : "+"}${points}`);
    change.setAttribute("aria-hidden", "true");
    const spoken = element("span", "visually-hidden", ` ${score > 0 ? "falls" : "rises"} by ${points} points without it`);
    return element("li", "", element("b", "", text.slice(start, end)), change, spoken);
  });
}
