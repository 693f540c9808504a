/** Change the text of a field as if somebody had typed it, so that the browser's own undo takes it back. */

/** Put `text` in place of `[start, end)`. The focus stays where it was. */
export function replace(field: HTMLTextAreaElement, start: number, end: number, text: string): void {
  const focused = document.activeElement;
  field.focus({ preventScroll: true });
  field.setSelectionRange(start, end);
  // Deprecated, and yet the only way into the native undo stack: https://www.w3.org/TR/input-events-2/
  const isDone = text === "" ? document.execCommand("delete") : document.execCommand("insertText", false, text);
  if (!isDone) {
    field.setRangeText(text, start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (focused instanceof HTMLElement && focused.isConnected) focused.focus({ preventScroll: true });
}

/** Make the field hold `text`, changing only what differs. */
export function rewrite(field: HTMLTextAreaElement, text: string): void {
  const old = field.value;
  const shorter = Math.min(old.length, text.length);
  let same = 0;
  while (same < shorter && old[same] === text[same]) same++;
  let tail = 0;
  while (tail < shorter - same && old.at(-1 - tail) === text.at(-1 - tail)) tail++;
  if (same < Math.max(old.length, text.length) - tail) replace(field, same, old.length - tail, text.slice(same, text.length - tail));
}
