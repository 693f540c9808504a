/**
 * Give each word one character, its code, so that a pattern over words is a pattern over a string:
 * see predictors/rules/codes.py. A code says in which lists a word stands (its signature), whether
 * a shape of the rule set begins or goes on there (its state), what it looks like, and whether white space
 * stands before it.
 */

import { ModelError } from "../errors.js";
import { DASH, fold, GAP, isWord, LOWER, matchForm } from "./words.js";

export const START = "\x80";
export const END = "\x81";
const FIRST_CODE = 0x100;
const LAST_CODE = 0xd7ff;
const FIRST_TAG = 0xe000;
const LAST_TAG = 0xf8ff;
const SHAPES = ["lower", "Capital", "UPPER", "mixed", "small", "LARGE", "1", "2", "3", "4", "number", "symbol", "gap"] as const;
export type Shape = (typeof SHAPES)[number];
const STRIDE = 16;
/** The states of a word: outside of all shapes, within one behind its first word, and the first word of each. */
const WITHIN = 1;
const FIRST_STATE = 2;

/** The shapes of each built-in kind. */
export const KINDS: ReadonlyMap<string, readonly Shape[]> = new Map<string, readonly Shape[]>([
  ["word", ["lower", "Capital", "UPPER", "mixed", "small", "LARGE"]],
  ["lower", ["lower", "small"]],
  ["Capital", ["Capital", "LARGE"]],
  ["UPPER", ["UPPER"]],
  ["mixed", ["mixed"]],
  ["letter", ["small", "LARGE"]],
  ["number", ["1", "2", "3", "4", "number"]],
  ["number:1", ["1"]],
  ["number:2", ["2"]],
  ["number:3", ["3"]],
  ["number:4", ["4"]],
  ["symbol", ["symbol"]],
  ["gap", ["gap"]],
  ["any", SHAPES],
]);

/** Name the shape of a word, number, symbol or gap. */
export function shapeOf(surface: string, form: string): Shape {
  if (surface === GAP) return "gap";
  if (/^[0-9]/.test(surface)) return /^[0-9]{1,4}$/.test(surface) ? (`${surface.length}` as Shape) : "number";
  if (!isWord(surface)) return "symbol";
  const chars = [...surface.replaceAll("’", "'")];
  const lowered = [...form.replaceAll("İ", "i")]; // the only capital whose lower case is two characters, so that fold leaves it
  const capitals = chars.map((char, i) => char !== lowered[i]);
  if (chars.length === 1) return capitals[0] ? "LARGE" : "small";
  if (!capitals.includes(true)) return "lower";
  if (capitals.lastIndexOf(true) === 0) return "Capital";
  return chars.some((char) => LOWER.has(char)) ? "mixed" : "UPPER";
}

/** What a single word must be: pairs of signature and shape as numbers, and tags. */
export interface Accepted {
  readonly pairs: ReadonlySet<number>;
  readonly tags: ReadonlySet<string>;
}

export interface Parts {
  /** The number of the signature of a word (its `matchForm`); a word in no list has 0. */
  readonly signatures: ReadonlyMap<string, number>;
  /** The signatures that hold a list or a literal (`=word`). */
  readonly members: ReadonlyMap<string, readonly number[]>;
  readonly tags: ReadonlyMap<string, number>;
  /** How many signatures there are, and how many in all states together. */
  readonly base: number;
  readonly count: number;
  /** The state of the first word of each shape. */
  readonly states: ReadonlyMap<string, number>;
}

/** Turns words into codes. */
export class Coder {
  readonly tags: ReadonlyMap<string, number>;
  private readonly seen = new Map<string, number>();

  constructor(private readonly parts: Parts) {
    this.tags = parts.tags;
  }

  /** Return one character for each word. */
  encode(surfaces: readonly string[], glued: readonly boolean[]): string {
    const half = this.parts.count * STRIDE;
    let codes = "";
    surfaces.forEach((surface, i) => {
      const code = this.seen.get(surface) ?? this.learn(surface);
      codes += String.fromCharCode(code + (glued[i] ? half : 0));
    });
    return codes;
  }

  private learn(surface: string): number {
    if (this.seen.size > 100_000) this.seen.clear();
    const word = surface.normalize("NFC");
    const signature = this.parts.signatures.get(matchForm(word)) ?? 0;
    const code = FIRST_CODE + signature * STRIDE + SHAPES.indexOf(shapeOf(word, fold(word)));
    this.seen.set(surface, code);
    return code;
  }

  /** Return the number of a code's signature, -1 of what is no word as it stands in a text. */
  signature(code: number): number {
    const number = code - FIRST_CODE;
    const { count, base } = this.parts;
    return number >= 0 && number < 2 * count * STRIDE ? Math.floor(number / STRIDE) % base : -1;
  }

  /** Return the number of the signature that a word has, by its form. */
  signatureOf(form: string): number {
    return this.parts.signatures.get(form) ?? 0;
  }

  /** Return the code of a word that a lookup or `as` made. */
  tag(name: string, glued: boolean): string {
    return String.fromCharCode(FIRST_TAG + 2 * (this.tags.get(name) as number) + (glued ? 1 : 0));
  }

  /** Say whether there is such a shape. */
  hasShape(name: string): boolean {
    return this.parts.states.has(name);
  }

  /** Return the codes of the words of a shape, which say so. */
  withinShape(codes: string, name: string): string {
    const by = (state: number): number => state * this.parts.base * STRIDE;
    const [first, rest] = [by(this.parts.states.get(name) as number), by(WITHIN)];
    return Array.from(codes, (code, i) => String.fromCharCode(code.charCodeAt(0) + (i === 0 ? first : rest))).join("");
  }

  /** Return the pairs of the first word of a shape. */
  begins(name: string): Set<number> {
    return this.inState(this.parts.states.get(name) as number);
  }

  /** Return the pairs of a word within a shape behind its first. */
  goesOn(): Set<number> {
    return this.inState(WITHIN);
  }

  private inState(state: number): Set<number> {
    const { base } = this.parts;
    return pairs(Array.from({ length: base }, (_, signature) => state * base + signature), SHAPES.map((_, number) => number));
  }

  /** Return the pairs of a built-in kind. */
  kind(name: string): Set<number> {
    if (name === "dash") return this.literal(DASH);
    const shapes = (KINDS.get(name) as readonly Shape[]).map((shape) => SHAPES.indexOf(shape));
    return pairs(Array.from({ length: this.parts.count }, (_, signature) => signature), shapes);
  }

  /** Return the pairs of a word in any shape. */
  literal(form: string): Set<number> {
    return this.list(`=${form}`);
  }

  /** Return the pairs of the single-word entries of a list. */
  list(name: string): Set<number> {
    return pairs(this.parts.members.get(name) ?? [], SHAPES.map((_, number) => number));
  }

  /** Write the inside of a character class. */
  characters(accepted: Accepted, gluedOnly = false): string {
    const half = this.parts.count * STRIDE;
    const runs = runsOf(accepted.pairs).map(([first, last]) => {
      const glued = range(FIRST_CODE + first + half, FIRST_CODE + last + half);
      return gluedOnly ? glued : range(FIRST_CODE + first, FIRST_CODE + last) + glued;
    });
    const tags = [...accepted.tags].map((tag) => (gluedOnly ? "" : this.tag(tag, false)) + this.tag(tag, true));
    return [...runs, ...tags].join("");
  }
}

function pairs(signatures: readonly number[], shapes: readonly number[]): Set<number> {
  return new Set(signatures.flatMap((signature) => shapes.map((shape) => signature * STRIDE + shape)));
}

function range(first: number, last: number): string {
  return `${String.fromCharCode(first)}-${String.fromCharCode(last)}`;
}

/** Join numbers that follow each other. */
function runsOf(numbers: ReadonlySet<number>): [number, number][] {
  const runs: [number, number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs;
}

/** Number the signatures: the distinct sets of lists that some word belongs to. */
export function makeCoder(members: ReadonlyMap<string, ReadonlySet<string>>, tags: Iterable<string>, shapes: Iterable<string>): Coder {
  const listsOf = new Map<string, string[]>();
  for (const name of [...members.keys()].sort()) {
    for (const form of members.get(name) ?? []) append(listsOf, form, name);
  }
  const numbers = new Map<string, number>([["", 0]]);
  const signatures = new Map<string, number>();
  const byList = new Map<string, number[]>();
  for (const [form, lists] of listsOf) {
    const key = lists.join("\n");
    if (!numbers.has(key)) {
      for (const name of lists) append(byList, name, numbers.size);
      numbers.set(key, numbers.size);
    }
    signatures.set(form, numbers.get(key) as number);
  }
  const tagNumbers = new Map([...new Set(tags)].sort().map((name, number) => [name, number]));
  const base = numbers.size;
  const states = new Map([...shapes].sort().map((name, number) => [name, FIRST_STATE + number]));
  const turns = states.size === 0 ? 1 : FIRST_STATE + states.size;
  checkRoom(base * turns, tagNumbers.size);
  const inStates = (some: readonly number[]): number[] => Array.from({ length: turns }, (_, state) => some.map((each) => each + state * base)).flat();
  const expanded = new Map([...byList].map(([name, some]) => [name, inStates(some)]));
  return new Coder({ signatures, members: expanded, tags: tagNumbers, base, count: base * turns, states });
}

function append<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function checkRoom(signatures: number, tags: number): void {
  const most = Math.floor((LAST_CODE - FIRST_CODE) / (2 * STRIDE));
  if (signatures > most) {
    throw new ModelError(
      `the patterns and lists tell ${signatures} kinds of word apart, at most ${most} can be. ` +
        "Use a `lookup` phase for the lists with many entries of several words",
    );
  }
  if (tags > (LAST_TAG - FIRST_TAG) / 2) throw new ModelError(`${tags} different tags are too many`);
}
