/**
 * Match the rules of a phase in a time that is bounded, whatever the patterns say: see predictors/rules/machine.py.
 *
 * Python asks an expression where that cannot take long, as it is faster there; here this is always asked.
 */

import { ModelError } from "../errors.js";

/** What a text may take in all phases together, and more of it for each of its words and signs: about a second. */
const MOST_STEPS = 20_000_000;
const MOST_STEPS_A_UNIT = 3_000;

/** What begins in so many ways is tried. */
const MOST_BEGINNINGS = 200;

/** One step of a program: what is asked of a place, and the marks and ways that it leads to. */
export type Instruction =
  | { readonly kind: "character" | "next"; readonly accepts: Class }
  | { readonly kind: "run"; readonly accepts: Class; readonly least: number; readonly most: number }
  /** Go on at `to`, or else at one of the others, of which the last is tried first. */
  | { readonly kind: "fork"; to: number; others: readonly number[] }
  | { readonly kind: "jump"; to: number }
  /** Twice a mark's number, and one more at its end. */
  | { readonly kind: "save"; readonly mark: number }
  | { readonly kind: "entry"; readonly several: Trie; readonly single: Class }
  | { readonly kind: "ahead"; readonly entry: number; readonly expected: boolean }
  | { readonly kind: "behind"; readonly accepts: Class; readonly expected: boolean }
  | { readonly kind: "done"; readonly rule: number };

/** The entries of several words of a list, a step a word, each by the number of its signature. */
export interface Trie {
  readonly rest: Map<number, Trie>;
  isWhole: boolean;
}

/** A rule that fits from `first` to `last`; `marks` has the place of each mark that it set, by the mark's number. */
export interface Hit {
  readonly rule: number;
  readonly first: number;
  readonly last: number;
  readonly marks: ReadonlyMap<number, readonly [first: number, last: number]>;
}

/** The places of the marks on the way to here, the last first. */
interface Saved {
  readonly mark: number;
  readonly place: number;
  readonly before: Saved | undefined;
}

/** What a text may still take. */
export class Steps {
  private left: number;

  constructor(private readonly units: number) {
    this.left = MOST_STEPS + MOST_STEPS_A_UNIT * units;
  }

  take(steps: number): void {
    this.left -= steps;
    if (this.left >= 0) return;
    throw new ModelError(
      `${this.units} words and signs are more than these rules can read in a bounded time, as several of their repetitions ` +
        "find the same words. Give shorter texts, or put fewer * and + behind each other",
    );
  }
}

/** Says of a code whether a character class accepts it; what was asked once is known. */
export class Class {
  private readonly known = new Map<number, boolean>();
  private readonly pattern: RegExp;

  constructor(inside: string) {
    this.pattern = inside === "" ? /(?!)/ : new RegExp(`[${inside}]`);
  }

  has(code: number): boolean {
    return this.known.get(code) ?? this.learn(code);
  }

  private learn(code: number): boolean {
    const accepted = !Number.isNaN(code) && this.pattern.test(String.fromCharCode(code));
    this.known.set(code, accepted);
    return accepted;
  }
}

/** A phase's program, and where each of its rules begins in it, in their order. */
export class Machine {
  private readonly begun = new Map<number, readonly number[]>();

  constructor(
    readonly program: readonly Instruction[],
    readonly entries: readonly number[],
    readonly signature: (code: number) => number,
  ) {}

  /** Return where the rules begin that may begin with a code; most begin with few. */
  beginning(code: number): readonly number[] {
    const ready = this.begun.get(code) ?? this.entries.filter((entry) => this.canBegin(entry, code));
    this.begun.set(code, ready);
    return ready;
  }

  private canBegin(entry: number, code: number): boolean {
    const waiting = [entry];
    const seen = new Set<number>();
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const step = this.program[at] as Instruction;
      if (seen.has(at)) continue;
      seen.add(at);
      if (step.kind === "done" || seen.size > MOST_BEGINNINGS) return true;
      if (step.kind === "fork") waiting.push(step.to, ...step.others);
      else if (step.kind === "jump") waiting.push(step.to);
      else if (step.kind === "entry") {
        if (step.single.has(code) || step.several.rest.has(this.signature(code))) return true;
      } else if (step.kind === "character" || step.kind === "run") {
        if (step.accepts.has(code)) return true;
        if (step.kind === "run" && step.least === 0) waiting.push(at + 1);
      } else waiting.push(at + 1);
    }
    return false;
  }
}

/** Yield each rule that fits, from left to right. */
export function* hits(machine: Machine, codes: string, steps: Steps): Generator<Hit> {
  const trial = new Trial(machine, codes, steps);
  for (let place = 0; place < codes.length; ) {
    const entries = machine.beginning(codes.charCodeAt(place));
    const hit = entries.length === 0 ? undefined : trial.run(entries, place);
    const following = hit?.last ?? place + 1;
    trial.forget(place, following);
    place = following;
    if (hit !== undefined) yield hit;
  }
}

/** Return the first rule that fits all of the codes, with or without the first and the last of them, which are the ends. */
export function wholeHit(machine: Machine, codes: string, steps: Steps): Hit | undefined {
  const trial = new Trial(machine, codes, steps, codes.length - 1);
  return trial.run(machine.beginning(codes.charCodeAt(1)), 1) ?? trial.run(machine.beginning(codes.charCodeAt(0)), 0);
}

/** A program at work on one text. `tried` holds for each place the instructions not worth trying there. */
class Trial {
  private readonly tried: (Set<number> | undefined)[] = [];
  private readonly seenAhead = new Map<string, boolean>();

  constructor(
    private readonly machine: Machine,
    private readonly codes: string,
    private readonly steps: Steps,
    private readonly leastEnd = 0,
  ) {}

  /** Give back what was remembered of places that are done. */
  forget(first: number, last: number): void {
    for (let place = first; place < last; place++) this.tried[place] = undefined;
  }

  /** Return the first of some beginnings that fits here, and its first way to. The journal gets what was tried. */
  run(entries: readonly number[], start: number, journal?: [place: number, at: number][]): Hit | undefined {
    const { codes, steps } = this;
    const { program } = this.machine;
    const stack: [at: number, place: number, saved: Saved | undefined][] = [];
    for (let next = 0; next < entries.length || stack.length > 0; ) {
      const other = stack.pop();
      let [at, place, saved] = other ?? [entries[next++] as number, start, undefined];
      if (other !== undefined && !this.isNew(at, place, journal)) continue;
      way: for (;;) {
        steps.take(1);
        const step = program[at++] as Instruction;
        switch (step.kind) {
          case "character":
            if (!step.accepts.has(codes.charCodeAt(place))) break way;
            place++;
            break;
          case "fork":
            for (const other of step.others) stack.push([other, place, saved]);
            at = step.to;
            if (!this.isNew(at, place, journal)) break way;
            break;
          case "run": {
            let last = place;
            while (last - place < step.most && step.accepts.has(codes.charCodeAt(last))) last++;
            if (last - place < step.least) break way;
            for (let end = place + step.least; end < last; end++) stack.push([at, end, saved]);
            place = last;
            if (!this.isNew(at, place, journal)) break way;
            break;
          }
          case "jump":
            at = step.to;
            if (!this.isNew(at, place, journal)) break way;
            break;
          case "save":
            saved = { mark: step.mark, place, before: saved };
            break;
          case "entry":
            for (const end of this.endsOf(step.several, step.single, place)) stack.push([at, end, saved]);
            break way;
          case "behind":
            if ((place > 0 && step.accepts.has(codes.charCodeAt(place - 1))) !== step.expected) break way;
            break;
          case "next":
            if (!step.accepts.has(codes.charCodeAt(place))) break way;
            break;
          case "ahead":
            if (this.isAhead(step.entry, place) !== step.expected) break way;
            break;
          case "done":
            if (place < this.leastEnd && journal === undefined) break way;
            return { rule: step.rule, first: start, last: place, marks: marksOf(saved) };
        }
      }
    }
    return undefined;
  }

  /** Say whether an instruction was not tried at a place, and note that it is. */
  private isNew(at: number, place: number, journal?: [place: number, at: number][]): boolean {
    const here = this.tried[place];
    if (here?.has(at) === true) return false;
    if (here === undefined) this.tried[place] = new Set([at]);
    else here.add(at);
    journal?.push([place, at]);
    return true;
  }

  /** List where the entries of a list end that begin here; the one to try first is the last. */
  private endsOf(several: Trie, single: Class, place: number): number[] {
    const ends = single.has(this.codes.charCodeAt(place)) ? [place + 1] : [];
    let node = several.rest.get(this.signature(place));
    for (let last = place + 1; node !== undefined; node = node.rest.get(this.signature(last++))) {
      if (node.isWhole) ends.push(last);
    }
    return ends;
  }

  private signature(place: number): number {
    return this.machine.signature(this.codes.charCodeAt(place));
  }

  /** Say whether a pattern fits here. What was tried on the way to a fit may fit from elsewhere, too. */
  private isAhead(entry: number, place: number): boolean {
    const key = `${entry} ${place}`;
    const known = this.seenAhead.get(key);
    if (known !== undefined) return known;
    const journal: [place: number, at: number][] = [];
    const found = this.run([entry], place, journal) !== undefined;
    if (found) for (const [tried, at] of journal) this.tried[tried]?.delete(at);
    this.seenAhead.set(key, found);
    return found;
  }
}

/** Read the places of marks from the way that led to them. */
function marksOf(saved: Saved | undefined): Map<number, [number, number]> {
  const places = new Map<number, number>();
  for (let each = saved; each !== undefined; each = each.before) if (!places.has(each.mark)) places.set(each.mark, each.place);
  const ends = [...places].filter(([mark]) => mark % 2 === 0);
  return new Map(ends.map(([mark, place]) => [mark / 2, [place, places.get(mark + 1) as number]]));
}
