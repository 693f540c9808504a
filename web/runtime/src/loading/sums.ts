/** SHA-256 sums in hexadecimal digits. */

/** Sum up bytes; `undefined` where a page may not compute sums (neither over https nor from localhost). */
export async function sumOf(bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  if (globalThis.crypto?.subtle === undefined) return undefined;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
