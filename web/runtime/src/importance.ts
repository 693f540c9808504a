/** Which words of a text matter for a label, by leaving each out: see evaluate/importance.py. */

import { ModelError } from "./errors.js";
import type { ScoringModel } from "./model.js";
import { networkWords } from "./networks/features.js";
import type { Task } from "./schema.js";
import type { Category, Scores, Span } from "./types.js";

/** Stretches of text that are left out, unless more are wanted. */
const MOST = 100;

export interface ImportanceOptions {
  /** The task of the label; else the model's first. */
  readonly task?: string;
  /** The label to explain; else the likeliest. */
  readonly label?: string;
  /** A text of more words is left out in so many stretches of several words; 100 unless said. */
  readonly most?: number;
  /** Gives up; `importance` then throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Give for each word by how much a label's probability falls when the word is left out (occlusion: Zeiler and
 * Fergus, ECCV 2014, section 4.2). Below 0 it rises. Throw `ModelError` for an unknown task or label.
 */
export async function importance(model: ScoringModel, text: string, options: ImportanceOptions = {}): Promise<Span[]> {
  const task = taskOf(model, options.task);
  const { signal, most = MOST } = options;
  const places = stretchesOf(text, most);
  const texts = [text, ...places.map(([start, end]) => text.slice(0, start) + text.slice(end))];
  const [whole, ...found] = (await model.score(texts, signal === undefined ? {} : { signal })) as [Scores, ...Scores[]];
  const label = options.label === undefined ? likeliest(whole, task) : known(options.label, task);
  const before = chanceOf(whole, task, label);
  return places.map(([start, end], i) => {
    return { start, end, label, score: before - chanceOf(found[i] as Scores, task, label) };
  });
}

/** Give the places of the words; of a text with more than `most`, stretches of equally many words, the last perhaps fewer. */
function stretchesOf(text: string, most: number): [start: number, end: number][] {
  if (!Number.isSafeInteger(most) || most < 1) throw new ModelError(`most is ${most}, expected a whole number above 0`);
  const words = networkWords(text, { characters: true }).filter(({ start, end }) => start < end);
  const each = Math.max(1, Math.ceil(words.length / most));
  return words.flatMap(({ start }, i): [number, number][] => {
    return i % each === 0 ? [[start, words[Math.min(i + each, words.length) - 1]?.end as number]] : [];
  });
}

function taskOf({ schema }: ScoringModel, name: string | undefined): Task {
  const found = name === undefined ? schema.tasks[0] : schema.tasks.find((task) => task.name === name);
  if (found !== undefined) return found;
  const names = schema.tasks.map((task) => task.name).join(", ");
  throw new ModelError(`the model has no task ${name ?? "at all"}. Tasks: ${names || "none"}`);
}

function known(label: string, { name, labels }: Task): string {
  if (labels.some((each) => each.name === label)) return label;
  throw new ModelError(`the task ${name} has no label ${label}. Labels: ${labels.map((each) => each.name).join(", ")}`);
}

/** Of two that are equally likely, the first in the schema. */
function likeliest({ categories }: Scores, { name }: Task): string {
  const own = categories.filter(({ task }) => task === name);
  return own.reduce((best, each) => (probability(each) > probability(best) ? each : best)).label;
}

function chanceOf({ categories }: Scores, { name }: Task, label: string): number {
  return probability(categories.find((each) => each.task === name && each.label === label));
}

function probability(category: Category | undefined): number {
  return category?.score ?? 0;
}
