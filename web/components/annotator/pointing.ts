/** What mouse, pen and finger do on the text: they select words and choose marks. */

import { placeAt } from "./measure.js";
import * as moves from "./selection.js";
import { drawnOf, type Place, type State } from "./state.js";
import type { Ruler } from "./stops.js";
import type { Span } from "textwright";
import { offsetsOf } from "textwright";

/** What pointing needs of the element. */
export interface Pointed {
  readonly text: string;
  readonly ruler: Ruler;
  readonly state: State;
  readonly readOnly: boolean;
  readonly selection: Place | null;
  readonly extending: boolean;
  select(selection: Place | null): void;
  choose(span: Span): void;
  focusText(): void;
}

interface Drag {
  readonly from: number;
  readonly kept: Place | null;
}

export class Pointing {
  readonly #element: Pointed;
  readonly #group: HTMLElement;
  readonly #node: Text;
  #drag: Drag | null = null;
  #isTouch = false;

  constructor(element: Pointed, group: HTMLElement, node: Text) {
    this.#element = element;
    this.#group = group;
    this.#node = node;
    group.addEventListener("pointerdown", (event) => this.#down(event));
    group.addEventListener("pointermove", (event) => this.#move(event));
    group.addEventListener("pointerup", () => (this.#drag = null));
    group.addEventListener("pointercancel", () => (this.#drag = null));
    group.addEventListener("mousedown", (event) => this.#hold(event));
    group.addEventListener("click", (event) => this.#tap(event));
  }

  /** The browser's own selection would lie over ours. */
  #hold(event: MouseEvent): void {
    if (this.#element.readOnly || event.button !== 0) return;
    event.preventDefault();
    this.#element.focusText();
  }

  #down(event: PointerEvent): void {
    this.#isTouch = event.pointerType === "touch";
    if (this.#element.readOnly || this.#isTouch || event.button !== 0 || this.#chooses(event)) return;
    const from = placeAt(this.#node, event.clientX, event.clientY);
    if (from === null) return;
    document.getSelection()?.removeAllRanges();
    this.#group.setPointerCapture(event.pointerId);
    this.#drag = { from, kept: event.shiftKey || this.#element.extending ? this.#element.selection : null };
    this.#selectTo(from, event.altKey);
  }

  #move(event: PointerEvent): void {
    if (this.#drag === null) return;
    const to = placeAt(this.#node, event.clientX, event.clientY);
    if (to !== null) this.#selectTo(to, event.altKey);
  }

  #selectTo(to: number, isFree: boolean): void {
    const { ruler } = this.#element;
    const { from, kept } = this.#drag as Drag;
    const touched = isFree && from !== to ? moves.characters(ruler, from, to) : moves.snap(ruler, from, to);
    this.#element.select(moves.cover(kept, touched));
  }

  /** A finger's tap selects a word; with "extend" on, it reaches to it. */
  #tap(event: MouseEvent): void {
    if (this.#element.readOnly || !this.#isTouch || this.#chooses(event)) return;
    const place = placeAt(this.#node, event.clientX, event.clientY);
    if (place === null) return;
    const word = moves.snap(this.#element.ruler, place, place);
    this.#element.select(this.#element.extending ? moves.cover(this.#element.selection, word) : word);
  }

  /** Choose the mark under the pointer, if there is one. */
  #chooses(event: MouseEvent): boolean {
    const mark = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-start]") : null;
    if (mark === null) return false;
    const { toPoints } = offsetsOf(this.#element.text);
    const { start, end, label } = mark.dataset;
    const found = drawnOf(this.#element.state).find(
      (span) => String(toPoints(span.start)) === start && String(toPoints(span.end)) === end && span.label === label,
    );
    if (found === undefined) return false;
    this.#element.choose(found);
    return true;
  }
}
