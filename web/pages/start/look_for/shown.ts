/** A label drawn on a text of one's own: only as much of a long text as one needs to see it. */

import { offsetsOf, type Schema } from "textwright";
import { draw } from "../../../components/drawing.js";
import type { Place } from "./data.js";

/** UTF-16 units that are shown before and behind what is marked. */
const BEFORE = 60;
const BEHIND = 90;
const NEAR = 30;

export function drawPlace(place: Place, label: string, schema: Schema): HTMLElement[] {
  const { text, start, end } = cutOut(place);
  return draw(text, { spans: [{ start, end, label }], categories: null }, schema);
}

/** Cut what stands around a place out of a long text, in one line. What it returns counts UTF-16 units. */
export function cutOut({ text, start, end }: Place): Place {
  const { toUnits } = offsetsOf(text);
  const [first, last] = [toUnits(start), toUnits(end)];
  const from = first <= BEFORE ? 0 : wordAt(text, first - BEFORE, first);
  const to = text.length - last <= BEHIND ? text.length : wordAt(text, last + BEHIND, text.length);
  const [head, tail] = [from > 0 ? "… " : "", to < text.length ? " …" : ""];
  const shift = head.length - from;
  return { text: `${head}${text.slice(from, to).replaceAll(/\s/g, " ")}${tail}`, start: first + shift, end: last + shift };
}

/** The next word's begin behind a place, so that no word and no character is cut; the end where there is none near. */
function wordAt(text: string, place: number, end: number): number {
  const last = Math.min(place + NEAR, end);
  const blank = text.slice(place, last).search(/\s/);
  if (blank >= 0) return place + blank + 1;
  return isHalf(text, last) ? last + 1 : last;
}

function isHalf(text: string, place: number): boolean {
  return /^[\uDC00-\uDFFF]/.test(text.slice(place, place + 1));
}

/** The schema with one more label, in the colour that it would get. */
export function withLabel(schema: Schema, name: string): Schema {
  return schema.labels.some((label) => label.name === name) ? schema : { ...schema, labels: [...schema.labels, { name, meaning: "" }] };
}
