/** What a rule does on the texts, in words. */

import type { Checked, PageRule, TrialData } from "./data.js";

/** So many words that no text has are named. */
const NAMED = 5;

/** Say how often a rule marks something, how often that was right where somebody looked, and which words bring nothing. */
export function outcome(place: number, rule: PageRule, { parts, checked, absent, tried }: TrialData): string {
  const count = parts[place];
  const lacking = absent[place] ?? [];
  const said = count === undefined ? [] : [marks(count, checked[place])];
  if (lacking.length > 0) return [...said, isLacking(lacking, rule, tried)].join("; ");
  return count === 0 && hasWords(rule) ? "marks nothing, though its words are there: another rule may mark them first" : said.join("");
}

/** Whether what a rule marks must be words that stand in its field. */
function hasWords({ kind }: PageRule): boolean {
  return kind !== "capitals" && kind !== "shape";
}

function marks(count: number, checked: Checked | undefined): string {
  const made = count === 0 ? "marks nothing" : `marks ${count} ${count === 1 ? "part" : "parts"}`;
  return checked === undefined ? made : `${made}; right for ${checked.right} of ${checked.of} in texts that you corrected`;
}

function isLacking(words: readonly string[], { kind }: PageRule, tried: number): string {
  const named = words.slice(0, NAMED).map((word) => `“${word}”`).join(", ");
  const more = words.length - NAMED;
  const all = more > 0 ? `${named} and ${more} more` : named;
  if (kind === "number") return `${all} ${words.length === 1 ? "stands" : "stand"} beside no number in ${tried} texts`;
  return `${all} ${words.length === 1 ? "is" : "are"} in none of ${tried} texts`;
}
