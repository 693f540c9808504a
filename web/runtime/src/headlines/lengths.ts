/** Kinds of rules about length: too long, too short, nothing at all. See wrangle/checks/lengths.py. */

import { matches } from "../words/matches.js";
import { offsetsOf } from "../words/offsets.js";
import { expressionOf, type Finder, findingOf, isEmpty, type RuleData, settingOf } from "./rules.js";

export const LONGEST = 80;
const SHORTEST = 3;

/** Find what stands beyond the longest length, which counts code points. */
export function tooLong(rule: RuleData): Finder {
  const longest = settingOf(rule, "longest") as number;
  return function* ({ text }) {
    const { toUnits, toPoints } = offsetsOf(text);
    if (toPoints(text.length) > longest) yield findingOf(rule, toUnits(longest), text.length);
  };
}

/** Find texts with one or two letters or none, which are not empty. */
export function tooShort(rule: RuleData): Finder {
  const letters = expressionOf("[%L]", rule.name);
  return function* ({ text, folded }) {
    if (isEmpty(text)) return;
    let count = 0;
    for (const _ of matches(letters, folded)) if (++count === SHORTEST) return;
    yield findingOf(rule, 0, text.length);
  };
}

/** Find texts without anything but white space. */
export function empty(rule: RuleData): Finder {
  return function* ({ text }) {
    if (isEmpty(text)) yield findingOf(rule, 0, text.length);
  };
}
