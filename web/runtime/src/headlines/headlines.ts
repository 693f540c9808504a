/** What is wrong with a short text, where, and how to put it right: the same rules as in Python. */

import type { Annotation } from "../types.js";
import { lowerCase, shouting } from "./casing.js";
import { applied, check, type Check, type Finding, type Repair, repaired, safeRepairs } from "./findings.js";
import { spanLate, spanMissing, spanSeveral } from "./labels.js";
import { empty, LONGEST, tooLong, tooShort } from "./lengths.js";
import { bracket, quote } from "./pairs.js";
import { checksOf, GENERIC, type Kind, pattern, type Rules } from "./rules.js";
import { entity, invisible, mojibake } from "./source.js";

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ["bracket", bracket],
  ["empty", empty],
  ["entity", entity],
  ["invisible", invisible],
  ["lower_case", lowerCase],
  ["mojibake", mojibake],
  ["pattern", pattern],
  ["quote", quote],
  ["shouting", shouting],
  ["span_late", spanLate],
  ["span_missing", spanMissing],
  ["span_several", spanSeveral],
  ["too_long", tooLong],
  ["too_short", tooShort],
]);

export interface HeadlineOptions {
  /** Rules beside the generic ones: the content of a file such as the job_titles pack's headline.json. */
  readonly rules?: Rules;
  /** What a model says of the text; without it the rules that ask a model are silent. */
  readonly annotation?: Annotation;
  /** The length, in characters, beyond which a text is too long. */
  readonly longest?: number;
}

const NONE: Rules = { rules: [] };
const made = new Map<number, WeakMap<Rules, Check[]>>();

/** Find what is wrong with a text, in the order of the text. */
export function checkHeadline(text: string, { annotation, ...options }: HeadlineOptions = {}): Finding[] {
  return check(text, headlineChecks(options), annotation);
}

/** Make all safe repairs, again and again until nothing is left to make. */
export function repairHeadline(text: string, options: HeadlineOptions = {}): string {
  return repaired(text, headlineChecks(options));
}

/** Make repairs of one text that do not overlap, in the order of the text. */
export function applyRepairs(text: string, repairs: readonly Repair[]): string {
  return applied(text, repairs);
}

/** Choose from findings the safe repairs that can be made at once. */
export { safeRepairs };

/** Return the checks, made once for each set of rules. */
function headlineChecks({ rules = NONE, longest = LONGEST }: HeadlineOptions): Check[] {
  const known = made.get(longest) ?? new WeakMap<Rules, Check[]>();
  made.set(longest, known);
  const checks = known.get(rules) ?? [...checksOf(rules, KINDS), ...checksOf(withLength(GENERIC, longest), KINDS)];
  known.set(rules, checks);
  return checks;
}

function withLength({ rules }: Rules, longest: number): Rules {
  const told = (message: string): string => message.replace("{longest}", String(longest));
  return { rules: rules.map((rule) => (rule.kind === "too_long" ? { ...rule, longest, message: told(rule.message) } : rule)) };
}
