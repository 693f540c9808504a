/** A label drawn on a text of one's own: only as much of a long text as one needs to see it. */

import { offsetsOf, type Schema } from "textwright";
import { draw } from "../../../components/drawing.js";
import type { Place } from "./data.js";

/** UTF-16 units that are shown before and behind what is marked. */
const BEFORE = 60;
const BEHIND = 90;

export function drawPlace({ text, start, end }: Place, label: string, schema: Schema): HTMLElement[] {
  const { toUnits } = offsetsOf(text);
  const [first, last] = [toUnits(start), toUnits(end)];
  const from = first <= BEFORE ? 0 : wordAt(text, first - BEFORE);
  const to = text.length - last <= BEHIND ? text.length : wordAt(text, last + BEHIND);
  const [head, tail] = [from > 0 ? "… " : "", to < text.length ? " …" : ""];
  const shift = head.length - from;
  const short = `${head}${text.slice(from, to)}${tail}`.replaceAll(/\s/g, " ");
  return draw(short, { spans: [{ start: first + shift, end: last + shift, label }], categories: null }, schema);
}

/** The nearest blank behind a place, so that no word is cut. */
function wordAt(text: string, place: number): number {
  const blank = text.slice(place, place + 30).search(/\s/);
  return blank < 0 ? place : place + blank + 1;
}

/** The schema with one more label, in the colour that it would get. */
export function withLabel(schema: Schema, name: string): Schema {
  return schema.labels.some((label) => label.name === name) ? schema : { ...schema, labels: [...schema.labels, { name, meaning: "" }] };
}
