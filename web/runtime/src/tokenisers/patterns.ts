/**
 * Find what a pattern of a `tokenizer.json` matches.
 *
 * The library's expressions are those of Oniguruma. They are written anew for JavaScript, with the library's own
 * classes of characters; what would not mean the same is refused.
 */

import { ModelError } from "../errors.js";
import { type Stretch, textOf } from "./aligned.js";
import { CLASSES, type Chars } from "./tables.js";
import { partOf } from "./parts.js";

/** Finds the matches of a pattern and what lies between. */
export type Pattern = (chars: readonly number[]) => Stretch[];

/** Read a pattern: `{"String": …}` is taken literally, `{"Regex": …}` is an expression. */
export function patternOf(value: unknown): Pattern {
  const part = partOf("a pattern", value);
  if (typeof part["String"] === "string") return patternFrom(literally(part["String"]));
  if (typeof part["Regex"] === "string") return patternFrom(checked(translated(part["Regex"])));
  throw new ModelError(`tokenizer.json: the pattern ${JSON.stringify(value)} is unknown, expected String or Regex`);
}

/** Throw `ModelError` unless JavaScript can read an expression. */
function checked(source: string): string {
  try {
    new RegExp(source, "gu");
    return source;
  } catch (error) {
    throw new ModelError(`tokenizer.json: ${(error as Error).message}`);
  }
}

/** Match runs of characters for which a test holds, or each alone. */
export function runsOf(test: (code: number) => boolean, { each = false }: { readonly each?: boolean } = {}): Pattern {
  return (chars) => {
    const found: Stretch[] = [];
    let start = 0;
    while (start < chars.length) {
      const match = test(chars[start] as number);
      let end = start + 1;
      if (!(match && each)) while (end < chars.length && test(chars[end] as number) === match) end++;
      found.push({ start, end, match });
      start = end;
    }
    return found;
  };
}

/** Take what lies between two matches for a match, and the other way round. */
export function inverted(pattern: Pattern): Pattern {
  return (chars) => pattern(chars).map(({ start, end, match }) => ({ start, end, match: !match }));
}

/** Find by an expression of JavaScript; nothing is matched by an empty one. */
export function patternFrom(source: string): Pattern {
  if (source === "") return (chars) => between(0, chars.length);
  let compiled: RegExp | undefined;
  return (chars) => stretches((compiled ??= new RegExp(source, "gu")), chars);
}

function between(start: number, end: number): Stretch[] {
  return start < end ? [{ start, end, match: false }] : [];
}

function stretches(pattern: RegExp, chars: readonly number[]): Stretch[] {
  const found: Stretch[] = [];
  let done = 0;
  for (const [start, end] of matchesOf(pattern, chars)) {
    found.push(...between(done, start), { start, end, match: true });
    done = end;
  }
  return [...found, ...between(done, chars.length)];
}

/** Yield matches; an empty one right behind another is none. */
function* matchesOf(pattern: RegExp, chars: readonly number[]): Generator<[number, number]> {
  const text = textOf(chars);
  const place = placesOf(chars, text.length);
  let last = -1;
  for (let from = 0; from <= text.length; ) {
    pattern.lastIndex = from;
    const match = pattern.exec(text);
    if (match === null) return;
    const [start, end] = [match.index, match.index + match[0].length];
    if (start === end && end === last) {
      from = end + ((text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1);
      continue;
    }
    yield [place(start), place(end)];
    from = last = end;
  }
}

/** Turn places in UTF-16 units, which must rise, into places of characters. */
function placesOf(chars: readonly number[], units: number): (unit: number) => number {
  if (units === chars.length) return (unit) => unit;
  let [place, unit] = [0, 0];
  return (wanted) => {
    for (; unit < wanted; place++) unit += (chars[place] as number) > 0xffff ? 2 : 1;
    return place;
  };
}

// --- expressions ---------------------------------------------------------------------------------

/** Brackets that are written as they are. */
const BRACKETS = ["(?:", "(?=", "(?!", "(?<=", "(?<!"];
const CASELESS = "(?i:";
const QUANTIFIER = /^(?:[*+?]|\{\d+(?:,\d*)?\}|\{,\d+\})/;
const SPECIAL = "\\^$.*+?()[]{}|/";
const CONTROLS: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", f: "\f", v: "\v" };
/** What a letter is also matched by when case is ignored, beside its other case. */
const ALSO: Readonly<Record<string, string>> = { s: "ſ", k: "\u212a" };

/** Write a text as an expression that matches it alone. */
function literally(text: string): string {
  return [...text].map((char) => (SPECIAL.includes(char) ? `\\${char}` : char)).join("");
}

/** Where in an expression one is: whether case counts, and for each open bracket whether it did before. */
interface Around {
  readonly source: string;
  readonly open: boolean[];
  cased: boolean;
}

/** What was read: how it is written for JavaScript, and how long it was. */
type Step = readonly [written: string, length: number];

/** Write an expression of Oniguruma for JavaScript. Throw `ModelError` for what is not known to mean the same. */
export function translated(source: string): string {
  const around: Around = { source, open: [], cased: true };
  let made = "";
  for (let place = 0; place < source.length; ) {
    const [written, length] = stepAt(source.slice(place), around);
    made += written;
    place += length;
  }
  return around.open.length === 0 ? made : refuse(source, "(");
}

function stepAt(rest: string, around: Around): Step {
  if (rest.startsWith("(")) return opened(rest, around);
  if (rest.startsWith(")")) return closed(around);
  if (rest.startsWith("[")) return around.cased ? classAt(rest, around.source) : refuse(around.source, "[ where case is ignored");
  if (QUANTIFIER.test(rest)) return quantifierAt(rest, around.source);
  if (rest.startsWith("\\")) return escaped(rest, around);
  if (rest.startsWith("|")) return ["|", 1];
  if (rest.startsWith(".")) return ["[^\\n]", 1];
  const char = String.fromCodePoint(rest.codePointAt(0) as number);
  return "^$".includes(char) ? refuse(around.source, char) : [letter(char, around), char.length];
}

function opened(rest: string, around: Around): Step {
  const same = BRACKETS.find((bracket) => rest.startsWith(bracket));
  const caseless = rest.startsWith(CASELESS);
  if (same === undefined && !caseless && rest.startsWith("(?")) return refuse(around.source, rest.slice(0, 4));
  around.open.push(around.cased);
  if (caseless) around.cased = false;
  return [same ?? "(?:", same?.length ?? (caseless ? CASELESS.length : 1)];
}

function closed(around: Around): Step {
  around.cased = around.open.pop() ?? refuse(around.source, ")");
  return [")", 1];
}

function escaped(rest: string, around: Around): Step {
  const { chars, char, length } = escapeAt(rest, around.source);
  return [chars === undefined ? letter(char as string, around) : `[${chars.source}]`, length];
}

function quantifierAt(rest: string, source: string): Step {
  const own = (QUANTIFIER.exec(rest) as RegExpExecArray)[0];
  const after = rest.charAt(own.length);
  if (after === "+" || (after === "?" && own.startsWith("{"))) return refuse(source, own + after);
  const written = own.startsWith("{,") ? `{0${own.slice(1)}` : own;
  return after === "?" ? [`${written}?`, own.length + 1] : [written, own.length];
}

function letter(char: string, { cased, source }: Around): string {
  if (cased || !/[a-z]|[^\x00-\x7f]/i.test(char)) return literally(char);
  if (char > "z") return refuse(source, `${char} where case is ignored`);
  return `[${char.toLowerCase()}${char.toUpperCase()}${ALSO[char.toLowerCase()] ?? ""}]`;
}

interface Escape {
  readonly chars?: Chars;
  readonly char?: string;
  readonly length: number;
}

/** Read what stands behind a backslash: a class, or a character. */
function escapeAt(rest: string, source: string): Escape {
  const property = /^\\([pP])\{(\^?)(\w+)\}/.exec(rest);
  if (property !== null) {
    const negated = (property[1] === "P") !== (property[2] === "^");
    return { chars: classNamed(property[3] as string, negated, property[0], source), length: property[0].length };
  }
  const name = rest.charAt(1);
  const simple = { s: "s", w: "w", d: "Nd" }[name.toLowerCase()];
  if (simple !== undefined) return { chars: classNamed(simple, name !== name.toLowerCase(), `\\${name}`, source), length: 2 };
  const code = /^\\(?:x\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))/.exec(rest);
  if (code !== null) return { char: String.fromCodePoint(parseInt(code[1] ?? code[2] ?? (code[3] as string), 16)), length: code[0].length };
  if (CONTROLS[name] !== undefined) return { char: CONTROLS[name], length: 2 };
  return /^[^\w\s]$/.test(name) ? { char: name, length: 2 } : refuse(source, `\\${name}`);
}

function classNamed(name: string, negated: boolean, written: string, source: string): Chars {
  const chars = CLASSES.get(name)?.() ?? refuse(source, written);
  return negated ? chars.others : chars;
}

/** Read a class in square brackets; give it for JavaScript, and its length. */
function classAt(rest: string, source: string): Step {
  let place = rest.startsWith("[^") ? 2 : 1;
  let made = rest.slice(0, place);
  if (rest.charAt(place) === "]") return refuse(source, "[]");
  while (rest.charAt(place) !== "]") {
    const at = rest.slice(place);
    if (at === "" || at.startsWith("[") || at.startsWith("&&")) return refuse(source, at === "" ? "[" : at.slice(0, 2));
    if (at.startsWith("\\")) {
      const { chars, char, length } = escapeAt(at, source);
      made += chars?.source ?? inClass(char as string);
      place += length;
    } else {
      const char = String.fromCodePoint(at.codePointAt(0) as number);
      made += char === "-" ? "-" : inClass(char);
      place += char.length;
    }
  }
  return [`${made}]`, place + 1];
}

function inClass(char: string): string {
  return `\\u{${(char.codePointAt(0) as number).toString(16)}}`;
}

function refuse(source: string, part: string): never {
  throw new ModelError(`tokenizer.json: the expression ${source} holds ${part}, which this version does not know`);
}
