/** Kinds of rules about what a model marks in the text; which labels they ask for is data. See wrangle/checks/labels.py. */

import { inOrder, type Span } from "../types.js";
import type { Repair, Subject } from "./findings.js";
import { type Finder, findingOf, isEmpty, type RuleData, settingOf, WHITE_SPACE } from "./rules.js";

const SEPARATORS: ReadonlySet<string> = new Set("-–—|,:;/•·");

/** Return the spans of a label that lie in no other of it, in order. */
function spansOf({ annotation }: Subject, label: string): Span[] {
  const found: Span[] = [];
  for (const span of inOrder((annotation?.spans ?? []).filter((each) => each.label === label))) {
    if (span.end > (found.at(-1)?.end ?? -1)) found.push(span);
  }
  return found;
}

/** Find texts in which the model marks no span of the label. */
export function spanMissing(rule: RuleData): Finder {
  const label = settingOf(rule, "label") as string;
  return function* (subject) {
    const { text, annotation } = subject;
    if (!annotation?.spans || spansOf(subject, label).length > 0 || isEmpty(text)) return;
    yield findingOf(rule, 0, text.length);
  };
}

/** Find each further span of the label that says something else than the first. */
export function spanSeveral(rule: RuleData): Finder {
  const label = settingOf(rule, "label") as string;
  return function* (subject) {
    const [first, ...others] = spansOf(subject, label);
    if (first === undefined) return;
    const words = ({ start, end }: Span): string => subject.folded.slice(start, end);
    for (const { start, end, ...rest } of others) {
      if (words({ start, end, ...rest }) === words(first)) continue;
      yield findingOf(rule, start, end, { start: first.end, end, text: "", safe: false });
    }
  };
}

/** Find the label's first span where one of the labels `after` stands before it, parted by a sign. */
export function spanLate(rule: RuleData): Finder {
  const label = settingOf(rule, "label") as string;
  const after = new Set(settingOf(rule, "after") as readonly string[]);
  return function* (subject) {
    const [first] = spansOf(subject, label);
    if (first === undefined) return;
    const before = (subject.annotation?.spans ?? []).filter((span) => after.has(span.label) && span.end <= first.start);
    if (before.length === 0) return;
    const last = Math.max(...before.map(({ end }) => end));
    const between = [...subject.text.slice(last, first.start)];
    if (between.some((char) => SEPARATORS.has(char))) yield findingOf(rule, first.start, first.end, moved(subject.text, first));
  };
}

/** Put a span before all that stands before it; the signs between the two stay between them. */
function moved(text: string, { start, end }: Span): Repair {
  const isLoose = (char: string): boolean => WHITE_SPACE.has(char) || SEPARATORS.has(char);
  let edge = start;
  while (edge > 0 && isLoose(text.charAt(edge - 1))) edge--;
  return { start: 0, end, text: text.slice(start, end) + text.slice(edge, start) + text.slice(0, edge), safe: false };
}
