/** The edge between the element and JSON: there offsets count code points, here UTF-16 units. */

import { type Category, type Offsets, offsetsOf, type Span } from "textwright";
import type { ActKind, PastAct } from "./history.js";
import { EMPTY, type Layer, type State, tidy } from "./state.js";

/** What came over the wire is not what was agreed. */
export class WireError extends Error {
  override name = "WireError";
}

type Data = Readonly<Record<string, unknown>>;

export interface LayerData {
  readonly spans: readonly Span[];
  readonly categories: readonly Category[];
}

export interface StateData extends LayerData {
  readonly proposed: LayerData;
  readonly note: string;
  readonly flagged: boolean;
}

/** Read a state from decoded JSON. Labels that the schema does not know survive; what is missing is empty. */
export function stateFromData(text: string, data: unknown): State {
  const offsets = offsetsOf(text);
  const { proposed, note, flagged, ...kept } = asTable("the state", data);
  const most = offsets.toPoints(text.length);
  return tidy({
    ...layerFromData(kept, offsets, most),
    proposed: layerFromData(asTable("proposed", proposed ?? {}), offsets, most),
    note: typeof note === "string" ? note : "",
    flagged: flagged === true,
  });
}

/** Write a state as data for JSON. */
export function stateToData(text: string, state: State): StateData {
  const { toPoints } = offsetsOf(text);
  const layer = ({ spans, categories }: Layer): LayerData => ({
    spans: spans.map(({ start, end, label }) => ({ start: toPoints(start), end: toPoints(end), label })),
    categories: categories.map(({ task, label }) => ({ task, label })),
  });
  return { ...layer(state), proposed: layer(state.proposed), note: state.note, flagged: state.flagged };
}

/** Make the state of a text without acts: its suggestion, if it has one, as proposals. */
export function initialFromData(text: string, suggestion: unknown): State {
  if (suggestion === null || suggestion === undefined) return EMPTY;
  return stateFromData(text, { proposed: suggestion });
}

/** Read the acts of a text, oldest first. */
export function actsFromData(text: string, acts: readonly unknown[]): PastAct[] {
  return acts.map((data) => {
    const { kind, state } = asTable("an act", data);
    return { kind: kind as ActKind, state: stateFromData(text, state) };
  });
}

function layerFromData({ spans, categories }: Data, offsets: Offsets, most: number): Layer {
  return {
    spans: asList("spans", spans).map((data) => spanFromData(data, offsets, most)),
    categories: asList("categories", categories).map(categoryFromData),
  };
}

function spanFromData(data: unknown, { toUnits }: Offsets, most: number): Span {
  const { start, end, label } = asTable("a span", data);
  const fits = Number.isInteger(start) && Number.isInteger(end) && 0 <= (start as number) && (start as number) < (end as number);
  if (!fits || (end as number) > most) {
    throw new WireError(`a span from ${String(start)} to ${String(end)} does not fit in the text of ${most} code points`);
  }
  return { start: toUnits(start as number), end: toUnits(end as number), label: asName("a span's label", label) };
}

function categoryFromData(data: unknown): Category {
  const { task, label } = asTable("a category", data);
  return { task: asName("a category's task", task), label: asName("a category's label", label) };
}

function asTable(what: string, data: unknown): Data {
  if (typeof data === "object" && data !== null && !Array.isArray(data)) return data as Data;
  throw new WireError(`${what} is ${nameOf(data)}, expected a table`);
}

function asList(what: string, data: unknown): readonly unknown[] {
  if (data === undefined || data === null) return [];
  if (Array.isArray(data)) return data;
  throw new WireError(`${what} is ${nameOf(data)}, expected a list`);
}

function asName(what: string, data: unknown): string {
  if (typeof data === "string" && data !== "") return data;
  throw new WireError(`${what} is ${nameOf(data)}, expected a name`);
}

function nameOf(data: unknown): string {
  if (data === null) return "null";
  return Array.isArray(data) ? "a list" : data === "" ? "empty" : typeof data;
}
