/** Draw a text with its spans as stacked underlines, each with its label's name. */

import { type Annotation, offsetsOf, type Schema, type Span } from "textwright";
import { directionOf, hasRight, inOrder } from "./bidi.js";
import { type Box, nest, type Piece } from "./nest.js";

// In Python they are the same in the same order: src/textwright/draw.py.
const SPARE_COLOURS = ["#1f5fbf", "#0b7a75", "#b3410e", "#7b3fa0", "#806000", "#2e7d32", "#c2185b", "#5d4037", "#455a64", "#00838f"];

/** How a text is drawn; `turns`: some of its words run from right to left. */
interface Pen {
  readonly text: string;
  readonly schema: Schema;
  readonly toPoints: (place: number) => number;
  readonly turns: boolean;
}

const MOST_ROOM = 2;
/** Characters of a box that fits on a line of a phone. */
const MOST_TOGETHER = 30;
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
  const pen: Pen = { text, schema, toPoints, turns: hasRight(text) };
  const drawing = element("p", "drawing", ...drawPieces(nest(text, spans, schema), pen));
  drawing.dir = "auto";
  drawing.setAttribute("aria-hidden", "true");
  return [drawing, element("p", "visually-hidden", inWords(text, annotation.spans))];
}

/** Make an element. Children that are strings become text, never markup. */
export function element(tag: string, name: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(tag);
  if (name !== "") made.className = name;
  made.append(...children);
  return made;
}

/** Draw pieces in order. A sign right behind a box stays on its line, unless that may be several, or words change direction. */
function drawPieces(pieces: readonly Piece[], pen: Pen): (Node | string)[] {
  return pieces.flatMap((piece, i) => {
    const next = pieces[i + 1];
    if (typeof piece === "string") return pen.turns ? piece : piece.slice(signBetween(pieces[i - 1], piece).length);
    if (pen.turns) return drawTurned(piece, pen);
    const sign = signBetween(piece, next);
    const box = drawBox(piece, roomAfter(next, sign), pen);
    return sign === "" ? box : element("span", "together", box, sign);
  });
}

/** Draw a box where it keeps the order of the words around it. */
function drawTurned(piece: Box, pen: Pen): HTMLElement {
  const words = wordsIn(piece);
  const box = drawBox(piece, 0, pen);
  box.dir = directionOf(words);
  return inOrder(box, words, pen.text.slice(0, piece.span.start));
}

function wordsIn(piece: Piece): string {
  return typeof piece === "string" ? piece : piece.pieces.map(wordsIn).join("");
}

/** Return the signs at the beginning of a piece that belong to the word before it; none behind what may fill a line. */
function signBetween(before: Piece | undefined, piece: Piece | undefined): string {
  if (before === undefined || typeof before === "string" || typeof piece !== "string") return "";
  const { start, end } = before.span;
  return end - start > MOST_TOGETHER ? "" : (SIGN.exec(piece)?.[0] ?? "");
}

/** Count the characters behind a box and its sign under which its label's name may reach. */
function roomAfter(next: Piece | undefined, sign: string): number {
  return typeof next === "string" ? Math.min(next.length - sign.length, MOST_ROOM) : 0;
}

function drawBox({ span, continued, pieces }: Box, room: number, pen: Pen): HTMLElement {
  const { schema, toPoints } = pen;
  const inside = element("span", "inside", ...drawPieces(pieces, pen));
  const box = element("span", continued ? "box continued" : "box", inside, element("span", "name", span.label));
  box.style.setProperty("--colour", colourOf(span.label, schema));
  box.style.setProperty("--room", String(room));
  box.dataset["start"] = String(toPoints(span.start));
  box.dataset["end"] = String(toPoints(span.end));
  box.dataset["label"] = span.label;
  return box;
}

function inWords(text: string, spans: readonly Span[] | null): string {
  if (spans === null) return text;
  const found = spans.map(({ start, end, label }) => `${label}: ${text.slice(start, end)}`);
  return `${text}. ${found.join("; ") || "Nothing found"}.`;
}
