/** What a model is asked about the text before the cursor, and which part of its answer is suggested. */

export interface Question {
  /** What the model reads. */
  readonly prompt: string;
  /** What stands between the prompt and the cursor: the answer must begin with it. */
  readonly given: string;
}

export interface Suggestion {
  readonly text: string;
  /** More of the answer would change nothing. */
  readonly whole: boolean;
}

const MOST_LINES = 10;
const LAST_PIECE = /\s*(?:[\p{L}\p{N}_]+|[^\p{L}\p{N}\s_]+)$/u;
const LONGEST_PIECE = 40;
/** A small model that says a short thing four times, or a long one twice, never stops; what follows is worth nothing. */
const STUTTER = /(?:(\S[^]{1,29}?)\1{3}|(\S[^]{30,120}?)\2)[^]*$/;
/** What stands in a grammar by its number alone. */
const NO_LITERAL = /["\\\x00-\x1f\x7f]/g;
const OPENER = /[([{:,]\s*$/;
const CLOSERS = /^\s*[)\]}]/;

/**
 * Ask about at most `most` characters. Models read pieces, not letters: what may be the beginning of one (a word, an
 * indent) is held back, and asked for, so that `ret` becomes `return` and not what follows a name called `ret`.
 */
export function questionOf(before: string, most: number): Question {
  const given = heldBack(before);
  const prompt = lastLines(before.slice(0, before.length - given.length), most);
  return prompt.trim() === "" ? { prompt: lastLines(before, most), given: "" } : { prompt, given };
}

function heldBack(before: string): string {
  const [space] = /\s*$/.exec(before) ?? [""];
  if (space !== "") return space;
  const [piece] = LAST_PIECE.exec(before.slice(-LONGEST_PIECE)) ?? [""];
  return piece.length < LONGEST_PIECE ? piece : "";
}

/** The end of a text, from the beginning of a line on where it must be cut. */
function lastLines(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = text.slice(-most - 1); // one more, to see where a line begins
  return end.slice(end.indexOf("\n") + 1);
}

/** A grammar of llama.cpp for any text that begins with `given`; none for any text at all. */
export function grammarOf(given: string): string {
  return given === "" ? "" : `root ::= "${given.replace(NO_LITERAL, escaped)}" [^\\x00]*`;
}

function escaped(char: string): string {
  return `\\x${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}

/**
 * Cut an answer where the statement or block ends that it goes on with: at an empty line, where the indent falls back, and
 * where a model begins to repeat itself. `written` may still grow.
 */
export function suggestionOf(before: string, written: string): Suggestion {
  const here = before.slice(before.lastIndexOf("\n") + 1);
  const lines = written.split("\n");
  const end = endOf(here, lines);
  const kept = lines.slice(0, end).join("\n");
  const text = kept.replace(STUTTER, "$1$2").trimEnd();
  return { text: text.trim() === "" ? "" : text, whole: end < lines.length || STUTTER.test(kept) };
}

/** How many of the lines are suggested. */
function endOf(here: string, lines: readonly string[]): number {
  const base = baseOf(here, lines[0] as string, lines[1] ?? "");
  const ends = lines.findIndex((line, place) => place > 0 && endsAt(line, lines[place - 1] as string, base, place, lines.length));
  return Math.min(ends < 0 ? lines.length : ends, MOST_LINES);
}

/** The least indent that still belongs to it: deeper than a line that is gone on with, or that of the first new one. */
function baseOf(here: string, written: string, next: string): number {
  if (here.trim() === "") return indentOf(here + written);
  return written.trim() !== "" || OPENER.test(here) ? indentOf(here) + 1 : indentOf(next);
}

function endsAt(line: string, last: string, base: number, place: number, count: number): boolean {
  const growing = place === count - 1;
  if (line.trim() === "") return !growing;
  if (line === last && !growing) return true;
  if (CLOSERS.test(line)) return indentOf(line) < base - 1;
  return indentOf(line) < base;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
