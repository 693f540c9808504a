/**
 * The table of replacements that SentencePiece compiles into a model: a trie over bytes (Aoe's double array, as
 * Yata's darts-clone writes it) whose leaves are places among texts that end with a NUL.
 */

import { ModelError } from "../errors.js";
import { type Aligned, Rewriting, textOf } from "./aligned.js";
import type { Normaliser } from "./normalisers.js";
import { codesOf, JOINS_AFTER, JOINS_BEFORE, JOINS_NOTHING, PICTURES } from "./tables.js";

/** Only a cluster of fewer bytes is looked up as a whole. */
const SHORT = 6;
const BYTES = new TextEncoder();

/** Read a table from base64. */
export function precompiled(packed: string): Normaliser {
  const table = tableOf(packed);
  const found = new Map<string, readonly number[] | undefined>();
  const look = (chars: readonly number[]): readonly number[] | undefined => {
    const text = textOf(chars);
    if (!found.has(text)) found.set(text, table(BYTES.encode(text)));
    return found.get(text);
  };
  return (text) => normalised(text, look);
}

type Look = (chars: readonly number[]) => readonly number[] | undefined;

function normalised(text: Aligned, look: Look): Aligned {
  const rewriting = new Rewriting();
  let changed = false;
  for (const cluster of clustersOf(text.chars)) {
    const whole = bytesIn(cluster) < SHORT ? look(cluster) : undefined;
    const parts = whole === undefined ? cluster.map((code) => [code]) : [cluster];
    for (const part of parts) {
      const made = whole ?? look(part);
      changed ||= made !== undefined;
      put(rewriting, part, made ?? part);
    }
  }
  return changed ? rewriting.of(text) : text;
}

/** Write new characters for old ones; what is left over counts for the last one. */
function put({ chars, changes }: Rewriting, old: readonly number[], made: readonly number[]): void {
  made.forEach((code, i) => {
    chars.push(code);
    changes.push(i < old.length ? 0 : 1);
  });
  if (made.length < old.length && changes.length > 0) {
    changes[changes.length - 1] = (changes.at(-1) as number) + made.length - old.length;
  }
}

function bytesIn(chars: readonly number[]): number {
  return chars.reduce((sum, code) => sum + (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4), 0);
}

function tableOf(packed: string): (key: Uint8Array) => readonly number[] | undefined {
  const content = bytesOf(packed);
  const size = content.length < 4 ? -1 : new DataView(content.buffer).getUint32(0, true);
  if (size < 0 || size % 4 !== 0 || size + 4 > content.length) throw new ModelError("tokenizer.json: precompiled_charsmap is cut off");
  const units = new Uint32Array(content.slice(4, 4 + size).buffer);
  const texts = content.subarray(4 + size);
  return (key) => {
    const place = shortest(units, key);
    return place === undefined ? undefined : codesOf(textAt(texts, place));
  };
}

function bytesOf(packed: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(packed), (char) => char.charCodeAt(0));
  } catch {
    throw new ModelError("tokenizer.json: precompiled_charsmap is not base64");
  }
}

function offsetOf(unit: number): number {
  return (unit >>> 10) << ((unit & 0x200) >>> 6);
}

/** Give the value of the shortest key that a text begins with. */
function shortest(units: Uint32Array, key: Uint8Array): number | undefined {
  let place = offsetOf(units[0] ?? 0);
  for (const byte of key) {
    if (byte === 0) return undefined;
    place ^= byte;
    const unit = units[place];
    if (unit === undefined || ((unit & 0x800000ff) >>> 0) !== byte) return undefined;
    place ^= offsetOf(unit);
    if (((unit >>> 8) & 1) === 1) return ((units[place] ?? 0) & 0x7fffffff) >>> 0;
  }
  return undefined;
}

function textAt(texts: Uint8Array, place: number): string {
  const end = texts.indexOf(0, place);
  return new TextDecoder().decode(texts.subarray(place, end < 0 ? texts.length : end));
}

// --- clusters ------------------------------------------------------------------------------------

const [CARRIAGE_RETURN, LINE_FEED, JOINER] = [0xd, 0xa, 0x200d];
/** The two pictures that are short enough for a cluster to be looked up. */
const SHORT_PICTURES = [0xa9, 0xae];

/**
 * Cut a text into what the eye takes for one character (Unicode's extended grapheme clusters).
 *
 * Only clusters of fewer than 6 bytes count, so the rules for flags and for Indic consonants, whose clusters are
 * longer, are left out.
 */
function* clustersOf(chars: readonly number[]): Generator<number[]> {
  let start = 0;
  for (let i = 1; i <= chars.length; i++) {
    if (i < chars.length && joined(chars, start, i)) continue;
    yield chars.slice(start, i);
    start = i;
  }
}

function joined(chars: readonly number[], start: number, place: number): boolean {
  const [before, after] = [chars[place - 1] as number, chars[place] as number];
  if (before === CARRIAGE_RETURN) return after === LINE_FEED;
  if (before >= 0x20 && before < 0x7f && after < 0x300) return after === 0xad && JOINS_BEFORE().has(after);
  if (JOINS_NOTHING().has(before) || JOINS_NOTHING().has(after)) return false;
  if (JOINS_BEFORE().has(after) || JOINS_AFTER().has(before)) return true;
  if (before === JOINER && SHORT_PICTURES.includes(chars[start] as number)) return PICTURES().has(after);
  return joinsSyllable(before, after);
}

/** Say whether two letters stand in one syllable of Hangul. */
function joinsSyllable(before: number, after: number): boolean {
  const [first, second] = [hangul(before), hangul(after)];
  if (first === "L") return second === "L" || second === "V" || second === "LV" || second === "LVT";
  if (first === "V" || first === "LV") return second === "V" || second === "T";
  return (first === "T" || first === "LVT") && second === "T";
}

function hangul(code: number): string {
  if ((code >= 0x1100 && code <= 0x115f) || (code >= 0xa960 && code <= 0xa97c)) return "L";
  if ((code >= 0x1160 && code <= 0x11a7) || (code >= 0xd7b0 && code <= 0xd7c6)) return "V";
  if ((code >= 0x11a8 && code <= 0x11ff) || (code >= 0xd7cb && code <= 0xd7fb)) return "T";
  if (code < 0xac00 || code > 0xd7a3) return "";
  return (code - 0xac00) % 28 === 0 ? "LV" : "LVT";
}
