/** What is wrong with an annotation by its schema, as `Schema.problems` of the Python package says, with the obvious repair. */

import { type Category, offsetsOf, type Rule, type Schema, type Span } from "textwright";
import { quoted } from "./quoting.js";
import * as repairs from "./repairs.js";
import { acceptAll, type Place, samePlace, type State } from "./state.js";

export interface Repair {
  readonly label: string;
  readonly state: State;
}

export interface Problem {
  readonly kind: string;
  readonly message: string;
  readonly repair?: Repair;
}

/** What the checks look at: the state as it would be handed in, and the text. */
export interface Case {
  readonly text: string;
  readonly schema: Schema;
  /** What stands now; repairs change it. */
  readonly state: State;
  /** Spans with the proposed ones among them. */
  readonly spans: readonly Span[];
}

/** List what is wrong: offsets and labels, then broken rules. What is proposed counts as if it were accepted. */
export function problemsOf(text: string, schema: Schema, state: State): Problem[] {
  const accepted = acceptAll(state, schema);
  const found: Case = { text, schema, state, spans: accepted.spans };
  return [
    ...accepted.spans.flatMap((span) => spanProblems(found, span)),
    ...accepted.categories.flatMap((category) => categoryProblems(found, category)),
    ...schema.rules.flatMap((rule) => CHECKS[rule.kind]?.(found, rule) ?? []),
  ];
}

function spanProblems(found: Case, span: Span): Problem[] {
  const { text, schema } = found;
  if (!(0 <= span.start && span.start < span.end && span.end <= text.length)) {
    const { toPoints } = offsetsOf(text);
    const where = `${span.label} [${toPoints(span.start)}, ${toPoints(span.end)})`;
    const message = `${where} does not fit in the text of ${toPoints(text.length)} code points`;
    return [{ kind: "offset", message, repair: repairs.remove(found, span) }];
  }
  const problems: Problem[] = [];
  if (!schema.open && !schema.labels.some(({ name }) => name === span.label)) {
    const message = `unknown label ${span.label}. Known labels: ${schema.labels.map(({ name }) => name).join(", ")}`;
    problems.push({ kind: "label", message, repair: repairs.remove(found, span) });
  }
  if (!samePlace(repairs.withoutEdges(text, span), span)) {
    const message = `${span.label} ${wordsOf(found, span)} begins or ends with white space`;
    problems.push({ kind: "edge", message, repair: repairs.trim(found, span) });
  }
  return problems;
}

function categoryProblems(found: Case, { task, label }: Category): Problem[] {
  const { schema } = found;
  if (schema.open) return [];
  const known = schema.tasks.find(({ name }) => name === task);
  const repair = repairs.removeCategory(found, { task, label });
  if (known === undefined) {
    const names = schema.tasks.map(({ name }) => name).join(", ") || "none";
    return [{ kind: "task", message: `unknown task ${task}. Known tasks: ${names}`, repair }];
  }
  if (known.labels.some(({ name }) => name === label)) return [];
  const names = known.labels.map(({ name }) => name).join(", ");
  return [{ kind: "label", message: `unknown label ${label} of task ${task}. Known labels: ${names}`, repair }];
}

/** Say whether every character of `inner` is in `outer`. */
export function contains(outer: Place, inner: Place): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Say whether two spans share a character. */
export function overlap(a: Place, b: Place): boolean {
  return a.start < b.end && b.start < a.end;
}

function labelled(spans: readonly Span[], label: string | undefined): Span[] {
  return spans.filter((span) => span.label === label);
}

function exactlyOneInside(found: Case, { outer = "", inner = "" }: Rule): Problem[] {
  return labelled(found.spans, outer).flatMap((span) => {
    const inside = labelled(found.spans, inner).filter((each) => contains(span, each));
    if (inside.length === 1) return [];
    const message = `${outer} ${wordsOf(found, span)} holds ${inside.length || "no"} ${inner}, not one`;
    const repair = inside.length === 0 ? repairs.addInside(found, span, inner) : repairs.keepOne(found, inside);
    return [{ kind: "exactly_one_inside", message: message.replace(/(holds no .*), not one$/, "$1"), repair }];
  });
}

function inside(found: Case, { outer = "", inner = "" }: Rule): Problem[] {
  const around = labelled(found.spans, outer);
  return labelled(found.spans, inner)
    .filter((span) => !around.some((each) => contains(each, span)))
    .map((span) => {
      const message = `${inner} ${wordsOf(found, span)} lies in no ${outer}`;
      return { kind: "inside", message, repair: repairs.putAround(found, span, outer) };
    });
}

function noOverlap(found: Case, { label = "" }: Rule): Problem[] {
  const same = labelled(found.spans, label).sort((a, b) => a.start - b.start || a.end - b.end);
  return same.slice(1).flatMap((b, i) => {
    const a = same[i] as Span;
    if (!overlap(a, b)) return [];
    const message = `two ${label} overlap: ${wordsOf(found, a)}, ${wordsOf(found, b)}`;
    return [{ kind: "no_overlap", message, repair: repairs.keepLonger(found, a, b) }];
  });
}

function noCrossing(found: Case): Problem[] {
  return found.spans.flatMap((a, i) =>
    found.spans
      .slice(i + 1)
      .filter((b) => overlap(a, b) && !contains(a, b) && !contains(b, a))
      .map((b) => {
        const message = `${a.label} ${wordsOf(found, a)} and ${b.label} ${wordsOf(found, b)} cross`;
        return { kind: "no_crossing", message, repair: repairs.uncross(found, a, b) };
      }),
  );
}

const CHECKS: Readonly<Record<string, (found: Case, rule: Rule) => Problem[]>> = {
  exactly_one_inside: exactlyOneInside,
  inside,
  no_overlap: noOverlap,
  no_crossing: noCrossing,
};

function wordsOf({ text }: Case, { start, end }: Place): string {
  return quoted(text.slice(start, end));
}
