/**
 * Yield every match of a global expression.
 *
 * `matchAll` would make a new expression for each text, which costs more than matching it.
 */
export function* matches(pattern: RegExp, text: string): Generator<RegExpExecArray> {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const next = pattern.lastIndex + (match[0] === "" ? widthAt(text, pattern.lastIndex) : 0);
    yield match;
    pattern.lastIndex = next;
  }
}

/** An empty match would be found again: go on behind the next character. */
function widthAt(text: string, place: number): number {
  return (text.codePointAt(place) ?? 0) > 0xffff ? 2 : 1;
}
