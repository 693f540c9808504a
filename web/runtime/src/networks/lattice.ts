/**
 * From a network's scores for every span of words to candidates and probabilities: see predictors/lattice.py.
 *
 * Scores stand in rows, [labels, words, words]: one for the span from word i up to and with word j.
 */

import { type Candidate, type Nesting, rootsOf, weightOf } from "../decode.js";
import type { Encoded } from "./features.js";
import type { Span } from "../types.js";

export const NEVER = -(10 ** 7);

/** Round scores to integer weights. */
export function weightsOf(scores: Float32Array): Int32Array {
  const weights = new Int32Array(scores.length); // `from` with a function takes ten times as long
  for (let place = 0; place < weights.length; place++) weights[place] = weightOf(scores[place] as number);
  return weights;
}

/** Rule out spans that end before they begin, and those that begin or end with a gap. */
export function withoutImpossible(weights: Int32Array, { starts, ends }: Encoded): Int32Array {
  const words = starts.length;
  const isWord = starts.map((start, i) => start < (ends[i] as number));
  const possible = new Int32Array(weights.length).fill(NEVER);
  for (let row = 0; row < weights.length / words; row++) {
    const first = row % words;
    if (isWord[first] !== true) continue;
    for (let last = first; last < words; last++) {
      const place = row * words + last;
      if (isWord[last] === true) possible[place] = weights[place] as number;
    }
  }
  return possible;
}

/**
 * The weights of all spans of some words, those of the best spans that each must hold included.
 *
 * `totals` has [words, words] for each label; `roots` are the spans that weigh more than nothing, of the labels
 * that no other must hold.
 */
export interface Lattice {
  readonly words: Encoded;
  readonly totals: ReadonlyMap<string, Int32Array>;
  readonly nesting: Nesting;
  readonly roots: readonly Candidate[];
}

/** Add up the weights of a text; [labels, words, words]. */
export function latticeOf(weights: Int32Array, words: Encoded, nesting: Nesting): Lattice {
  const byLabel = squares(withoutImpossible(weights, words), nesting);
  const totals = new Map([...nesting.keys()].map((label) => [label, totalOf(label, byLabel, nesting)]));
  const roots = rootsOf(nesting).flatMap((label) => rootCandidates(label, totals.get(label) as Int32Array, words));
  return { words, totals, nesting, roots };
}

function rootCandidates(label: string, total: Int32Array, { starts, ends }: Encoded): Candidate[] {
  const found: Candidate[] = [];
  total.forEach((weight, place) => {
    if (weight <= 0) return;
    const start = starts[Math.floor(place / starts.length)] as number;
    found.push({ start, end: ends[place % starts.length] as number, label, weight });
  });
  return found;
}

/** Cut [labels, words, words] into a square for each label. */
function squares<T extends Int32Array | Float64Array>(values: T, nesting: Nesting): Map<string, T> {
  const size = values.length / nesting.size;
  return new Map([...nesting.keys()].map((label, i) => [label, values.subarray(i * size, (i + 1) * size) as T]));
}

/** Add to a label's weights those of the best spans that each may hold. */
function totalOf(label: string, byLabel: ReadonlyMap<string, Int32Array>, nesting: Nesting): Int32Array {
  let total = byLabel.get(label) as Int32Array;
  for (const inner of nesting.get(label) ?? []) {
    const held = totalOf(inner, byLabel, nesting).slice();
    gather(held, Math.max, INSIDE);
    total = total.map((weight, place) => weight + (held[place] as number));
  }
  return total;
}

/** Give the place of a span and of those that it holds: the best, of equals the leftmost, the shortest. */
export function withHeld({ words, totals, nesting }: Lattice, span: Candidate): Span[] {
  const { starts, ends } = words;
  return held(span.label, starts.indexOf(span.start), ends.indexOf(span.end)).map(([label, first, last]) => {
    return { start: starts[first] as number, end: ends[last] as number, label };
  });

  function held(label: string, first: number, last: number): [string, number, number][] {
    const inside = (nesting.get(label) ?? []).flatMap((inner) => held(inner, ...bestInside(inner, first, last)));
    return [[label, first, last], ...inside];
  }

  function bestInside(label: string, first: number, last: number): [number, number] {
    const total = totals.get(label) as Int32Array;
    let best: [number, number] = [first, first];
    let most = -Infinity;
    for (let i = first; i <= last; i++) {
      for (let j = first; j <= last; j++) {
        const weight = total[i * starts.length + j] as number;
        if (weight > most) [most, best] = [weight, [i, j]];
      }
    }
    return best;
  }
}

/** Which way sums run along the first and the last word of a span: to those inside a range, or to those around it. */
const INSIDE = { first: -1, last: 1 } as const;
const AROUND = { first: 1, last: -1 } as const;

/** Put into each range what `both` makes of all spans inside it, or of all around it. */
function gather(
  square: Int32Array | Float64Array,
  both: (a: number, b: number) => number,
  { first, last }: { readonly first: number; readonly last: number },
): void {
  const words = Math.sqrt(square.length);
  const add = (place: number, from: number): void => {
    square[place] = both(square[from] as number, square[place] as number);
  };
  const order = (step: number): number[] => [...Array(words).keys()].map((i) => (step > 0 ? i : words - 1 - i)).slice(1);
  for (const j of order(last)) for (let i = 0; i < words; i++) add(i * words + j, i * words + j - last);
  for (const i of order(first)) for (let j = 0; j < words; j++) add(i * words + j, (i - first) * words + j);
}

/**
 * Give the probability of each span of one text; [labels, words, words] in and out.
 *
 * The sum runs over all sets of spans that the rules allow, by the forward and backward sums of a semi-Markov
 * chain (Sarawagi and Cohen 2004).
 */
export function marginals(scores: Float64Array, nesting: Nesting): Float64Array {
  const byLabel = squares(scores, nesting);
  const found = new Map<string, Float64Array>();
  for (const root of rootsOf(nesting)) {
    shareOut(root, chainMarginals(logTotal(root, byLabel, nesting)), byLabel, nesting, found);
  }
  const chances = new Float64Array(scores.length);
  [...nesting.keys()].forEach((label, i) => {
    const shares = found.get(label) as Float64Array;
    chances.set(shares.map((share) => Math.exp(Math.min(0, share))), i * shares.length);
  });
  return chances;
}

type Squares = ReadonlyMap<string, Float64Array>;

function logTotal(label: string, byLabel: Squares, nesting: Nesting): Float64Array {
  let total = byLabel.get(label) as Float64Array;
  for (const inner of nesting.get(label) ?? []) total = plus(total, logSums(logTotal(inner, byLabel, nesting), INSIDE));
  return total;
}

/** Give, for each range, the log-sum over all spans inside it or around it. */
function logSums(square: Float64Array, where: typeof INSIDE | typeof AROUND): Float64Array {
  const sums = square.slice();
  gather(sums, logAdd, where);
  return sums;
}

function plus(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, place) => value + (b[place] as number));
}

function logAdd(a: number, b: number): number {
  if (a === b) return a + Math.LN2;
  return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
}

/** Give the log-probability of each span among all sequences of spans that do not overlap. */
function chainMarginals(whole: Float64Array): Float64Array {
  const words = Math.sqrt(whole.length);
  const at = (first: number, last: number): number => whole[first * words + last] as number;
  const before = new Float64Array(words + 1);
  const after = new Float64Array(words + 1);
  for (let end = 0; end < words; end++) {
    let sum = -Infinity;
    for (let first = 0; first <= end; first++) sum = logAdd(sum, (before[first] as number) + at(first, end));
    before[end + 1] = logAdd(before[end] as number, sum);
  }
  for (let start = words - 1; start >= 0; start--) {
    let sum = -Infinity;
    for (let last = start; last < words; last++) sum = logAdd(sum, at(start, last) + (after[last + 1] as number));
    after[start] = logAdd(after[start + 1] as number, sum);
  }
  return whole.map((score, place) => {
    const [first, last] = [Math.floor(place / words), place % words];
    return (before[first] as number) + score + (after[last + 1] as number) - (before[words] as number);
  });
}

/** Keep a label's log-probabilities and hand them down to the spans that it holds. */
function shareOut(
  label: string,
  logShares: Float64Array,
  byLabel: Squares,
  nesting: Nesting,
  found: Map<string, Float64Array>,
): void {
  found.set(label, logShares);
  for (const inner of nesting.get(label) ?? []) {
    const total = logTotal(inner, byLabel, nesting);
    const inside = logSums(total, INSIDE);
    const around = logSums(logShares.map((share, place) => share - (inside[place] as number)), AROUND);
    shareOut(inner, plus(total, around), byLabel, nesting, found);
  }
}
