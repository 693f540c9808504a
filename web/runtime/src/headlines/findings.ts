/**
 * What is wrong in a text, where, and how it can be put right: plain data. See wrangle/checks/findings.py.
 *
 * Offsets are UTF-16 units: `text.slice(finding.start, finding.end)`.
 */

import type { Annotation } from "../types.js";
import { cut, fold, type Words } from "../words/words.js";
import { isEmpty, WHITE_SPACE } from "./rules.js";

/**
 * How many rounds of repairs are made at most. Only texts nested on purpose need more than a few: those of up to `NESTED`
 * characters get as many as they need, longer ones would take too much time.
 */
const ROUNDS = 100;
const NESTED = 1000;

/** Put `text` in place of `[start, end)`. A safe one loses nothing that a reader could miss, and leaves something. */
export interface Repair {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly safe: boolean;
}

export type Severity = "error" | "warning" | "info";

/** `[start, end)` offends against `rule`; any one of the repairs would do. The first is the best. */
export interface Finding {
  readonly start: number;
  readonly end: number;
  readonly rule: string;
  readonly message: string;
  readonly severity: Severity;
  readonly repairs: readonly Repair[];
}

/** A text that is checked, perhaps with what a model says of it, and what several rules ask of it. */
export interface Subject {
  readonly text: string;
  /** The text in lower case, as long as the text. */
  readonly folded: string;
  readonly words: Words;
  readonly annotation: Annotation | undefined;
}

/** A rule with what finds offences against it. What an opaque one finds is not looked at by others. */
export interface Check {
  readonly name: string;
  readonly opaque: boolean;
  readonly find: (subject: Subject) => Iterable<Finding>;
}

/** Find what is wrong with a text, in the order of the text. Rules that need an annotation are silent without. */
export function check(text: string, checks: readonly Check[], annotation?: Annotation): Finding[] {
  const subject: Subject = { text, folded: fold(text), words: cut(text), annotation };
  const findingsOf = (opaque: boolean): Finding[] =>
    checks.filter((each) => each.opaque === opaque).flatMap((each) => [...each.find(subject)]);
  const closed = findingsOf(true);
  const found = leavingSomething(text, [...closed, ...outside(closed, findingsOf(false))]);
  return found.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Leave out the findings that lie within one of `closed`; empty ones too. */
function outside(closed: readonly Finding[], others: readonly Finding[]): readonly Finding[] {
  if (closed.length === 0) return others;
  const covered = new Set<number>();
  for (const { start, end } of closed) for (let place = start; place < end; place++) covered.add(place);
  return others.filter(({ start, end }) => {
    for (let place = start; place < Math.max(end, start + 1); place++) if (!covered.has(place)) return true;
    return false;
  });
}

/** Call no repair safe after which there is nothing but white space. */
function leavingSomething(text: string, findings: readonly Finding[]): Finding[] {
  let first = 0;
  let last = text.length;
  while (first < last && WHITE_SPACE.has(text.charAt(first))) first++;
  while (last > first && WHITE_SPACE.has(text.charAt(last - 1))) last--;
  const kept = (repair: Repair): Repair =>
    repair.start <= first && last <= repair.end && isEmpty(repair.text) ? { ...repair, safe: false } : repair;
  return findings.map((finding) => ({ ...finding, repairs: finding.repairs.map(kept) }));
}

/** Choose repairs that can be made at once: of each finding the first, if it is safe; none overlaps another. */
export function safeRepairs(findings: readonly Finding[]): Repair[] {
  const wanted = findings.flatMap(({ repairs }) => (repairs[0]?.safe === true ? [repairs[0]] : []));
  const chosen: Repair[] = [];
  for (const repair of wanted.sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = chosen.at(-1);
    if (last === undefined || apart(last, repair)) chosen.push(repair);
  }
  return chosen;
}

/** Say whether the second begins behind the first; where one is empty, they may not touch. */
function apart(first: Repair, second: Repair): boolean {
  const isEmpty = first.start === first.end || second.start === second.end;
  return isEmpty ? first.end < second.start : first.end <= second.start;
}

/** Make repairs that do not overlap, in the order of the text. */
export function applied(text: string, repairs: readonly Repair[]): string {
  let made = "";
  let done = 0;
  for (const repair of repairs) {
    made += text.slice(done, repair.start) + repair.text;
    done = repair.end;
  }
  return made + text.slice(done);
}

/**
 * Make all safe repairs, again and again until nothing is left to make. A text longer than `NESTED` is gone over at
 * most `ROUNDS` times.
 */
export function repaired(text: string, checks: readonly Check[]): string {
  const length = [...text].length;
  const rounds = ROUNDS + (length <= NESTED ? length : 0);
  let now = text;
  for (let round = 0; round < rounds; round++) {
    const repairs = butTheLastWords(now, safeRepairs(check(now, checks)));
    if (repairs.length === 0) break;
    now = applied(now, repairs);
  }
  return now;
}

/** Leave one repair out where all together would leave nothing: the last that takes away more than white space. */
function butTheLastWords(text: string, repairs: readonly Repair[]): readonly Repair[] {
  if (!isEmpty(applied(text, repairs))) return repairs;
  const last = repairs.findLast(({ start, end }) => !isEmpty(text.slice(start, end)));
  return repairs.filter((each) => each !== last);
}
