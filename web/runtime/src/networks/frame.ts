/** How pieces are put before an encoder: see predictors/tokens.py. */

import { ModelError } from "../errors.js";
import type { Tokeniser } from "../tokenisers/tokeniser.js";

/** What stands for a gap between words, which a tokeniser would not see. */
const GAP_SIGN = "|";

/** What stands before and after pieces, what fills up, how many are read at once, and how far it is to the next window. */
export interface Frame {
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly pad: number;
  readonly most: number;
  readonly stride: number;
}

/** Where a piece stands: the number of its window, and its place there. */
export type Place = readonly [window: number, place: number];

/** The pieces of some words in windows, and for each word the places of its first and last piece. */
export interface WordWindows {
  readonly windows: readonly (readonly number[])[];
  readonly firsts: readonly Place[];
  readonly lasts: readonly Place[];
}

/** Read what `config.json` says under `tokens`. */
export function frameFromData(data: unknown): Frame {
  const { before, after, pad, most, stride } = (data ?? {}) as Readonly<Record<string, unknown>>;
  const whole = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
  const listed = [before, after].every((value) => Array.isArray(value) && value.every(whole));
  if (listed && whole(pad) && [most, stride].every((value) => whole(value) && (value as number) > 0)) return data as Frame;
  throw new ModelError(`the tokens ${JSON.stringify(data)} are not those of this version: before, after, pad, most, stride`);
}

/** Cut pieces into what the encoder takes at once; windows of a long text overlap. */
export function windowsOf(pieces: readonly number[], frame: Frame): number[][] {
  const windows: number[][] = [];
  let begin = 0;
  for (; begin + frame.most < pieces.length; begin += frame.stride) windows.push(framed(pieces.slice(begin, begin + frame.most), frame));
  return [...windows, framed(pieces.slice(begin), frame)];
}

/** Frame pieces; where nothing would be left, there is one that stands for nothing. */
function framed(pieces: readonly number[], { before, after, pad }: Frame): number[] {
  const made = [...before, ...pieces, ...after];
  return made.length > 0 ? made : [pad];
}

/** Say where the n-th piece is read: in the window that shows most of what surrounds it. */
function placeOf(piece: number, windows: number, { before, most, stride }: Frame): Place {
  const wanted = Math.floor((piece - Math.floor((most - stride) / 2)) / stride);
  const window = Math.max(0, Math.min(windows - 1, wanted));
  return [window, piece - window * stride + before.length];
}

/** Cut words into pieces and say where each word stands; one without a piece stands first. */
export function wordWindows(surfaces: readonly string[], tokeniser: Tokeniser, frame: Frame): WordWindows {
  const cut = surfaces.map((surface) => tokeniser.encode(surface || GAP_SIGN).ids);
  const windows = windowsOf(cut.flat(), frame);
  const [firsts, lasts]: [Place[], Place[]] = [[], []];
  let begin = 0;
  for (const { length } of cut) {
    firsts.push(length > 0 ? placeOf(begin, windows.length, frame) : [0, 0]);
    lasts.push(length > 0 ? placeOf(begin + length - 1, windows.length, frame) : [0, 0]);
    begin += length;
  }
  return { windows, firsts, lasts };
}
