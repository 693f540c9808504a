/** Find the entries of a long list in a text, the longest at each place: see predictors/rules/lookup.py. */

import { cut, matchForm, GAP, HYPHEN } from "../words/words.js";

const ROOT = 0;

/** A trie over words whose branches lie in one map, keyed by state and word together. */
export class Lookup {
  private readonly numbers = new Map<string, number>();
  private readonly branches = new Map<number, number>();
  private readonly ends = new Set<number>();

  constructor(entries: Iterable<string>) {
    const cutEntries = [...entries].map(formsOf).filter((forms) => forms.length > 0);
    for (const form of cutEntries.flat()) this.number(form);
    let states = 1;
    for (const forms of cutEntries) {
      let state = ROOT;
      for (const form of forms) {
        const key = this.key(state, this.number(form));
        const next = this.branches.get(key) ?? states++;
        this.branches.set(key, next);
        state = next;
      }
      this.ends.add(state);
    }
  }

  /** Return the ranges `[first, last)` of words that are entries; hyphens are not seen. */
  find(forms: readonly string[]): [number, number][] {
    const kept = [...forms.keys()].filter((i) => forms[i] !== HYPHEN);
    const numbers = kept.map((i) => this.numbers.get(forms[i] as string) ?? -1);
    const found: [number, number][] = [];
    for (let first = 0; first < numbers.length; ) {
      const last = this.longest(numbers, first);
      if (last > first) found.push([kept[first] as number, (kept[last - 1] as number) + 1]);
      first = Math.max(last, first + 1);
    }
    return found;
  }

  /** Return the end of the longest entry that begins at `first`, or `first` when there is none. */
  private longest(numbers: readonly number[], first: number): number {
    let end = first;
    let state: number | undefined = ROOT;
    for (let i = first; i < numbers.length; i++) {
      const number = numbers[i] as number;
      state = number < 0 ? undefined : this.branches.get(this.key(state, number));
      if (state === undefined) break;
      if (this.ends.has(state)) end = i + 1;
    }
    return end;
  }

  private number(form: string): number {
    const known = this.numbers.get(form);
    if (known !== undefined) return known;
    this.numbers.set(form, this.numbers.size);
    return this.numbers.size - 1;
  }

  private key(state: number, word: number): number {
    return state * this.numbers.size + word;
  }
}

/** Return the folded words of an entry without its hyphens. */
function formsOf(entry: string): string[] {
  if (/^[A-Za-z ]+$/.test(entry)) return entry.toLowerCase().split(" ").filter(Boolean);
  return cut(entry)
    .surfaces.filter((surface) => surface !== HYPHEN && surface !== GAP)
    .map(matchForm);
}
