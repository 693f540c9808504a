/** The order and the groups of emotions, which never change while somebody types, and what is there of them. */

import type { Category, Task } from "textwright";

/** The groups of Ekman in the order of their bars, each with the emotions of GoEmotions in it, by that data's own mapping. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  joy: [
    "admiration", "amusement", "approval", "caring", "desire", "excitement",
    "gratitude", "joy", "love", "optimism", "pride", "relief",
  ],
  surprise: ["confusion", "curiosity", "realization", "surprise"],
  sadness: ["disappointment", "embarrassment", "grief", "remorse", "sadness"],
  anger: ["anger", "annoyance", "disapproval"],
  fear: ["fear", "nervousness"],
  disgust: ["disgust"],
  neutral: ["neutral"],
};

const OTHER = "other";
/** So many characters of a text are read: more would keep everybody waiting. */
export const MOST_READ = 5000;

/** A label of a task: what a person can choose to see the words of. */
export interface Asked {
  readonly task: string;
  readonly label: string;
}

/** Give what is read of a text; a character that lies across the end is left out. */
export function beginningOf(text: string): string {
  return text.slice(0, MOST_READ).replace(/[\ud800-\udbff]$/, "");
}

/** Name the group of a label, which is a group itself or in one; a label of another model is in none. */
export function groupOf(label: string): string {
  const found = Object.entries(GROUPS).find(([group, labels]) => group === label || labels.includes(label));
  return found?.[0] ?? OTHER;
}

/** Put the labels of a task in the order of the groups; those that stand in none come last. */
export function ordered({ labels }: Task): string[] {
  const groups = [...Object.keys(GROUPS), OTHER];
  const place = (label: string): number => groups.indexOf(groupOf(label));
  return labels.map(({ name }) => name).sort((a, b) => place(a) - place(b));
}

/** Find the likeliest category of a task; of two alike, the first. */
export function strongest(categories: readonly Category[], task: string): Category | undefined {
  const own = categories.filter((each) => each.task === task);
  return own.reduce<Category | undefined>((best, each) => ((each.score ?? 0) > (best?.score ?? -1) ? each : best), undefined);
}

/** Move a threshold to where probabilities lie after a temperature has divided their scores. */
export function tempered(threshold: number, temperature: number): number {
  if (threshold <= 0 || threshold >= 1) return threshold;
  return 1 / (1 + Math.exp(-Math.log(threshold / (1 - threshold)) / temperature));
}

/** Write a probability as whole percents that never promise certainty. */
export function percent(chance: number): string {
  if (chance > 0 && chance < 0.01) return "under 1 %";
  return chance > 0.99 && chance < 1 ? "over 99 %" : `${Math.round(chance * 100)} %`;
}

/** Name what is there, the likeliest first: the emotions, and of the groups those of which no emotion is named. */
export function named<T extends Category>(there: readonly T[]): T[] {
  const emotions = there.filter(({ task }) => task === "emotion");
  const told = new Set(emotions.map(({ label }) => groupOf(label)));
  const groups = there.filter(({ task, label }) => task !== "emotion" && !told.has(groupOf(label)));
  return [...emotions, ...groups].sort((a, b) => (b.score ?? 0) - (a.score ?? 0));
}

/** Say in a sentence what is there. */
export function spoken(there: readonly Category[]): string {
  if (there.length === 0) return "No emotion stands out.";
  return `${there.map(({ label, score }) => `${label} ${percent(score ?? 0)}`).join(", ")}.`;
}
