/** Read texts in parts that a network sees at once, and put together what it says of them: see predictors/windows.py. */

import { bestSpans, type Candidate, type Nesting, rootsOf } from "../decode.js";
import { ModelError } from "../errors.js";
import type { Encoded } from "./features.js";
import { type Lattice, latticeOf, marginals, NEVER, weightsOf, withHeld, withoutImpossible } from "./lattice.js";
import { type Annotation, inOrder, type Scores, type Span } from "../types.js";

/** Words that a network sees at once, so that memory stays small however many texts are asked. */
const WORDS_AT_ONCE = 2048;
/** Probabilities below this are not listed as candidates. */
const UNLIKELY = 1e-3;
/** The score, for sums of probabilities, of a span that cannot be. */
const IMPOSSIBLE = -1e4;

/** How a long text is read: `words` at a time, every `stride` words; the network looks `reach` words around. */
export interface Window {
  readonly words: number;
  readonly stride: number;
  readonly reach: number;
}

/** A stretch of a text's words, one `of` so many. Spans that start in the units [first, stop) count. */
export interface Part {
  readonly text: number;
  readonly of: number;
  readonly words: Encoded;
  readonly first: number;
  readonly stop: number;
}

/** Parts with equally many words, and for each the scores of its spans: [labels, words, words]. */
export type Scored = AsyncIterable<readonly [parts: readonly Part[], scores: readonly Float32Array[]]>;

/** Read what `config.json` says under `window`. */
export function windowFromData(data: unknown): Window {
  const { words, stride, reach } = { words: 192, stride: 128, reach: 8, ...(data as object) };
  const right = [words, stride, reach].every(Number.isSafeInteger) && words > 0 && stride > 0 && reach >= 0;
  if (right) return { words, stride, reach };
  throw new ModelError(`the window ${JSON.stringify(data)} is none: words, stride and reach are whole numbers`);
}

/** Yield [begin, end, first, stop]: read the words [begin, end), take spans that start in [first, stop). */
export function* partsOf(words: number, window: Window): Generator<[number, number, number, number]> {
  let [begin, first] = [0, 0];
  for (; begin + window.words < words; begin += window.stride) {
    const stop = begin + window.stride + window.reach;
    yield [begin, begin + window.words, first, stop];
    first = stop;
  }
  yield [begin, words, first, words];
}

/** Yield parts with equally many words together, so that none is padded. */
export function* partBatches(texts: readonly Encoded[], window: Window): Generator<Part[]> {
  const byLength = new Map<number, Part[]>();
  texts.forEach((text, place) => {
    for (const part of cutUp(place, text, window)) {
      const length = part.words.starts.length;
      const others = byLength.get(length);
      if (others === undefined) byLength.set(length, [part]);
      else others.push(part);
    }
  });
  for (const [length, parts] of byLength) {
    const size = Math.max(1, Math.floor(WORDS_AT_ONCE / length));
    for (let i = 0; i < parts.length; i += size) yield parts.slice(i, i + size);
  }
}

/** Cut a text's words into parts; a text without words has none. */
function cutUp(place: number, text: Encoded, window: Window): Part[] {
  if (text.starts.length === 0) return [];
  const cuts = [...partsOf(text.starts.length, window)];
  return cuts.map(([begin, end, first, stop]) => ({
    text: place,
    of: cuts.length,
    words: { starts: text.starts.slice(begin, end), ends: text.ends.slice(begin, end), rows: text.rows.slice(begin, end) },
    first: text.starts[first] as number,
    stop: text.ends[stop - 1] as number,
  }));
}

function counts({ first, stop }: Part, start: number): boolean {
  return first <= start && start < stop;
}

/** Choose the best set of spans for each text. */
export async function annotationsOf(scored: Scored, texts: number, nesting: Nesting): Promise<Annotation[]> {
  const found = Array.from({ length: texts }, (): Annotation => ({ spans: [], categories: null }));
  const read = new Map<number, [Part, Lattice][]>();
  for await (const [parts, scores] of scored) {
    parts.forEach((part, i) => {
      const lattices = [...(read.get(part.text) ?? [])];
      lattices.push([part, latticeOf(weightsOf(scores[i] as Float32Array), part.words, nesting)]);
      read.set(part.text, lattices);
      if (lattices.length < part.of) return;
      found[part.text] = { spans: inOrder(chosen(lattices, nesting)), categories: null };
      read.delete(part.text);
    });
  }
  return found;
}

/** Choose the spans of a text from the lattices of its parts. */
function chosen(read: readonly [Part, Lattice][], nesting: Nesting): Span[] {
  const roots = new Map<Candidate, Lattice>();
  for (const [part, lattice] of read) {
    for (const span of lattice.roots) if (counts(part, span.start)) roots.set(span, lattice);
  }
  const flat = new Map(rootsOf(nesting).map((label) => [label, []]));
  return bestSpans(roots.keys(), flat).flatMap((span) => withHeld(roots.get(span) as Lattice, span));
}

/** Give the spans with a probability of at least `UNLIKELY`, for each text; a higher temperature doubts more. */
export async function scoresOf(scored: Scored, texts: number, nesting: Nesting, temperature: number): Promise<Scores[]> {
  const found = Array.from({ length: texts }, (): Span[] => []);
  for await (const [parts, scores] of scored) {
    parts.forEach((part, i) => {
      const tempered = (scores[i] as Float32Array).map((score) => score / temperature);
      found[part.text]?.push(...likely(part, tempered, nesting));
    });
  }
  return found.map((spans) => ({ spans: inOrder(spans), categories: [] }));
}

function likely(part: Part, scores: Float32Array, nesting: Nesting): Span[] {
  const possible = withoutImpossible(weightsOf(scores), part.words);
  const chances = marginals(Float64Array.from(scores, (score, i) => ((possible[i] as number) > NEVER ? score : IMPOSSIBLE)), nesting);
  const words = part.words.starts.length;
  const labels = [...nesting.keys()];
  const spans: Span[] = [];
  chances.forEach((score, i) => {
    if (score < UNLIKELY) return;
    const start = part.words.starts[Math.floor(i / words) % words] as number;
    const end = part.words.ends[i % words] as number;
    const label = labels[Math.floor(i / words / words)] as string;
    if (counts(part, start)) spans.push({ start, end, label, score });
  });
  return spans;
}
