/** Draw a text with its spans as stacked underlines, each with its label's name. */

import { type Annotation, offsetsOf, type Schema, type Span } from "textwright";
import { type Box, nest, type Piece } from "./nest.js";

const SPARE_COLOURS = ["#1f5fbf", "#0b7a75", "#b3410e", "#7b3fa0", "#806000", "#2e7d32", "#c2185b", "#5d4037"];

const SIGN = /^[^\s\p{L}\p{N}([{<]+/u;

/** The colour of a label: the schema's, or else one by its place among the labels. */
export function colourOf(label: string, schema: Schema): string {
  const place = schema.labels.findIndex(({ name }) => name === label);
  return schema.labels[place]?.colour ?? (SPARE_COLOURS[Math.max(place, 0) % SPARE_COLOURS.length] as string);
}

/** Draw one text. The drawing is for the eye; a hidden sentence beside it says the same. */
export function draw(text: string, annotation: Annotation, schema: Schema): HTMLElement[] {
  const spans = annotation.spans ?? [];
  const { toPoints } = offsetsOf(text);
  const drawing = element("p", "drawing", ...drawPieces(nest(text, spans, schema), schema, toPoints));
  drawing.dir = "auto";
  drawing.setAttribute("aria-hidden", "true");
  return [drawing, element("p", "visually-hidden", inWords(text, spans))];
}

/** Make an element. Children that are strings become text, never markup. */
export function element(tag: string, name: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(tag);
  if (name !== "") made.className = name;
  made.append(...children);
  return made;
}

/** Draw pieces in order. A sign right behind a box stays on its line. */
function drawPieces(pieces: readonly Piece[], schema: Schema, toPoints: (place: number) => number): (Node | string)[] {
  const drawn: (Node | string)[] = [];
  for (const piece of pieces) {
    if (typeof piece !== "string") {
      drawn.push(drawBox(piece, schema, toPoints));
      continue;
    }
    const before = drawn.at(-1);
    const sign = before instanceof HTMLElement ? (SIGN.exec(piece)?.[0] ?? "") : "";
    if (sign !== "") drawn.splice(-1, 1, element("span", "together", before as HTMLElement, sign));
    drawn.push(piece.slice(sign.length));
  }
  return drawn;
}

function drawBox({ span, continued, pieces }: Box, schema: Schema, toPoints: (place: number) => number): HTMLElement {
  const inside = element("span", "inside", ...drawPieces(pieces, schema, toPoints));
  const box = element("span", continued ? "box continued" : "box", inside, element("span", "name", span.label));
  box.style.setProperty("--colour", colourOf(span.label, schema));
  box.dataset["start"] = String(toPoints(span.start));
  box.dataset["end"] = String(toPoints(span.end));
  box.dataset["label"] = span.label;
  return box;
}

function inWords(text: string, spans: readonly Span[]): string {
  const found = spans.map(({ start, end, label }) => `${label}: ${text.slice(start, end)}`);
  return `${text}. ${found.join("; ") || "Nothing found"}.`;
}
