/** How keys, drags and taps move the selection. A selection is never empty and never cuts a character. */

import type { Place } from "./state.js";
import type { Ruler } from "./stops.js";

/** Select the first word, as when a text comes up. */
export function firstWord({ words }: Ruler): Place | null {
  return words[0] ?? null;
}

/** Select the word after the selection, or else the last. */
export function nextWord({ words }: Ruler, selection: Place | null): Place | null {
  const found = selection === null ? words[0] : words.find(({ start }) => start >= selection.end);
  return found ?? words.at(-1) ?? null;
}

/** Select the word before the selection, or else the first. */
export function previousWord({ words }: Ruler, selection: Place | null): Place | null {
  const found = selection === null ? words[0] : words.findLast(({ end }) => end <= selection.start);
  return found ?? words[0] ?? null;
}

/** Move the selection's end to the end of the next word. */
export function extend(ruler: Ruler, selection: Place | null): Place | null {
  if (selection === null) return firstWord(ruler);
  const next = ruler.words.find(({ end }) => end > selection.end);
  return next === undefined ? selection : { start: selection.start, end: next.end };
}

/** Move the selection's end to the end of the word before; at least one stays. */
export function shrink(ruler: Ruler, selection: Place | null): Place | null {
  if (selection === null) return firstWord(ruler);
  const before = ruler.words.findLast(({ end }) => end < selection.end);
  return before === undefined || before.end <= selection.start ? selection : { start: selection.start, end: before.end };
}

/** Move the selection's end by a character; one stays. */
export function moveEnd({ edges }: Ruler, selection: Place | null, step: 1 | -1): Place | null {
  if (selection === null) return firstCharacter(edges);
  const end = edgeBeside(edges, selection.end, step);
  return end === undefined || end <= selection.start ? selection : { start: selection.start, end };
}

/** Move the selection's start by a character; one stays. */
export function moveStart({ edges }: Ruler, selection: Place | null, step: 1 | -1): Place | null {
  if (selection === null) return firstCharacter(edges);
  const start = edgeBeside(edges, selection.start, step);
  return start === undefined || start >= selection.end ? selection : { start, end: selection.end };
}

function firstCharacter([start, end]: readonly number[]): Place | null {
  return start === undefined || end === undefined || end === start ? null : { start, end };
}

function edgeBeside(edges: readonly number[], place: number, step: 1 | -1): number | undefined {
  return step === 1 ? edges.find((edge) => edge > place) : edges.findLast((edge) => edge < place);
}

/** Select the words that a drag from one place to another touches; without words there, its characters. */
export function snap(ruler: Ruler, from: number, to: number): Place | null {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  const touched = ruler.words.filter(({ start, end }) => (low === high ? start <= low && low < end : start < high && low < end));
  const [first, last] = [touched[0], touched.at(-1)];
  if (first !== undefined && last !== undefined) return { start: first.start, end: last.end };
  return low === high ? wordAt(ruler, low) : characters(ruler, low, high);
}

/** Select the word at a place, or the nearest. */
export function wordAt({ words }: Ruler, place: number): Place | null {
  const distance = ({ start, end }: Place): number => Math.max(start - place, place - end, 0);
  return words.reduce<Place | null>((best, word) => (best === null || distance(word) < distance(best) ? word : best), null);
}

/** Select the whole characters that a drag touches. */
export function characters(ruler: Ruler, from: number, to: number): Place | null {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  const start = ruler.edges.findLast((edge) => edge <= low) ?? 0;
  const end = ruler.edges.find((edge) => edge >= high && edge > start) ?? ruler.length;
  return start < end ? { start, end } : wordAt(ruler, low);
}

/** Select both places and what stands between. */
export function cover(selection: Place | null, other: Place | null): Place | null {
  if (selection === null || other === null) return other ?? selection;
  return { start: Math.min(selection.start, other.start), end: Math.max(selection.end, other.end) };
}
