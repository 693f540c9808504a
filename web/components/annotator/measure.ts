/** Where stretches of the text stand on the screen, measured once for each width and font. */

import type { Place } from "./state.js";

/** A part of a place on one line: its row from the top and its pixels from the left. */
export interface Piece {
  readonly row: number;
  readonly left: number;
  readonly right: number;
}

/** How the text is set: the height of a line and of the letters in it, and the width that there is. */
export interface Frame {
  readonly top: number;
  readonly left: number;
  readonly line: number;
  readonly width: number;
}

const TOUCHING = 1.5;
const LEAST = 4;

/** Measure a place of the text: a piece a line, or several where left-to-right and right-to-left meet. */
export function piecesOf(node: Text, { start, end }: Place, frame: Frame): Piece[] {
  const range = document.createRange();
  range.setStart(node, Math.min(start, node.length));
  range.setEnd(node, Math.min(end, node.length));
  const rects = [...range.getClientRects()];
  const seen = rects.some(({ width }) => width >= 1) ? rects.filter(({ width }) => width >= 1) : rects.slice(0, 1);
  return merged(seen.map((rect) => pieceOf(rect, frame)));
}

function pieceOf(rect: DOMRect, { top, left, line, width }: Frame): Piece {
  const from = Math.min(Math.max(0, rect.left - left), width - LEAST);
  const to = Math.min(Math.max(rect.right - left, from + LEAST), width);
  return { row: Math.floor((rect.top + rect.height / 2 - top) / line), left: from, right: to };
}

/** Join the pieces that touch. */
export function merged(pieces: readonly Piece[]): Piece[] {
  const sorted = [...pieces].sort((a, b) => a.row - b.row || a.left - b.left);
  return sorted.reduce<Piece[]>((done, piece) => {
    const last = done.at(-1);
    if (last === undefined || last.row !== piece.row || piece.left > last.right + TOUCHING) return [...done, piece];
    return [...done.slice(0, -1), { ...last, right: Math.max(last.right, piece.right) }];
  }, []);
}

/** Return the place of the text under a point of the screen; null where there is none. */
export function placeAt(node: Text, x: number, y: number): number | null {
  const found = caretAt(node, x, y);
  return found !== null && found.node === node ? Math.min(found.offset, node.length) : null;
}

type Caret = { readonly node: Node; readonly offset: number };

/** Browsers have the one or the other; the one looks into shadow roots only where they are named. */
function caretAt(node: Node, x: number, y: number): Caret | null {
  const position = document.caretPositionFromPoint?.(x, y, { shadowRoots: shadowRootsOf(node) });
  if (position) return { node: position.offsetNode, offset: position.offset };
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}

function shadowRootsOf(node: Node): ShadowRoot[] {
  const found: ShadowRoot[] = [];
  for (let root = node.getRootNode(); root instanceof ShadowRoot; root = root.host.getRootNode()) found.push(root);
  return found;
}
