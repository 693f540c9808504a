/**
 * Keep a text in its order where a part of it is drawn as a box: see src/textwright/bidi.py.
 *
 * To the bidirectional algorithm a box in a line has no direction, so that the words before and behind it change places.
 */

const LEFT_MARK = "\u200e";
const RIGHT_MARK = "\u200f";
const LETTERS = /\p{L}/gu;
const NUMBER = /\p{Nd}/u;
const ENDS = /^\p{L}(?:.*\p{L})?\p{M}*$/su;
/** The blocks of Unicode whose letters run from right to left. */
const RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Say whether something in the text runs from right to left. */
export function hasRight(text: string): boolean {
  return RIGHT.test(text);
}

/**
 * Say which way a text runs that begins and ends with a letter; nothing where letters run both ways. A number or sign at
 * an end follows what stands around it, so that it may not be given a direction.
 */
export function directionOf(text: string): "ltr" | "rtl" | "" {
  const marks = new Set(marksOf(text));
  if (marks.size !== 1 || !ENDS.test(text)) return "";
  return marks.has(RIGHT_MARK) ? "rtl" : "ltr";
}

/**
 * Hold a box in its place behind `before` by a mark of direction on both sides; it is drawn, not written: nobody copies it.
 *
 * The mark is that of the letters; a number alone goes with the last letter before it. A box whose letters run both ways
 * stays without: it cannot be part of one run.
 */
export function inOrder(box: HTMLElement, text: string, before: string): HTMLElement {
  const turn = document.createElement("span");
  turn.className = "turn";
  turn.dataset["mark"] = markFor(text, before);
  turn.append(box);
  return turn;
}

function markFor(text: string, before: string): string {
  const marks = new Set(marksOf(text));
  if (marks.size > 1) return "";
  const [mark] = marks.size === 0 && NUMBER.test(text) ? marksOf(before).slice(-1) : marks;
  return mark ?? "";
}

function marksOf(text: string): string[] {
  return (text.match(LETTERS) ?? []).map((letter) => (RIGHT.test(letter) ? RIGHT_MARK : LEFT_MARK));
}
