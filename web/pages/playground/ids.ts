/** Ids for texts that came without: see `Identify` in formats/base.py. */

const BYTES = 9;
/** After so many different texts, the place among those without an id stands in the id instead of the occurrence. */
const REMEMBERED = 250_000;

/**
 * Derive the id of each text, as Python does, from the text and how often it has occurred.
 *
 * Without SHA-256 (in a page over http) each is undefined; Python derives the same when it reads the file.
 */
export async function idsOf(texts: readonly string[]): Promise<(string | undefined)[]> {
  if (globalThis.crypto?.subtle === undefined) return texts.map(() => undefined);
  const digests = await Promise.all(texts.map(digestOf));
  const seen = new Map<string, number>();
  return digests.map((digest, i) => {
    const isKept = seen.has(digest) || seen.size < REMEMBERED;
    const occurrence = isKept ? (seen.get(digest) ?? 0) + 1 : i + 1;
    if (isKept) seen.set(digest, occurrence);
    return occurrence > 1 ? `${digest}-${occurrence}` : digest;
  });
}

async function digestOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest, 0, BYTES)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
