/** Change the text of a field as if somebody had typed it, so that undo takes it back. */

import { changeOf } from "../shared/paper.js";

/** Browsers take seconds to type more lines than this. */
const TYPED = 50;

/** A change that was not typed, by which its undo knows itself. */
interface Change {
  readonly before: string;
  readonly after: string;
}

let last: Change | undefined;

/** Put `text` in place of `[start, end)`. The focus stays where it was. */
export function replace(field: HTMLTextAreaElement, start: number, end: number, text: string): void {
  const focused = document.activeElement;
  field.focus({ preventScroll: true });
  field.setSelectionRange(start, end);
  const before = field.value;
  if (!isTyped(before.slice(start, end), text)) {
    field.setRangeText(text, start, end, "end");
    last = { before, after: field.value };
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (focused instanceof HTMLElement && focused.isConnected) focused.focus({ preventScroll: true });
}

/** Type over the selection. Say whether it was done. */
function isTyped(old: string, text: string): boolean {
  if (Math.max(old.split("\n").length, text.split("\n").length) > TYPED) return false;
  // Deprecated, and yet the only way into the native undo stack: https://www.w3.org/TR/input-events-2/
  return text === "" ? document.execCommand("delete") : document.execCommand("insertText", false, text);
}

/** Take back the last change, if it was not typed and nothing came after it. Say whether there was one. */
export function takesBack(field: HTMLTextAreaElement): boolean {
  if (last === undefined || field.value !== last.after) return false;
  field.value = last.before;
  last = undefined;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}

/** Take back the last change, whatever made it. */
export function undo(field: HTMLTextAreaElement): void {
  field.focus();
  if (!takesBack(field)) document.execCommand("undo");
}

/** Make the field hold `text`, changing only what differs. */
export function rewrite(field: HTMLTextAreaElement, text: string): void {
  const change = changeOf(field.value, text);
  if (field.value !== text) replace(field, change.start, change.end, change.text);
}
