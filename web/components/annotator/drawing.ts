/** Draw a text as one text node, and over it its spans, each as one element, and the selection. */

import { type Offsets, offsetsOf } from "textwright";
import { lanesOf, type Stretch } from "./lanes.js";
import { type Frame, type Piece, piecesOf } from "./measure.js";
import type { Drawn, Place } from "./state.js";

/** A span with what its label says of how it is drawn. */
export interface Mark extends Drawn {
  readonly colour: string;
  readonly depth: number;
  readonly chosen: boolean;
}

interface Shape {
  readonly pieces: readonly Piece[];
  readonly isRtl: boolean;
}

interface Placed {
  readonly mark: Mark;
  readonly shape: Shape;
  readonly name: Stretch;
}

const RTL = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const LETTER = /\p{L}/u;
const PROPOSED = " ?";

export class Drawing {
  readonly node = document.createTextNode("");
  readonly #group: HTMLElement;
  readonly #marks = layer("marks");
  readonly #selected = layer("selected");
  readonly #elements = new Map<string, { readonly element: HTMLElement; drawn: string }>();
  readonly #shapes = new Map<string, Shape>();
  readonly #widths = new Map<string, number>();
  #offsets: Offsets = offsetsOf("");
  #frame: Frame | null = null;
  #lanes = 0;
  #setting = "";

  constructor(group: HTMLElement) {
    this.#group = group;
    group.replaceChildren(this.node, this.#selected, this.#marks);
  }

  /** Show another text. */
  setText(text: string): void {
    if (this.node.data === text) return;
    this.node.data = text;
    this.#offsets = offsetsOf(text);
    this.#marks.replaceChildren();
    this.#elements.clear();
    this.#shapes.clear();
  }

  /** Measure everything again at the next drawing: the width or the font is another. */
  forget(): void {
    this.#shapes.clear();
    this.#widths.clear();
  }

  /** Say whether the width or the font is another than when it was measured. */
  hasChanged(): boolean {
    const setting = this.#settingNow();
    if (setting === this.#setting) return false;
    this.#setting = setting;
    return true;
  }

  draw(marks: readonly Mark[], selection: Place | null): void {
    if (this.#shapes.size === 0) this.#measureLetters();
    this.#frame = null;
    const placed = marks.map((mark) => this.#place(mark));
    const shown = selection === null ? [] : this.#shapeOf(selection).pieces;
    const lanes = lanesOf(placed.map(({ mark, shape, name }) => ({ ...mark, stretches: stretchesOf(shape, name) })));
    this.#setLanes(lanes.reduce((most, lane) => Math.max(most, lane + 1), 0));
    const names = placed.map((each, i) => this.#drawMark(each, lanes[i] as number));
    for (const [name, { element }] of this.#elements) {
      if (names.includes(name)) continue;
      element.remove();
      this.#elements.delete(name);
    }
    this.#drawSelection(shown);
  }

  // --- measuring ----------------------------------------------------------------------------

  #settingNow(): string {
    const { fontFamily, fontSize, fontWeight, letterSpacing } = getComputedStyle(this.#group);
    return [this.#group.clientWidth, fontFamily, fontSize, fontWeight, letterSpacing].join("|");
  }

  /** The height of the letters is what the first character takes on the screen. */
  #measureLetters(): void {
    this.#setting = this.#settingNow();
    const range = document.createRange();
    range.selectNodeContents(this.node);
    const size = Number.parseFloat(getComputedStyle(this.#group).fontSize);
    const height = range.getClientRects()[0]?.height || size * 1.25;
    this.#group.style.setProperty("--letters", `${Math.ceil(height)}px`);
  }

  #frameNow(): Frame {
    const box = this.#marks.getBoundingClientRect();
    const style = getComputedStyle(this.#group);
    const line = Number.parseFloat(style.lineHeight);
    const letters = Number.parseFloat(style.getPropertyValue("--letters"));
    return { left: box.left, top: box.top - (line - letters) / 2, line, width: box.width };
  }

  #shapeOf(place: Place): Shape {
    const name = `${place.start} ${place.end}`;
    const known = this.#shapes.get(name);
    if (known !== undefined) return known;
    const words = this.node.data.slice(place.start, place.end);
    const first = [...words].find((character) => LETTER.test(character));
    const isRtl = first === undefined ? getComputedStyle(this.#group).direction === "rtl" : RTL.test(first);
    this.#frame ??= this.#frameNow();
    const shape = { pieces: piecesOf(this.node, place, this.#frame), isRtl };
    this.#shapes.set(name, shape);
    return shape;
  }

  /** Measure a name where it will stand, slanted, as it is widest: a canvas may round its letters otherwise. */
  #widthOf(name: string): number {
    const known = this.#widths.get(name);
    if (known !== undefined) return known;
    const tried = this.#marks.appendChild(made("span", "mark tried"));
    tried.appendChild(made("span", "name")).dataset["name"] = name;
    const width = Math.ceil(tried.getBoundingClientRect().width) + 2;
    tried.remove();
    this.#widths.set(name, width);
    return width;
  }

  /** A name begins where its span begins, but stays inside the width that there is. */
  #place(mark: Mark): Placed {
    const shape = this.#shapeOf(mark);
    const whole = this.#marks.clientWidth;
    const width = Math.min(this.#widthOf(nameOf(mark)), whole);
    const first = firstOf(shape);
    const wanted = shape.isRtl ? first.right - width : first.left;
    const left = Math.max(0, Math.min(wanted, whole - width));
    return { mark, shape, name: { row: first.row, left, right: left + width } };
  }

  // --- drawing ------------------------------------------------------------------------------

  #setLanes(lanes: number): void {
    if (lanes === this.#lanes) return;
    this.#lanes = lanes;
    this.#group.style.setProperty("--lanes", String(lanes));
  }

  /** Draw a span, unless it stands as it is to be drawn. */
  #drawMark(placed: Placed, lane: number): string {
    const { mark } = placed;
    const name = `${mark.start} ${mark.end} ${mark.label}`;
    const drawn = JSON.stringify([placed, lane]);
    const known = this.#elements.get(name);
    if (known?.drawn === drawn) return name;
    const element = known?.element ?? this.#marks.appendChild(document.createElement("span"));
    this.#elements.set(name, { element, drawn });
    this.#fill(element, placed, lane);
    return name;
  }

  #fill(element: HTMLElement, { mark, shape, name }: Placed, lane: number): void {
    const first = firstOf(shape);
    element.className = `mark${mark.chosen ? " chosen" : ""}${shape.isRtl ? " rtl" : ""}`;
    element.dataset["start"] = String(this.#offsets.toPoints(mark.start));
    element.dataset["end"] = String(this.#offsets.toPoints(mark.end));
    element.dataset["label"] = mark.label;
    if (mark.proposed) element.dataset["suggested"] = "";
    else delete element.dataset["suggested"];
    const left = Math.min(first.left, name.left);
    const right = Math.max(first.right, name.right);
    set(element, { "--colour": mark.colour, "--row": first.row, "--lane": lane, left: px(left), width: px(right - left) });
    element.replaceChildren(...shape.pieces.map((piece) => lineOf(piece, shape, first, left)), nameElement(mark, name, left));
  }

  #drawSelection(pieces: readonly Piece[]): void {
    this.#selected.replaceChildren(
      ...pieces.map(({ row, left, right }) => {
        const piece = made("span", "piece");
        set(piece, { "--row": row, left: px(left), width: px(right - left) });
        return piece;
      }),
    );
  }
}

function stretchesOf({ pieces }: Shape, name: Stretch): Stretch[] {
  return [...pieces, name];
}

/** The piece where a reader begins: in the first row the leftmost, of right-to-left words the rightmost. */
function firstOf({ pieces, isRtl }: Shape): Piece {
  const [first] = pieces;
  if (first === undefined) return { row: 0, left: 0, right: 4 };
  const row = pieces.filter((piece) => piece.row === first.row);
  return (isRtl ? row.at(-1) : first) as Piece;
}

/** A line under the words; its ends are open where the span goes on in another line. */
function lineOf(piece: Piece, { pieces, isRtl }: Shape, first: Piece, left: number): HTMLElement {
  const line = made("span", "line");
  const last = pieces.at(-1) as Piece;
  const begins = piece.row === first.row;
  const ends = piece.row === last.row;
  line.classList.toggle("open-left", isRtl ? !ends : !begins);
  line.classList.toggle("open-right", isRtl ? !begins : !ends);
  set(line, { "--down": piece.row - first.row, left: px(piece.left - left), width: px(piece.right - piece.left) });
  return line;
}

function nameElement(mark: Mark, name: Stretch, left: number): HTMLElement {
  const element = made("span", "name");
  element.dataset["name"] = nameOf(mark);
  set(element, { left: px(name.left - left), width: px(name.right - name.left) });
  return element;
}

/** What is only proposed asks. */
function nameOf({ label, proposed }: Mark): string {
  return proposed ? label + PROPOSED : label;
}

function layer(name: string): HTMLElement {
  const element = made("span", name);
  element.setAttribute("aria-hidden", "true");
  return element;
}

function made(tag: string, name: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = name;
  return element;
}

function px(length: number): string {
  return `${Math.round(length * 10) / 10}px`;
}

/** Set properties through the object model, which a strict policy allows. */
function set(element: HTMLElement, properties: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(properties)) element.style.setProperty(name, String(value));
}
