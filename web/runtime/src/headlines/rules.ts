/** Rules as data, and the kind `pattern`: see wrangle/checks/rules.py for what a file of rules holds. */

import unicode from "../../../../src/textwright/wrangle/unicode.json";
import generic from "../../../../src/textwright/wrangle/checks/rules.json";
import { ModelError } from "../errors.js";
import { matches } from "../words/matches.js";
import type { Check, Finding, Repair, Severity, Subject } from "./findings.js";

/** A rule as its file has it; other keys are what its kind asks for. */
export interface RuleData {
  readonly name: string;
  readonly message: string;
  readonly severity?: string;
  readonly kind?: string;
  readonly safe?: boolean;
  readonly opaque?: boolean;
  readonly [setting: string]: unknown;
}

/** The content of a file of rules. */
export interface Rules {
  readonly rules: readonly RuleData[];
}

export type Finder = (subject: Subject) => Iterable<Finding>;
export type Kind = (rule: RuleData) => Finder;

interface PatternData {
  readonly match: string;
  readonly replace?: readonly string[];
  readonly mark?: number;
}

const SEVERITIES: ReadonlySet<string> = new Set(["error", "warning", "info"]);
const LETTERS = ranges(unicode.letters.map(([first, last]) => [first as number, last as number]));
const SPACE = [...unicode.white_space].map((char) => escape(char.codePointAt(0) as number)).join("");
const EMOJI = ranges(generic.emoji.map(([first, last]) => [(first as string).codePointAt(0) as number, (last as string).codePointAt(0) as number]));
const CLASSES: Readonly<Record<string, string>> = {
  "%L": LETTERS,
  "%S": SPACE,
  "%E": EMOJI,
  "%<": `(?<![${LETTERS}0-9])`,
  "%>": `(?![${LETTERS}0-9])`,
  "%^": "^",
  "%$": "$",
};

/** The rules of any short text. */
export const GENERIC = generic as Rules;

/** Make the checks of rules. Throw `ModelError` for a rule that cannot be used. */
export function checksOf({ rules }: Rules, kinds: ReadonlyMap<string, Kind>): Check[] {
  if (!Array.isArray(rules)) throw new ModelError('these are no rules, expected {"rules": [...]}');
  return (rules as readonly RuleData[]).map((rule) => {
    const kind = kinds.get(rule.kind ?? "pattern");
    if (kind === undefined) {
      throw new ModelError(`rule ${rule.name}: unknown kind ${rule.kind}. Known: ${[...kinds.keys()].sort().join(", ")}`);
    }
    if (!SEVERITIES.has(rule.severity ?? "warning")) {
      throw new ModelError(`rule ${rule.name}: severity ${rule.severity}. Known: ${[...SEVERITIES].join(", ")}`);
    }
    return { name: rule.name, opaque: rule.opaque === true, find: kind(rule) };
  });
}

/** Make a finding of a rule. */
export function findingOf({ name, message, severity }: RuleData, start: number, end: number, ...repairs: Repair[]): Finding {
  return { start, end, rule: name, message, severity: (severity ?? "warning") as Severity, repairs };
}

/** Make a safe repair. */
export function repairOf(start: number, end: number, text: string): Repair {
  return { start, end, text, safe: true };
}

/** Return a setting of a rule. Throw `ModelError` when the rule does not have it. */
export function settingOf(rule: RuleData, name: string): unknown {
  if (rule[name] !== undefined) return rule[name];
  throw new ModelError(`rule ${rule.name}: a rule of the kind ${rule.kind ?? "pattern"} needs ${name}`);
}

/** Find what the rule's patterns match. */
export function pattern(rule: RuleData): Finder {
  const data = settingOf(rule, "patterns") as readonly PatternData[];
  const patterns = data.map((each) => ({ ...each, expression: expressionOf(each.match, rule.name) }));
  return function* ({ text, folded }) {
    for (const { expression, replace = [], mark = 0 } of patterns) {
      for (const match of matches(expression, folded)) {
        const [start, end] = placeOf(match, mark) as [number, number];
        yield findingOf(rule, start, end, ...repairsOf(rule, replace, match, text));
      }
    }
  };
}

function repairsOf(rule: RuleData, templates: readonly string[], match: RegExpExecArray, text: string): Repair[] {
  const [start, end] = placeOf(match, 0) as [number, number];
  const group = placeOf(match, 1);
  return templates.map((template) => {
    const whole = template.replaceAll("{0}", () => text.slice(start, end));
    const made = whole.replaceAll("{1}", () => (group === undefined ? "" : text.slice(...group)));
    return { start, end, text: made, safe: rule.safe !== false };
  });
}

function placeOf(match: RegExpExecArray, group: number): [number, number] | undefined {
  return match.indices?.[group];
}

/** Compile a rule's pattern, which is the same in Python but for the short names of character classes. */
export function expressionOf(match: string, rule: string): RegExp {
  try {
    return new RegExp(match.replace(/%[LSE<>^$]/g, (short) => CLASSES[short] as string), "dgu");
  } catch (error) {
    throw new ModelError(`rule ${rule}: ${JSON.stringify(match)} is no pattern: ${(error as Error).message}`);
  }
}

function ranges(pairs: readonly (readonly [number, number])[]): string {
  return pairs.map(([first, last]) => `${escape(first)}-${escape(last)}`).join("");
}

function escape(code: number): string {
  return `\\u{${code.toString(16)}}`;
}

/** White space, as a set. */
export const WHITE_SPACE: ReadonlySet<string> = new Set(unicode.white_space);

/** Say whether a text is nothing but white space. */
export function isEmpty(text: string): boolean {
  return [...text].every((char) => WHITE_SPACE.has(char));
}
