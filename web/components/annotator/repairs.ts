/** The obvious repair of each broken rule: what to press, and the state after it. */

import type { Category, Span } from "textwright";
import type { Case, Repair } from "./problems.js";
import { quoted } from "./quoting.js";
import { type Place, replaceSpan, sameCategory, samePlace, sameSpan, type State, withoutSpan, withSpan } from "./state.js";
import { wordsIn } from "./stops.js";

/** What Python's `str.strip` takes for white space. */
const EDGES = /^[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g;

/** A repair whose state is only made when somebody asks for it: of many problems few are repaired. */
function repair(label: string, state: () => State): Repair {
  return {
    label,
    get state() {
      return state();
    },
  };
}

/** Return a place without the white space at its ends. */
export function withoutEdges(text: string, { start, end }: Place): Place {
  const words = text.slice(start, end);
  const trimmed = words.replace(EDGES, "");
  const from = trimmed === "" ? start : start + words.indexOf(trimmed);
  return { start: from, end: from + trimmed.length };
}

export function remove({ text, state }: Case, span: Span): Repair {
  return repair(`Remove ${span.label} from ${quoted(text.slice(span.start, span.end))}`, () => withoutSpan(state, span));
}

export function removeCategory({ state }: Case, category: Category): Repair {
  const stays = (each: Category): boolean => !sameCategory(each, category);
  const proposed = { ...state.proposed, categories: state.proposed.categories.filter(stays) };
  return { label: `Remove ${category.task}: ${category.label}`, state: { ...state, categories: state.categories.filter(stays), proposed } };
}

/** Cut the white space off; a span of nothing else goes. */
export function trim(found: Case, span: Span): Repair {
  const place = withoutEdges(found.text, span);
  if (place.start >= place.end) return remove(found, span);
  return repair("Cut the white space off", () => replaceSpan(found.state, span, place));
}

/** Put the missing label inside: on the words of the outer one, less what a sibling before it says already. */
export function addInside(found: Case, outer: Span, label: string): Repair {
  const place = restOf(found, outer, label);
  const where = samePlace(place, outer) ? "the same words" : quoted(found.text.slice(place.start, place.end));
  return repair(`Add ${label} on ${where}`, () => withSpan(found.state, { ...place, label }));
}

/** Leave out the siblings at the beginning: the core of “Senior Nurse” is “Nurse”. */
function restOf({ text, schema, spans }: Case, outer: Span, label: string): Place {
  const siblings = schema.labels.filter(({ name, parent }) => parent === outer.label && name !== label).map(({ name }) => name);
  const words = wordsInside(text, outer);
  let { start } = outer;
  for (;;) {
    const leading = spans.find((span) => siblings.includes(span.label) && span.start === start && span.end < outer.end);
    const next = leading && words.find((word) => word.start >= leading.end);
    if (next === undefined) return { start, end: outer.end };
    start = next.start;
  }
}

/** Keep the longest, of equal ones the first. */
export function keepOne({ text, state }: Case, spans: readonly Span[]): Repair {
  const best = spans.reduce((one, other) => (lengthOf(other) > lengthOf(one) ? other : one));
  const others = spans.filter((span) => !sameSpan(span, best));
  return repair(`Keep only ${best.label} ${quoted(text.slice(best.start, best.end))}`, () => others.reduce(withoutSpan, state));
}

export function keepLonger(found: Case, a: Span, b: Span): Repair {
  return keepOne(found, [a, b]);
}

/** Put the outer label around: widen one that reaches in, or else set it on the same words. */
export function putAround({ text, state, spans }: Case, inner: Span, label: string): Repair {
  const near = spans.find((span) => span.label === label && span.start < inner.end && inner.start < span.end);
  if (near === undefined) {
    return repair(`Add ${label} on the same words`, () => withSpan(state, { start: inner.start, end: inner.end, label }));
  }
  const place = { start: Math.min(near.start, inner.start), end: Math.max(near.end, inner.end) };
  return repair(`Widen ${label} to ${quoted(text.slice(place.start, place.end))}`, () => replaceSpan(state, near, place));
}

/** Cut the shorter of two crossing spans at the other's edge; its larger part stays. */
export function uncross({ text, state }: Case, a: Span, b: Span): Repair {
  const [shorter, longer] = lengthOf(b) <= lengthOf(a) ? [b, a] : [a, b];
  const inside = { start: Math.max(a.start, b.start), end: Math.min(a.end, b.end) };
  const outside = shorter.start < longer.start ? { start: shorter.start, end: longer.start } : { start: longer.end, end: shorter.end };
  const part = toWords(text, lengthOf(outside) > lengthOf(inside) ? outside : inside);
  return repair(`Cut ${shorter.label} to ${quoted(text.slice(part.start, part.end))}`, () => replaceSpan(state, shorter, part));
}

/** Shrink a place to the words in it. */
function toWords(text: string, place: Place): Place {
  const words = wordsInside(text, place);
  const [first, last] = [words[0], words.at(-1)];
  return first === undefined || last === undefined ? place : { start: first.start, end: last.end };
}

/** List the words of a stretch alone: a long text has many problems and should not be read for each. */
function wordsInside(text: string, { start, end }: Place): Place[] {
  return wordsIn(text.slice(start, end)).map((word) => ({ start: word.start + start, end: word.end + start }));
}

function lengthOf({ start, end }: Place): number {
  return end - start;
}
