/** What stands on one text: spans, categories, what is only proposed, a note and a flag. Offsets are UTF-16 units. */

import type { Category, Schema, Span } from "textwright";
import { inOrder } from "../../runtime/src/types.js";

export interface Place {
  readonly start: number;
  readonly end: number;
}

export interface Layer {
  readonly spans: readonly Span[];
  readonly categories: readonly Category[];
}

export interface State extends Layer {
  readonly proposed: Layer;
  readonly note: string;
  readonly flagged: boolean;
}

/** A span as it is drawn: kept, or only proposed. */
export interface Drawn extends Span {
  readonly proposed: boolean;
}

export const EMPTY: State = { spans: [], categories: [], proposed: { spans: [], categories: [] }, note: "", flagged: false };

/** Say whether two spans have the same place and label. */
export function sameSpan(a: Span, b: Span): boolean {
  return samePlace(a, b) && a.label === b.label;
}

export function samePlace(a: Place, b: Place): boolean {
  return a.start === b.start && a.end === b.end;
}

export function sameCategory(a: Category, b: Category): boolean {
  return a.task === b.task && a.label === b.label;
}

/** Say whether two states mean the same, in whatever order their spans stand. */
export function sameState(a: State, b: State): boolean {
  return a === b || JSON.stringify(tidy(a)) === JSON.stringify(tidy(b));
}

/** Bring a state into order: spans sorted, nothing twice, nothing proposed that is kept. */
export function tidy(state: State): State {
  const spans = tidySpans(state.spans);
  const categories = tidyCategories(state.categories);
  const proposed = {
    spans: tidySpans(state.proposed.spans).filter((span) => !spans.some((kept) => sameSpan(kept, span))),
    categories: tidyCategories(state.proposed.categories).filter((each) => !categories.some((kept) => sameCategory(kept, each))),
  };
  return { spans, categories, proposed, note: state.note, flagged: state.flagged };
}

function tidySpans(spans: readonly Span[]): Span[] {
  const sorted = inOrder(spans.map(({ start, end, label }) => ({ start, end, label })));
  return sorted.filter((span, i) => i === 0 || !sameSpan(sorted[i - 1] as Span, span));
}

function tidyCategories(categories: readonly Category[]): Category[] {
  const bare = categories.map(({ task, label }) => ({ task, label }));
  return bare.filter((each, i) => bare.findIndex((other) => sameCategory(other, each)) === i);
}

/** List all spans that are drawn, in the order in which Down walks them. */
export function drawnOf(state: State): Drawn[] {
  const kept = state.spans.map((span) => ({ ...span, proposed: false }));
  const proposed = state.proposed.spans.map((span) => ({ ...span, proposed: true }));
  return inOrder([...kept, ...proposed]) as Drawn[];
}

/** Count what is proposed. */
export function proposals({ proposed }: State): number {
  return proposed.spans.length + proposed.categories.length;
}

// --- spans ----------------------------------------------------------------------------------

/** Put a label on a place; take it off where it stands; accept it where it is only proposed. */
export function toggleLabel(state: State, { start, end }: Place, label: string): State {
  const span = { start, end, label };
  return state.spans.some((kept) => sameSpan(kept, span)) ? withoutSpan(state, span) : withSpan(state, span);
}

export function withSpan(state: State, span: Span): State {
  return tidy({ ...state, spans: [...state.spans, span] });
}

/** Take a span away; a proposed one is dismissed. */
export function withoutSpan(state: State, span: Span): State {
  return without(state, (each) => sameSpan(each, span));
}

/** Take away every span that stands exactly on a place. */
export function withoutPlace(state: State, place: Place): State {
  return without(state, (each) => samePlace(each, place));
}

function without(state: State, gone: (span: Span) => boolean): State {
  const stays = (span: Span): boolean => !gone(span);
  return {
    ...state,
    spans: state.spans.filter(stays),
    proposed: { ...state.proposed, spans: state.proposed.spans.filter(stays) },
  };
}

/** Move or shrink a span; a proposed one stays proposed. */
export function replaceSpan(state: State, old: Span, place: Place): State {
  const moved = (span: Span): Span => (sameSpan(span, old) ? { ...span, start: place.start, end: place.end } : span);
  return tidy({
    ...state,
    spans: state.spans.map(moved),
    proposed: { ...state.proposed, spans: state.proposed.spans.map(moved) },
  });
}

/** Return the drawn span after (`step` 1) or before (-1) the chosen one, or else next to the selection. */
export function walk(state: State, chosen: Span | null, selection: Place | null, step: 1 | -1): Drawn | null {
  const drawn = drawnOf(state);
  if (drawn.length === 0) return null;
  const at = chosen === null ? -1 : drawn.findIndex((span) => sameSpan(span, chosen));
  const to = at >= 0 ? at + step : beside(drawn, selection, step);
  return drawn[(to + drawn.length) % drawn.length] ?? null;
}

function beside(drawn: readonly Drawn[], selection: Place | null, step: 1 | -1): number {
  if (selection === null) return step === 1 ? 0 : -1;
  const after = drawn.findIndex((span) => span.start >= selection.start);
  if (step === 1) return Math.max(after, 0);
  return after < 0 ? -1 : after - 1;
}

// --- categories -----------------------------------------------------------------------------

/** Choose a label of a task; choosing it again takes it back; a task that is not `multiple` keeps one at most. */
export function toggleCategory(state: State, schema: Schema, { task, label }: Category): State {
  const category = { task, label };
  const others = (each: Category): boolean => !sameCategory(each, category);
  if (!state.categories.every(others)) return { ...state, categories: state.categories.filter(others) };
  const stays = (each: Category): boolean => others(each) && (each.task !== task || isMultiple(schema, task));
  return {
    ...state,
    categories: [...state.categories.filter(stays), category],
    proposed: { ...state.proposed, categories: state.proposed.categories.filter(stays) },
  };
}

function isMultiple(schema: Schema, task: string): boolean {
  return schema.tasks.find(({ name }) => name === task)?.multiple ?? schema.open;
}

// --- proposals ------------------------------------------------------------------------------

/** Keep all that is proposed; of a task with one answer, a kept label stands before a proposed one. */
export function acceptAll(state: State, schema: Schema): State {
  const categories = state.proposed.categories.reduce<readonly Category[]>(
    (kept, each) => (!isMultiple(schema, each.task) && kept.some(({ task }) => task === each.task) ? kept : [...kept, each]),
    state.categories,
  );
  return tidy({ ...state, spans: [...state.spans, ...state.proposed.spans], categories, proposed: EMPTY.proposed });
}

/** Throw away all that is proposed. */
export function dismissAll(state: State): State {
  return { ...state, proposed: EMPTY.proposed };
}
