/**
 * Choose the best set of spans among candidates, keeping the schema's rules: see decode.py.
 *
 * Weights are integers, so that the choice is the same as in Python. Offsets may count anything, as long as
 * all count the same.
 */

import { ModelError } from "./errors.js";
import { type Offsets, offsetsOf, SAME } from "./words/offsets.js";
import type { Rule, Schema } from "./schema.js";
import { entriesOf } from "./loading/tables.js";
import { type Annotation, type Category, compare, inOrder, type Scores, type Span } from "./types.js";

/** Weights are rounded to steps of 1/UNIT: finer than a decision needs, coarser than float noise. */
export const UNIT = 1024;

/** A span that may be chosen; a weight above 0 speaks for it, one below against it. */
export interface Candidate {
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly weight: number;
}

/** A candidate with the inner spans that come with it; `weight` is the sum over all of them. */
interface Choice {
  readonly start: number;
  readonly end: number;
  readonly weight: number;
  readonly spans: readonly Candidate[];
}

/** For each label, in the schema's order, the labels of which it must hold exactly one. */
export type Nesting = ReadonlyMap<string, readonly string[]>;

/** By task and label, the probability from which on a category is chosen. */
export type Thresholds = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Read thresholds as `config.json` has them. */
export function thresholdsFromData(data: unknown): Thresholds {
  const tasks = entriesOf((data ?? {}) as object);
  return Object.fromEntries(tasks.map(([task, least]) => [task, Object.fromEntries(entriesOf(least as object)) as Record<string, number>]));
}

/** Give the nesting of a schema. Throw `ModelError` when a label is bound to two outer labels, or to itself. */
export function nestingOf(schema: Schema): Nesting {
  const outer = new Map<string, string>();
  for (const { kind, outer: holder, inner } of schema.rules) {
    if (kind !== "exactly_one_inside" || inner === undefined || holder === undefined) continue;
    const bound = outer.get(inner) ?? holder;
    if (bound !== holder) throw new ModelError(`${inner} is bound to ${bound} and ${holder}; only one can hold it`);
    outer.set(inner, holder);
  }
  for (const label of outer.keys()) refuseCircle(label, outer);
  const held = (name: string): string[] => [...outer].flatMap(([inner, holder]) => (holder === name ? [inner] : []));
  return new Map(schema.labels.map(({ name }) => [name, held(name)]));
}

function refuseCircle(label: string, outer: ReadonlyMap<string, string>): void {
  const seen = new Set([label]);
  for (let next = outer.get(label); next !== undefined; next = outer.get(next)) {
    if (seen.has(next)) throw new ModelError(`the rules exactly_one_inside put ${next} into itself`);
    seen.add(next);
  }
}

/** List the labels that no other label must hold, in the order of the schema. */
export function rootsOf(nesting: Nesting): string[] {
  const bound = new Set([...nesting.values()].flat());
  return [...nesting.keys()].filter((label) => !bound.has(label));
}

/** Choose the candidates whose weights have the largest sum, by the rules of this module. */
export function bestSpans(candidates: Iterable<Candidate>, nesting: Nesting): Candidate[] {
  const byLabel = new Map<string, Candidate[]>([...nesting.keys()].map((label) => [label, []]));
  for (const candidate of candidates) byLabel.get(candidate.label)?.push(candidate);
  return rootsOf(nesting).flatMap((root) => apart(choicesOf(root, byLabel, nesting)).flatMap(({ spans }) => spans));
}

/** Complete each candidate of a label with its best inner spans; drop those that have none. */
function choicesOf(label: string, byLabel: ReadonlyMap<string, readonly Candidate[]>, nesting: Nesting): Choice[] {
  let choices = (byLabel.get(label) ?? []).map((span): Choice => ({ ...span, spans: [span] }));
  for (const inner of nesting.get(label) ?? []) {
    const held = choicesOf(inner, byLabel, nesting).sort(
      (a, b) => b.weight - a.weight || a.start - b.start || a.end - b.end,
    );
    choices = choices.flatMap((choice) => withFirstInside(choice, held));
  }
  return choices;
}

function withFirstInside(choice: Choice, held: readonly Choice[]): Choice[] {
  const inner = held.find(({ start, end }) => choice.start <= start && end <= choice.end);
  if (inner === undefined) return [];
  return [{ ...choice, weight: choice.weight + inner.weight, spans: [...choice.spans, ...inner.spans] }];
}

/** Choose the heaviest set of choices that do not overlap; of equal sets, the one found first. */
function apart(choices: readonly Choice[]): Choice[] {
  const ordered = choices.filter(({ weight }) => weight > 0).sort((a, b) => a.end - b.end || a.start - b.start);
  const best = [0];
  const before: number[] = [];
  ordered.forEach(({ start, weight }, place) => {
    const apartFrom = countUpTo(ordered, start, place);
    before.push(apartFrom);
    best.push(Math.max(best[place] as number, (best[apartFrom] as number) + weight));
  });
  const chosen: Choice[] = [];
  for (let place = ordered.length; place > 0; ) {
    if (best[place] === best[place - 1]) {
      place--;
      continue;
    }
    chosen.push(ordered[place - 1] as Choice);
    place = before[place - 1] as number;
  }
  return chosen.reverse();
}

/** Count the choices among the first `size` that end at `place` or before, by halving. */
function countUpTo(ordered: readonly Choice[], place: number, size: number): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ordered[middle] as Choice).end <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Turn probabilities into an annotation that is likely right and keeps the schema's rules.
 *
 * A span weighs what its characters weigh: give the `text` when offsets are JavaScript's, so that an emoji
 * counts once, as it does in Python. Of a task with several categories those are chosen that reach their
 * threshold (else one half), of any other the likeliest.
 */
export function decode(
  scores: Scores,
  schema: Schema,
  { thresholds = {}, text }: { readonly thresholds?: Thresholds; readonly text?: string } = {},
): Annotation {
  const offsets = text === undefined ? SAME : offsetsOf(text);
  const likely = new Map(scores.spans.map((span) => [keyOf(span), span]));
  const chosen = bestSpans(weighed(scores.spans, offsets), nestingOf(schema));
  const spans = chosen.map(({ start, end, label }): Span => {
    return { start, end, label, score: scoreOf(likely.get(keyOf({ start, end, label })) as Span) };
  });
  return { spans: keepingRules(spans, schema), categories: chosenCategories(scores.categories, schema, thresholds) };
}

function keyOf({ start, end, label }: Span): string {
  return `${start} ${end} ${label}`;
}

function scoreOf({ score }: { readonly score?: number }): number {
  return score ?? 0;
}

/** Weigh each span: for each of its characters, its probability less that of no span being there. */
function weighed(spans: readonly Span[], { toPoints }: Offsets): Candidate[] {
  const inPoints = spans.map((span) => ({ span, first: toPoints(span.start), stop: toPoints(span.end) }));
  const covered = new Map<string, Map<number, number>>();
  for (const { span, first, stop } of inPoints) {
    const places = covered.get(span.label) ?? new Map<number, number>();
    covered.set(span.label, places);
    for (let place = first; place < stop; place++) places.set(place, (places.get(place) ?? 0) + scoreOf(span));
  }
  return inPoints.map(({ span, first, stop }) => {
    const places = covered.get(span.label) as Map<number, number>;
    let nothing = 0;
    for (let place = first; place < stop; place++) nothing += Math.max(0, 1 - (places.get(place) as number));
    const { start, end, label } = span;
    return { start, end, label, weight: weightOf((stop - first) * scoreOf(span) - nothing) };
  });
}

/** Round to a weight, halves upwards. */
export function weightOf(value: number): number {
  return Math.floor(value * UNIT + 0.5);
}

/** Drop spans that offend a rule, the least likely first, until none does. */
function keepingRules(spans: readonly Span[], schema: Schema): Span[] {
  let kept = inOrder(spans);
  for (;;) {
    const offenders = kept.filter((span) => schema.rules.some((rule) => breaks(rule, span, kept)));
    if (offenders.length === 0) return kept;
    const worst = offenders.reduce((least, span) => (lessLikely(span, least) < 0 ? span : least));
    kept = kept.filter((span) => span !== worst);
  }
}

function lessLikely(a: Span, b: Span): number {
  return scoreOf(a) - scoreOf(b) || a.start - b.start || a.end - b.end || compare(a.label, b.label);
}

function breaks({ kind, outer, inner }: Rule, span: Span, spans: readonly Span[]): boolean {
  if (kind === "no_crossing") return spans.some((other) => cross(span, other));
  if (kind === "inside" && inner === span.label) return !spans.some((other) => other.label === outer && contains(other, span));
  if (kind === "exactly_one_inside" && outer === span.label) {
    return spans.filter((other) => other.label === inner && contains(span, other)).length !== 1;
  }
  return false;
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function cross(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end && !contains(a, b) && !contains(b, a);
}

/** Choose among scored categories as `decode` says; null when the schema has no task. */
export function chosenCategories(
  scored: readonly Category[],
  schema: Schema,
  thresholds: Thresholds = {},
): Category[] | null {
  if (schema.tasks.length === 0) return null;
  return schema.tasks.flatMap(({ name, multiple }) => {
    const asked = scored.filter(({ task }) => task === name);
    if (multiple) return asked.filter((category) => scoreOf(category) >= thresholdOf(thresholds, category));
    if (asked.length === 0) return [];
    return [asked.reduce((best, category) => (scoreOf(category) > scoreOf(best) ? category : best))];
  });
}

function thresholdOf(thresholds: Thresholds, { task, label }: Category): number {
  const least = Object.hasOwn(thresholds, task) ? (thresholds[task] as Readonly<Record<string, number>>) : {};
  return Object.hasOwn(least, label) ? (least[label] as number) : 0.5;
}
