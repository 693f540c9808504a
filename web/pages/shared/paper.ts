/** A text field that grows with its text, with marks that lie under the words. */

import { element } from "../../components/drawing.js";

/** A stretch of the text to be marked: what it is, and how strongly, from 0 to 1. Marks do not overlap. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
  readonly strength: number;
}

export interface Paper {
  /** Mark the text as it stands. */
  readonly mark: (marks: readonly Mark[]) => void;
  /** Replace the text, as if somebody had pasted it. */
  readonly write: (text: string) => void;
  /** Select a stretch and bring it into view. */
  readonly select: (start: number, end: number) => void;
}

/**
 * Lay marks under a text field. While somebody types, marks stay with their words and fade, until new ones come.
 *
 * `under` lies at the same place as the field and has the same type, so that its words lie under the field's.
 */
export function paperOf(field: HTMLTextAreaElement, under: HTMLElement): Paper {
  let [text, marks]: [string, readonly Mark[]] = ["", []];
  const draw = (): void => under.replaceChildren(...piecesOf(text, marks).map(drawn), "\n");
  const typed = (): void => {
    marks = moved(marks, text, field.value);
    text = field.value;
    under.classList.add("outdated");
    draw();
  };
  field.addEventListener("input", typed);
  typed();
  return {
    mark: (found) => {
      marks = found;
      under.classList.remove("outdated");
      draw();
    },
    write: (made) => {
      field.value = made;
      field.dispatchEvent(new Event("input"));
    },
    select: (start, end) => {
      field.focus({ preventScroll: true });
      field.setSelectionRange(start, end);
      under.querySelector(`[data-start="${start}"]`)?.scrollIntoView({ block: "nearest" });
    },
  };
}

/** A piece of the text, marked or not. */
export interface Piece {
  readonly text: string;
  readonly mark?: Mark;
}

/** Cut a text where marks begin and end. */
export function piecesOf(text: string, marks: readonly Mark[]): Piece[] {
  const sorted = [...marks].sort((a, b) => a.start - b.start);
  const pieces: Piece[] = [];
  let done = 0;
  for (const mark of sorted) {
    if (mark.start > done) pieces.push({ text: text.slice(done, mark.start) });
    pieces.push({ text: text.slice(mark.start, mark.end), mark });
    done = mark.end;
  }
  if (done < text.length) pieces.push({ text: text.slice(done) });
  return pieces;
}

/** Move marks along when a text is changed; those that the change touches go. */
export function moved(marks: readonly Mark[], before: string, after: string): Mark[] {
  const { start, end } = changeOf(before, after);
  const by = after.length - before.length;
  return marks.flatMap((mark) => {
    if (mark.end <= start) return [mark];
    return mark.start >= end ? [{ ...mark, start: mark.start + by, end: mark.end + by }] : [];
  });
}

/** What a change does: it puts `text` in the place of `[start, end)`. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Find the shortest change that makes one text of another. */
export function changeOf(before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) };
}

function drawn({ text, mark }: Piece): Node {
  if (mark === undefined) return document.createTextNode(text);
  const made = element("span", `mark ${mark.kind}`, text);
  made.dataset["start"] = String(mark.start);
  made.style.setProperty("--strength", mark.strength.toFixed(2));
  return made;
}
