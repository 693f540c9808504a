/** Compile a rule set into one regular expression a phase: see predictors/rules/compiler.py. */

import { type Accepted, Coder, END, KINDS, makeCoder, START } from "./codes.js";
import { ModelError } from "./errors.js";
import { type Kind, literal, type List, type Literal, parsePattern, type Sign, type Tree } from "./language.js";
import { Lookup } from "./lookup.js";
import type { Phase, Rule, RuleSet } from "./ruleset.js";
import { DASH } from "./words.js";

const QUANTIFIERS: Readonly<Record<Sign, string>> = { "?": "?", "*": "{0,30}", "+": "{1,30}" };
const NEVER = "(?!)";
const PLACES = ["start", "end"];

/** A mark of a rule: its group in the phase's expression, and its label. */
export interface MarkGroup {
  readonly group: number;
  readonly label: string;
}

export interface CompiledRule {
  readonly rule: Rule;
  readonly group: number;
  readonly marks: readonly MarkGroup[];
}

/** A phase ready to run: a lookup with its tag, or an expression with its rules. */
export type CompiledPhase =
  | { readonly name: string; readonly lookup: Lookup; readonly tag: string }
  | { readonly name: string; readonly pattern: RegExp; readonly rules: readonly CompiledRule[]; readonly inside?: string };

export interface Program {
  readonly coder: Coder;
  readonly phases: readonly CompiledPhase[];
  readonly labels: readonly string[];
}

/** Compile a rule set. Throw `ModelError` that names the phase and rule. */
export function compileRules(rules: RuleSet): Program {
  const compiler = new Compiler(rules);
  const phases = rules.phases.map((phase) => compiler.phase(phase));
  const marks = phases.flatMap((phase) => ("rules" in phase ? phase.rules.flatMap((rule) => rule.marks) : []));
  return { coder: compiler.coder, phases, labels: [...new Set(marks.map((mark) => mark.label))].sort() };
}

/** Holds what all patterns of a rule set share while they are compiled. */
class Compiler {
  readonly coder: Coder;
  private readonly trees: ReadonlyMap<string, Tree>;
  private readonly entries: ReadonlyMap<string, readonly Tree[]>;
  private readonly classes = new Map<string, Accepted>();

  constructor(private readonly rules: RuleSet) {
    this.trees = new Map([
      ...patternsOf(rules).map((pattern): [string, Tree] => [pattern, parsePattern(pattern)]),
      ...classParts(rules).map((part): [string, Tree] => [part, parsePart(part)]),
    ]);
    this.entries = new Map([...this.usedLists()].map((name) => [name, this.list(name).map(literal)]));
    this.coder = makeCoder(this.members(), tagsOf(rules));
    for (const [name, kinds] of rules.classes) this.classes.set(name, this.classOf(name, kinds));
  }

  private usedLists(): Set<string> {
    const nodes = [...this.trees.values()].flatMap((tree) => [...walk(tree)]);
    return new Set(nodes.filter((node) => node.type === "list").map((node) => (node as List).name));
  }

  /** List the words of each list and, as `=word`, each word that a pattern tells from others. */
  private members(): Map<string, Set<string>> {
    const members = new Map([...this.entries].map(([name, trees]) => [name, singleWords(trees)]));
    const several = [...this.entries.values()].flat().filter((tree) => tree.type !== "literal");
    for (const node of [...this.trees.values(), ...several].flatMap((tree) => [...walk(tree)])) {
      if (node.type === "literal") members.set(`=${node.form}`, new Set([node.form]));
    }
    return members.set(`=${DASH}`, new Set([DASH]));
  }

  private list(name: string): readonly string[] {
    const entries = this.rules.lists.get(name);
    if (entries !== undefined) return entries;
    throw new ModelError(`unknown list {${name}}. Known lists: ${[...this.rules.lists.keys()].sort().join(", ") || "none"}`);
  }

  // --- classes ---

  private classOf(name: string, kinds: string): Accepted {
    if (KINDS.has(name) || ["dash", ...PLACES].includes(name)) {
      throw new ModelError(`class '${name}' has the name of a built-in kind`);
    }
    const pairs = new Set<number>();
    const tags = new Set<string>();
    let sign = "+";
    for (const part of wordsOf(kinds)) {
      if (isSign(part)) {
        sign = part;
        continue;
      }
      const more = this.part(name, part);
      change(pairs, sign, more.pairs);
      change(tags, sign, more.tags);
      sign = "+";
    }
    return { pairs, tags };
  }

  private part(name: string, part: string): Accepted {
    try {
      return this.single(this.trees.get(part) as Tree);
    } catch (error) {
      throw within(`class '${name}'`, error);
    }
  }

  /** Return what a tree for one single word accepts. */
  private single(tree: Tree): Accepted {
    if (tree.type === "literal") return { pairs: this.coder.literal(tree.form), tags: new Set() };
    if (tree.type === "list") return { pairs: this.coder.list(tree.name), tags: new Set() };
    if (tree.type === "kind") return this.kind(tree);
    throw new ModelError("expected a single word, a {list} or a <kind>");
  }

  private kind({ name }: Kind): Accepted {
    const known = this.classes.get(name);
    if (known !== undefined) return known;
    if (this.coder.tags.has(name)) return { pairs: new Set(), tags: new Set([name]) };
    if (KINDS.has(name) || name === "dash") {
      return { pairs: this.coder.kind(name), tags: new Set(name === "any" ? this.coder.tags.keys() : []) };
    }
    const kinds = [...KINDS.keys(), "dash", ...PLACES, ...this.rules.classes.keys(), ...this.coder.tags.keys()];
    throw new ModelError(`unknown kind <${name}>. Known kinds: ${[...new Set(kinds)].sort().join(", ")}`);
  }

  // --- phases ---

  phase(phase: Phase): CompiledPhase {
    const { name, lookup, inside } = phase;
    if (lookup !== undefined) return { name, lookup: new Lookup(this.list(lookup)), tag: phase.tag ?? lookup };
    let groups = 0;
    const sources: string[] = [];
    const rules: CompiledRule[] = [];
    for (const rule of phase.rules) {
      const [source, compiled] = this.namedRule(name, rule, groups + 1);
      sources.push(source);
      rules.push(compiled);
      groups += 1 + compiled.marks.length;
    }
    const joined = sources.join("|");
    if (inside === undefined) return { name, pattern: new RegExp(joined, "dg"), rules };
    return { name, pattern: new RegExp(`^${START}(?:${joined})${END}$`, "d"), rules, inside };
  }

  private namedRule(phase: string, rule: Rule, group: number): [string, CompiledRule] {
    try {
      return this.rule(rule, group);
    } catch (error) {
      throw within(`phase '${phase}', rule '${rule.name}'`, error);
    }
  }

  private rule(rule: Rule, group: number): [string, CompiledRule] {
    const tree = this.trees.get(rule.match) as Tree;
    if (least(tree) === 0) throw new ModelError("match may find nothing at all; at least one word must be needed");
    const marks: MarkGroup[] = [];
    const body = this.source(tree, group, marks);
    const before = this.context(rule.after, "(?<=") + this.context(rule.not_after, "(?<!");
    const after = this.ahead(rule.before, "(?=") + this.ahead(rule.not_before, "(?!");
    return [`(${before}${body}${after})`, { rule, group, marks }];
  }

  /** Compile what must stand before: alternatives of one word each, so one character wide. */
  private context(pattern: string | undefined, opening: string): string {
    if (pattern === undefined) return "";
    const tree = this.trees.get(pattern) as Tree;
    const items = tree.type === "choice" ? tree.items : [tree];
    return `${opening}[${items.map((item) => this.one(item)).join("")}])`;
  }

  private ahead(pattern: string | undefined, opening: string): string {
    if (pattern === undefined) return "";
    const marks: MarkGroup[] = [];
    const source = this.source(this.trees.get(pattern) as Tree, 0, marks);
    if (marks.length > 0) throw new ModelError("before and not_before may not mark anything");
    return `${opening}${source})`;
  }

  /** Write the inside of a character class for a tree of one single word. */
  private one(tree: Tree): string {
    if (tree.type === "kind" && PLACES.includes(tree.name)) return tree.name === "start" ? START : END;
    if (tree.type === "list" && this.entries.get(tree.name)?.some((entry) => entry.type !== "literal")) {
      throw new ModelError(`list {${tree.name}} has entries of several words and cannot stand in after or not_after`);
    }
    if (tree.type === "glued") return this.coder.characters(this.single(tree.item), true);
    return this.coder.characters(this.single(tree));
  }

  // --- trees to sources ---

  private source(tree: Tree, group: number, marks: MarkGroup[]): string {
    switch (tree.type) {
      case "sequence":
        return tree.items.map((item) => this.source(item, group, marks)).join("");
      case "choice":
        return `(?:${tree.items.map((item) => this.source(item, group, marks)).join("|")})`;
      case "repeat":
        return this.repeat(tree.item, tree.sign, group, marks);
      case "mark":
        marks.push({ group: group + marks.length + 1, label: tree.label });
        return `(${this.source(tree.item, group, marks)})`;
      case "list":
        return this.listSource(tree.name);
      default:
        return characterClass(this.one(tree));
    }
  }

  private repeat(item: Tree, sign: Sign, group: number, marks: MarkGroup[]): string {
    if (sign !== "?") checkRepeated(item);
    return `(?:${this.source(item, group, marks)})${QUANTIFIERS[sign]}`;
  }

  private listSource(name: string): string {
    const several = (this.entries.get(name) ?? []).filter((tree) => tree.type !== "literal").flatMap(waysOf);
    const longer = several.filter((way) => way.length > 1).sort((a, b) => b.length - a.length);
    const sources = longer.map((way) => way.map((word) => characterClass(this.one(word))).join(""));
    const single = this.coder.characters({ pairs: this.coder.list(name), tags: new Set() });
    return `(?:${[...new Set(sources), characterClass(single)].join("|")})`;
  }
}

function characterClass(inside: string): string {
  return inside === "" ? NEVER : `[${inside}]`;
}

function within(where: string, error: unknown): unknown {
  return error instanceof ModelError ? new ModelError(`${where}: ${error.message}`) : error;
}

function change<T>(set: Set<T>, sign: string, values: ReadonlySet<T>): void {
  for (const value of values) {
    if (sign === "+") set.add(value);
    else set.delete(value);
  }
}

function isSign(part: string): boolean {
  return part === "+" || part === "-";
}

function wordsOf(kinds: string): string[] {
  return kinds.split(/\s+/).filter(Boolean);
}

function classParts(rules: RuleSet): string[] {
  return [...rules.classes.values()].flatMap(wordsOf).filter((part) => !isSign(part));
}

function parsePart(part: string): Tree {
  return '{<"'.includes(part.charAt(0)) ? parsePattern(part) : literal(part);
}

function patternsOf(rules: RuleSet): string[] {
  const all = rules.phases.flatMap((phase) => phase.rules);
  const patterns = all.flatMap((rule) => [rule.match, rule.after, rule.not_after, rule.before, rule.not_before]);
  return patterns.filter((pattern) => pattern !== undefined);
}

function tagsOf(rules: RuleSet): string[] {
  const tags = rules.phases.flatMap((phase) => [
    phase.lookup === undefined ? undefined : (phase.tag ?? phase.lookup),
    ...phase.rules.map((rule) => rule.tag),
  ]);
  return tags.filter((tag) => tag !== undefined);
}

function singleWords(trees: readonly Tree[]): Set<string> {
  const single = trees.flatMap(waysOf).filter((way) => way.length === 1);
  return new Set(single.map((way) => (way[0] as Literal).form));
}

/** List the ways of writing a parsed entry. */
function waysOf(tree: Tree): Literal[][] {
  if (tree.type === "literal") return [[tree]];
  if (tree.type === "sequence") return [tree.items as Literal[]];
  return tree.type === "choice" ? tree.items.flatMap(waysOf) : [];
}

function* walk(tree: Tree): Generator<Tree> {
  yield tree;
  if ("items" in tree) for (const item of tree.items) yield* walk(item);
  if ("item" in tree) yield* walk(tree.item);
}

function checkRepeated(item: Tree): void {
  const inner = [...walk(item)];
  if (inner.some((node) => node.type === "repeat" && node.sign !== "?")) {
    throw new ModelError("a repetition stands inside a repetition");
  }
  if (inner.some((node) => node.type === "mark")) {
    throw new ModelError("a mark stands inside a repetition, where only its last turn would be marked");
  }
  if (least(item) === 0) throw new ModelError("what is repeated may find nothing at all");
}

/** Return the least number of words that a tree finds. */
function least(tree: Tree): number {
  switch (tree.type) {
    case "sequence":
      return tree.items.map(least).reduce((a, b) => a + b, 0);
    case "choice":
      return Math.min(...tree.items.map(least));
    case "repeat":
      return tree.sign === "+" ? least(tree.item) : 0;
    case "mark":
      return least(tree.item);
    default:
      return 1;
  }
}
