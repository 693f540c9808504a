/** Run a compiled rule set over one text: see predictors/rules/engine.py. */

import { clean, type Mapped, raw } from "../words/clean.js";
import { END, START } from "../words/codes.js";
import type { CompiledPhase, CompiledRule, Program } from "./compiler.js";
import { type Hit, hits, type Machine, Steps, wholeHit } from "./machine.js";
import type { Lookup } from "./lookup.js";
import { wordsOfShapes } from "./shapes.js";
import { type Explanation, inOrder, type Span } from "../types.js";
import { cut, matchForm, GAP, type Words } from "../words/words.js";

const FIRST_TAG = "\ue000";
const TAKEN = "";

type RulesPhase = Extract<CompiledPhase, { machine: Machine }>;
type Range = readonly [first: number, last: number];

/** A mark: words `[first, last)` with a label, and the rule that made it with all its words. */
interface Found {
  readonly words: Range;
  readonly label: string;
  readonly phase: string;
  readonly rule: string;
  readonly whole: Range;
}

/** What a phase reads: one code a unit; unit `i` is the words `[edges[i], edges[i + 1])`. */
interface Units {
  readonly codes: string;
  readonly edges: readonly number[];
}

interface Merge {
  readonly range: Range;
  readonly tag: string;
}

interface Reading {
  readonly found: readonly Found[];
  readonly words: Words;
  readonly mapped: Mapped;
}

/** Run every phase over a text and return the marks in words, with the way back to the text. */
function find(program: Program, text: string): Reading {
  const mapped = clean(text);
  const words = cut(mapped.text);
  const plain = withShapes(program, program.coder.encode(words.surfaces, words.glued), mapped.text, words);
  let units: Units = { codes: plain, edges: [...Array(plain.length + 1).keys()] };
  const found: Found[] = [];
  const steps = new Steps(plain.length);
  for (const phase of program.phases) {
    if ("lookup" in phase) {
      units = merge(program, units, lookUp(phase.lookup, phase.tag, units, words), words);
    } else if (phase.inside !== undefined) {
      found.push(...inside(phase, plain, found, words, steps));
    } else {
      const [marks, merges] = everywhere(phase, units, words, steps);
      found.push(...marks);
      units = merge(program, units, merges, words);
    }
  }
  return { found, words, mapped };
}

/** Let the codes of words say where a shape begins and goes on. */
function withShapes({ shapes, coder }: Program, codes: string, text: string, words: Words): string {
  if (shapes.length === 0) return codes;
  return wordsOfShapes(shapes, text, words).reduce(
    (made, [name, [first, last]]) => made.slice(0, first) + coder.withinShape(made.slice(first, last), name) + made.slice(last),
    codes,
  );
}

/** Return the spans that the rules mark, sorted, in UTF-16 units of the text as it is. */
export function spansOf(program: Program, text: string): Span[] {
  return explanationsOf(program, text).map((explanation) => explanation.span);
}

/** Return each span with the rule that made it; the first rule to make a span is named. */
export function explanationsOf(program: Program, text: string): Explanation[] {
  const { found, words, mapped } = find(program, text);
  const place = ([first, last]: Range): [number, number] =>
    raw(mapped, words.starts[first] as number, words.ends[last - 1] as number);
  const first = new Map<string, Explanation>();
  for (const mark of found) {
    const [start, end] = place(mark.words);
    const [from, to] = place(mark.whole);
    const key = `${start} ${end} ${mark.label}`;
    const span = { start, end, label: mark.label };
    if (!first.has(key)) first.set(key, { span, phase: mark.phase, rule: mark.rule, start: from, end: to });
  }
  const bySpan = new Map([...first.values()].map((explanation) => [explanation.span, explanation]));
  return inOrder([...bySpan.keys()]).map((span) => bySpan.get(span) as Explanation);
}

/** Find a phase's rules from left to right; words that a rule names with `as` become one unit. */
function everywhere(phase: RulesPhase, { codes, edges }: Units, words: Words, steps: Steps): [Found[], Merge[]] {
  const found: Found[] = [];
  const merges: Merge[] = [];
  const bounds = [0, ...edges, edges.at(-1) as number];
  for (const hit of hits(phase.machine, START + codes + END, steps)) {
    const compiled = ruleOf(phase, hit);
    found.push(...marksOf(phase, compiled, hit, bounds, words));
    const range = [Math.max(hit.first - 1, 0), Math.min(hit.last - 1, codes.length)] as const;
    if (compiled.rule.tag !== undefined) merges.push({ range, tag: compiled.rule.tag });
  }
  return [found, merges];
}

/** Match a phase's rules against the whole of each span of its label. */
function inside(phase: RulesPhase, plain: string, found: readonly Found[], words: Words, steps: Steps): Found[] {
  const ranges = new Map(found.filter(({ label }) => label === phase.inside).map((mark) => [mark.words.join(), mark.words]));
  return [...ranges.values()].flatMap(([first, last]) => {
    const hit = wholeHit(phase.machine, START + plain.slice(first, last) + END, steps);
    if (hit === undefined) return [];
    const bounds = [first, ...Array.from({ length: last - first + 1 }, (_, i) => first + i), last];
    return marksOf(phase, ruleOf(phase, hit), hit, bounds, words);
  });
}

function ruleOf(phase: RulesPhase, { rule }: Hit): CompiledRule {
  return phase.rules[rule] as CompiledRule;
}

/** List the marks of a rule, without gaps at their ends. `bounds` tells the word at a place of the hit. */
function marksOf(
  phase: RulesPhase,
  { rule, labels }: CompiledRule,
  hit: Hit,
  bounds: readonly number[],
  words: Words,
): Found[] {
  const range = ([start, end]: Range): Range => [bounds[start] as number, bounds[end] as number];
  const whole = range([hit.first, hit.last]);
  return labels.flatMap((label, i) => {
    const place = hit.marks.get(i + 1);
    if (place === undefined) return [];
    const inner = withoutGaps(words.surfaces, range(place));
    return inner[0] < inner[1] ? [{ words: inner, label, phase: phase.name, rule: rule.name, whole }] : [];
  });
}

function withoutGaps(surfaces: readonly string[], [first, last]: Range): Range {
  while (first < last && surfaces[first] === GAP) first++;
  while (first < last && surfaces[last - 1] === GAP) last--;
  return [first, last];
}

/** Find a list's entries among the words that no earlier phase has taken. */
function lookUp(lookup: Lookup, tag: string, { codes, edges }: Units, words: Words): Merge[] {
  const forms = [...Array(codes.length).keys()].map((i) => {
    const first = edges[i] as number;
    const free = (edges[i + 1] as number) - first === 1 && codes.charAt(i) < FIRST_TAG;
    return free ? matchForm(words.surfaces[first] as string) : TAKEN;
  });
  return lookup.find(forms).map((range) => ({ range, tag }));
}

/** Make one unit of each range of units. */
function merge(program: Program, units: Units, merges: readonly Merge[], words: Words): Units {
  if (merges.length === 0) return units;
  let codes = "";
  let done = 0;
  const edges: number[] = [];
  for (const { range, tag } of merges) {
    const [first, last] = range;
    codes += units.codes.slice(done, first) + program.coder.tag(tag, words.glued[units.edges[first] as number] as boolean);
    edges.push(...units.edges.slice(done, first + 1));
    done = last;
  }
  return { codes: codes + units.codes.slice(done), edges: [...edges, ...units.edges.slice(done)] };
}
