/**
 * The one converter between JavaScript's UTF-16 units and the code points of files and HTTP.
 *
 * A lone surrogate is one unit and one code point, as it is for Python.
 */

export interface Offsets {
  /** Where code point `place` begins, in UTF-16 units. */
  toUnits(place: number): number;
  /** The number of code points before unit `place`. */
  toPoints(place: number): number;
}

/** The conversion of a text whose characters are one unit each. */
export const SAME: Offsets = { toUnits: (place) => place, toPoints: (place) => place };

/** Prepare the conversion for one text; a text without astral characters needs none. */
export function offsetsOf(text: string): Offsets {
  const pairs = [...pairPlaces(text)];
  if (pairs.length === 0) return SAME;
  return {
    toUnits: (place) => place + countBelow(pairs.length, (i) => (pairs[i] as number) - i < place),
    toPoints: (place) => place - countBelow(pairs.length, (i) => (pairs[i] as number) < place),
  };
}

/** Yield the unit at which each surrogate pair begins. */
function* pairPlaces(text: string): Generator<number> {
  for (let i = 0; i < text.length; i++) {
    if ((text.codePointAt(i) as number) > 0xffff) yield i++;
  }
}

/** Count the leading indices below `size` for which `holds`, by halving. */
function countBelow(size: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
