/** Give each span a lane below its line, the inner ones nearest the text, so that no line and no name covers another. */

import type { Place } from "./state.js";

/** A part of a drawn span on one line of the screen, in pixels, its name included. */
export interface Stretch {
  readonly row: number;
  readonly left: number;
  readonly right: number;
}

export interface Laid extends Place {
  /** How deep the label stands in the schema: of two on the same words, the child is nearer to the text. */
  readonly depth: number;
  readonly stretches: readonly Stretch[];
}

const GAP = 4;

/** Return the lane of each span, 0 nearest the text. */
export function lanesOf(spans: readonly Laid[]): number[] {
  const lanes = new Array<number>(spans.length).fill(0);
  const taken = new Map<string, Stretch[]>();
  const done: number[] = [];
  for (const place of innerFirst(spans)) {
    const span = spans[place] as Laid;
    const inside = done.filter((other) => holds(span, spans[other] as Laid));
    let lane = Math.max(0, ...inside.map((other) => (lanes[other] as number) + 1));
    while (span.stretches.some((stretch) => isTaken(taken, lane, stretch))) lane++;
    for (const stretch of span.stretches) take(taken, lane, stretch);
    lanes[place] = lane;
    done.push(place);
  }
  return lanes;
}

function innerFirst(spans: readonly Laid[]): number[] {
  const order = (a: Laid, b: Laid): number => a.end - a.start - (b.end - b.start) || b.depth - a.depth || a.start - b.start;
  return spans.map((_, place) => place).sort((a, b) => order(spans[a] as Laid, spans[b] as Laid));
}

function holds(outer: Place, inner: Place): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function isTaken(taken: ReadonlyMap<string, readonly Stretch[]>, lane: number, { row, left, right }: Stretch): boolean {
  return taken.get(`${lane} ${row}`)?.some((other) => left < other.right + GAP && other.left < right + GAP) ?? false;
}

function take(taken: Map<string, Stretch[]>, lane: number, stretch: Stretch): void {
  const name = `${lane} ${stretch.row}`;
  taken.set(name, [...(taken.get(name) ?? []), stretch]);
}
