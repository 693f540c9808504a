/** Repair a text while keeping, for each character, where it came from: see wrangle/clean.py. */

import data from "../../../../src/textwright/wrangle/clean.json";
import { matches } from "./matches.js";

/** Unit `i` of `text` came from `[starts[i], ends[i])` of the raw text; undefined: it is the raw text. */
export interface Mapped {
  readonly text: string;
  readonly starts?: readonly number[];
  readonly ends?: readonly number[];
}

const REPLACEMENTS = new Map(data.replace.map(([old, made]) => [old as string, made as string]));
const SEARCH = new RegExp(longestFirst([...REPLACEMENTS.keys()]).map(escape).join("|"), "gu");

/** Repair entities and broken encodings and remove invisible characters. */
export function clean(text: string): Mapped {
  const found = [...matches(SEARCH, text)];
  if (found.length === 0) return { text };
  const pieces: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let done = 0;
  const keep = (until: number): void => {
    pieces.push(text.slice(done, until));
    for (; done < until; done++) {
      starts.push(done);
      ends.push(done + 1);
    }
  };
  for (const match of found) {
    keep(match.index);
    const made = REPLACEMENTS.get(match[0]) as string;
    pieces.push(made);
    done += match[0].length;
    for (let i = 0; i < made.length; i++) {
      starts.push(match.index);
      ends.push(done);
    }
  }
  keep(text.length);
  return { text: pieces.join(""), starts, ends };
}

/** Give the range of the raw text from which the units `[start, end)` came. */
export function raw(mapped: Mapped, start: number, end: number): [number, number] {
  const { starts, ends } = mapped;
  if (starts === undefined || ends === undefined) return [start, end];
  return [starts[start] as number, ends[end - 1] as number];
}

function longestFirst(words: string[]): string[] {
  return words.sort((a, b) => b.length - a.length);
}

function escape(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
