/** Short quotations of a text, for messages. */

const MOST = 48;

/** Quote a stretch of a text; of a long one its beginning and end. */
export function quoted(words: string): string {
  const characters = [...words];
  if (characters.length <= MOST) return `“${words}”`;
  const half = MOST / 2 - 1;
  return `“${characters.slice(0, half).join("")}…${characters.slice(-half).join("")}”`;
}
