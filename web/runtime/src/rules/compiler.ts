/** Compile a rule set into one program a phase: see predictors/rules/compiler.py and machine.py. */

import { type Accepted, Coder, END, KINDS, makeCoder, START } from "../words/codes.js";
import { ModelError, within } from "../errors.js";
import { type ClassPart, literal, parseClass, parsePattern } from "./language.js";
import { Lookup } from "./lookup.js";
import { CONTEXTS, type Phase, type Rule, type RuleSet } from "./ruleset.js";
import { MOST_CHARACTERS, namedShapes, type NamedShapes } from "./shapes.js";
import { Class, type Instruction, Machine, type Trie } from "./machine.js";
import { least, type Sign, type Single, type Tree, walk, ways, writtenOut } from "./trees.js";
import { DASH } from "../words/words.js";

const MOST_TURNS = 30;
const TURNS: Readonly<Record<Sign, readonly [least: number, most: number]>> = { "?": [0, 1], "*": [0, MOST_TURNS], "+": [1, MOST_TURNS] };
/** As in Python: beyond this a rule set takes too long to be made ready. */
const MOST_WORDS = 50_000;
const BUILT_IN = [...KINDS.keys(), "dash", "start", "end"];

export interface CompiledRule {
  readonly rule: Rule;
  /** The labels of its marks, in the order in which they are written. */
  readonly labels: readonly string[];
}

/** A phase ready to run: a lookup with its tag, or a program with its rules, by their numbers there. */
export type CompiledPhase =
  | { readonly name: string; readonly lookup: Lookup; readonly tag: string }
  | { readonly name: string; readonly machine: Machine; readonly rules: readonly CompiledRule[]; readonly inside?: string };

export interface Program {
  readonly coder: Coder;
  readonly phases: readonly CompiledPhase[];
  readonly labels: readonly string[];
  readonly shapes: readonly NamedShapes[];
}

/** Compile a rule set. Throw `ModelError` that names the phase and rule. */
export function compileRules(rules: RuleSet): Program {
  const compiler = new Compiler(rules);
  const phases = rules.phases.map((phase) => compiler.phase(phase));
  const labels = phases.flatMap((phase) => ("rules" in phase ? phase.rules.flatMap((rule) => rule.labels) : []));
  return { coder: compiler.coder, phases, labels: [...new Set(labels)].sort(), shapes: compiler.shapes };
}

type Fork = Extract<Instruction, { kind: "fork" }>;
type Jump = Extract<Instruction, { kind: "jump" }>;

/** Holds what all patterns of a rule set share while they are compiled. */
class Compiler {
  readonly coder: Coder;
  readonly shapes: readonly NamedShapes[];
  private readonly trees: ReadonlyMap<string, Tree>;
  private readonly parts: ReadonlyMap<string, readonly ClassPart[]>;
  private readonly entries: ReadonlyMap<string, readonly Tree[]>;
  private readonly literals = new Map<string, string>();
  private readonly classes = new Map<string, Accepted>();
  private readonly asked = new Map<string, Class>();
  private readonly tries = new Map<string, Trie>();

  constructor(private readonly rules: RuleSet) {
    this.trees = new Map(patternsOf(rules).map(([place, text]) => [text, within(place, () => parsePattern(text))]));
    this.parts = new Map([...rules.classes].map(([name, kinds]) => [name, within(`class '${name}'`, () => parseClass(kinds))]));
    this.entries = new Map(this.usedLists().map((name) => [name, this.entriesOf(name)]));
    this.shapes = [...rules.shapes].map(([name, written]) => within(`shape '${name}'`, () => namedShapes(name, written)));
    this.coder = makeCoder(this.members(), tagsOf(rules), rules.shapes.keys());
    this.checkNames();
    this.refuseTooManyWords();
    for (const [name, parts] of this.parts) this.classes.set(name, within(`class '${name}'`, () => this.sumOf(parts)));
  }

  // --- reading ---

  private *nodes(): Generator<Tree> {
    for (const tree of this.trees.values()) yield* walk(tree);
    for (const { tree } of [...this.parts.values()].flat()) yield* walk(tree);
  }

  private usedLists(): string[] {
    return [...new Set([...this.nodes()].flatMap((node) => (node.type === "list" ? [node.name] : [])))];
  }

  private entriesOf(name: string): Tree[] {
    return within(`list '${name}'`, () => (this.rules.lists.get(name) ?? []).map(literal));
  }

  /** Say which words each list and each literal holds. */
  private members(): Map<string, Set<string>> {
    const spelled = [...this.entries].map(([name, trees]) => [name, trees.flatMap(ways)] as const);
    const single = spelled.map(([name, all]) => [name, new Set(all.filter((way) => way.length === 1).flat())] as const);
    const inPatterns = [...this.nodes()].flatMap((node) => (node.type === "literal" ? [node.form] : []));
    const inEntries = spelled.flatMap(([, all]) => all.filter((way) => way.length > 1).flat());
    const words = new Set([DASH, ...inPatterns, ...inEntries]);
    return new Map([...single, ...[...words].map((form) => [`=${form}`, new Set([form])] as const)]);
  }

  private refuseTooManyWords(): void {
    const words = patternsOf(this.rules).reduce((sum, [, pattern]) => sum + writtenOut(this.tree(pattern), MOST_TURNS), 0);
    if (words <= MOST_WORDS) return;
    throw new ModelError(
      `the patterns have ${words} words with * and + written out; at most ${MOST_WORDS} can be made ready in good time. ` +
        "Put words that stand for each other into a list",
    );
  }

  private checkNames(): void {
    const classes = [...this.rules.classes.keys()];
    const builtIn = classes.find((name) => BUILT_IN.includes(name));
    if (builtIn !== undefined) throw new ModelError(`class '${builtIn}' has the name of a built-in kind`);
    const shapes = [...this.rules.shapes.keys()];
    const shape = shapes.find((name) => [...BUILT_IN, ...classes].includes(name));
    if (shape !== undefined) throw new ModelError(`shape '${shape}' has the name of ${classes.includes(shape) ? "a class" : "a built-in kind"}`);
    const taken = [...this.coder.tags.keys()].find((name) => [...BUILT_IN, ...classes, ...shapes].includes(name));
    if (taken === undefined) return;
    const what = BUILT_IN.includes(taken) ? "a built-in kind" : classes.includes(taken) ? "a class" : "a shape";
    throw new ModelError(`a lookup or rule makes <${taken}>, which is ${what}; give it another name with as`);
  }

  // --- single words ---

  private sumOf(parts: readonly ClassPart[]): Accepted {
    const pairs = new Set<number>();
    const tags = new Set<string>();
    for (const { sign, tree } of parts) {
      const more = this.accepted(tree);
      change(pairs, sign, more.pairs);
      change(tags, sign, more.tags);
    }
    return { pairs, tags };
  }

  /** Return what a tree for one single word accepts. */
  private accepted(tree: Tree): Accepted {
    if (tree.type === "literal") return { pairs: this.coder.literal(tree.form), tags: new Set() };
    if (tree.type === "list") return { pairs: this.coder.list(this.known(tree.name)), tags: new Set() };
    if (tree.type === "kind") return this.kind(tree.name);
    throw new ModelError("expected a single word, a {list} or a <kind>");
  }

  private kind(name: string): Accepted {
    const ready = this.classes.get(name);
    if (ready !== undefined) return ready;
    if (this.coder.tags.has(name)) return { pairs: new Set(), tags: new Set([name]) };
    if (this.coder.hasShape(name)) return { pairs: new Set([...this.coder.begins(name), ...this.coder.goesOn()]), tags: new Set() };
    if (KINDS.has(name) || name === "dash") {
      return { pairs: this.coder.kind(name), tags: new Set(name === "any" ? this.coder.tags.keys() : []) };
    }
    if (name === "start" || name === "end") throw new ModelError(`<${name}> is no word`);
    if (this.rules.classes.has(name)) throw new ModelError(`class <${name}> cannot be used here: it stands further down`);
    const kinds = [...BUILT_IN, ...this.rules.classes.keys(), ...this.rules.shapes.keys(), ...this.coder.tags.keys()];
    throw new ModelError(`unknown kind <${name}>. Known kinds: ${kinds.sort().join(", ")}`);
  }

  /** Return the name of a list after checking that there is one. */
  private known(name: string): string {
    if (this.rules.lists.has(name)) return name;
    throw new ModelError(`unknown list {${name}}. Known lists: ${[...this.rules.lists.keys()].sort().join(", ") || "none"}`);
  }

  /** Write the inside of the character class for a tree of one single word, or of `<start>` or `<end>`. */
  private inside(tree: Tree): string {
    if (tree.type === "kind" && tree.name === "start") return START;
    if (tree.type === "kind" && tree.name === "end") return END;
    if (tree.type === "glued") return this.coder.characters(this.accepted(tree.item), true);
    return tree.type === "literal" ? this.insideOf(tree.form) : this.coder.characters(this.accepted(tree));
  }

  private insideOf(form: string): string {
    const ready = this.literals.get(form);
    if (ready !== undefined) return ready;
    const made = this.coder.characters({ pairs: this.coder.literal(form), tags: new Set() });
    this.literals.set(form, made);
    return made;
  }

  // --- phases ---

  phase(phase: Phase): CompiledPhase {
    const { name, lookup, inside } = phase;
    if (lookup !== undefined) return { name, lookup: new Lookup(this.lookedUp(name, lookup)), tag: phase.tag ?? lookup };
    const program: Instruction[] = [];
    const made = phase.rules.map((rule, number) =>
      within(`phase '${name}', rule '${rule.name}'`, () => this.rule(rule, number, program)),
    );
    const machine = new Machine(program, made.map(([entry]) => entry), (code) => this.coder.signature(code));
    const rules = made.map(([, rule]) => rule);
    return inside === undefined ? { name, machine, rules } : { name, machine, rules, inside };
  }

  private lookedUp(phase: string, list: string): readonly string[] {
    return within(`phase '${phase}'`, () => this.rules.lists.get(this.known(list)) as readonly string[]);
  }

  private rule(rule: Rule, number: number, program: Instruction[]): [entry: number, compiled: CompiledRule] {
    const tree = this.tree(rule.match);
    if (least(tree) === 0) throw new ModelError("match may find nothing at all; at least one word must be needed");
    const [before, notBefore] = [this.ahead(rule.before, program), this.ahead(rule.not_before, program)];
    const entry = program.length;
    this.behind(rule.after, true, program);
    this.behind(rule.not_after, false, program);
    const labels: string[] = [];
    this.write(tree, program, labels);
    if (before !== undefined) program.push({ kind: "ahead", entry: before, expected: true });
    if (notBefore !== undefined) program.push({ kind: "ahead", entry: notBefore, expected: false });
    program.push({ kind: "done", rule: number });
    return [entry, { rule, labels }];
  }

  private tree(pattern: string): Tree {
    return this.trees.get(pattern) as Tree;
  }

  /** Ask what must stand before: alternatives of one word each. */
  private behind(pattern: string | undefined, expected: boolean, program: Instruction[]): void {
    if (pattern === undefined) return;
    const tree = this.tree(pattern);
    const inside = (tree.type === "choice" ? tree.items : [tree]).map((item) => this.one(item)).join("");
    program.push({ kind: "behind", accepts: this.classOf(inside), expected });
  }

  private one(tree: Tree): string {
    if (tree.type === "list" && !this.isOneWord(tree)) {
      throw new ModelError(`list {${tree.name}} has entries of several words and cannot stand in after or not_after`);
    }
    return this.inside(tree);
  }

  /** Write what must follow as a program of its own; return where it begins. */
  private ahead(pattern: string | undefined, program: Instruction[]): number | undefined {
    if (pattern === undefined) return undefined;
    const entry = program.length;
    const labels: string[] = [];
    this.write(this.tree(pattern), program, labels);
    if (labels.length > 0) throw new ModelError("before and not_before may not mark anything");
    program.push({ kind: "done", rule: 0 });
    return entry;
  }

  // --- trees to programs ---

  private write(tree: Tree, program: Instruction[], labels: string[]): void {
    switch (tree.type) {
      case "sequence":
        for (const item of tree.items) this.write(item, program, labels);
        return;
      case "choice":
        return tree.items.every((item) => this.isOneWord(item))
          ? this.writeOne(tree.items, program)
          : this.writeChoice(tree.items, program, labels);
      case "repeat":
        return this.writeRepeat(tree.item, tree.sign, program, labels);
      case "mark": {
        const mark = 2 * labels.push(tree.label);
        program.push({ kind: "save", mark });
        this.write(tree.item, program, labels);
        program.push({ kind: "save", mark: mark + 1 });
        return;
      }
      case "list":
        return this.isOneWord(tree) ? this.writeOne([tree], program) : this.writeList(tree.name, program);
      case "glued":
        if (tree.item.type === "list" && !this.isOneWord(tree)) return this.writeGluedList(tree.item.name, program);
        if (tree.item.type === "kind" && this.coder.hasShape(tree.item.name)) return this.writeShape(tree.item.name, true, program);
        return this.writeOne([tree], program);
      case "kind":
        return this.coder.hasShape(tree.name) ? this.writeShape(tree.name, false, program) : this.writeOne([tree], program);
      default:
        return this.writeOne([tree], program);
    }
  }

  /** Say whether one character class says all that a tree accepts. */
  private isOneWord(tree: Tree): boolean {
    if (tree.type === "glued") return this.isOneWord(tree.item);
    if (tree.type === "list") return (this.entries.get(tree.name) ?? []).every((entry) => entry.type === "literal");
    return tree.type === "kind" ? !this.coder.hasShape(tree.name) : tree.type === "literal";
  }

  private writeOne(items: readonly Tree[], program: Instruction[]): void {
    program.push({ kind: "character", accepts: this.classOf(items.map((item) => this.inside(item)).join("")) });
  }

  /** Return the class of some codes, the same one for the same codes. */
  private classOf(inside: string): Class {
    const ready = this.asked.get(inside) ?? new Class(inside);
    this.asked.set(inside, ready);
    return ready;
  }

  /** Write one item after the other, each with a jump behind the last. */
  private writeChoice(items: readonly Tree[], program: Instruction[], labels: string[]): void {
    const fork: Fork = { kind: "fork", to: 0, others: [] };
    program.push(fork);
    const begins: number[] = [];
    const jumps = items.map((item): Jump => {
      begins.push(program.length);
      this.write(item, program, labels);
      const jump: Jump = { kind: "jump", to: 0 };
      program.push(jump);
      return jump;
    });
    for (const jump of jumps) jump.to = program.length;
    fork.to = begins[0] as number;
    fork.others = begins.slice(1).reverse();
  }

  /** Write an item as often as it may come, with a way out before each turn that need not be. */
  private writeRepeat(item: Tree, sign: Sign, program: Instruction[], labels: string[]): void {
    if (sign !== "?") checkRepeated(item);
    const [fewest, most] = TURNS[sign];
    if (this.isOneWord(item)) {
      program.push({ kind: "run", accepts: this.classOf(this.inside(item)), least: fewest, most });
      return;
    }
    const forks: Fork[] = [];
    for (let turn = 0; turn < most; turn++) {
      if (turn >= fewest) forks.push({ kind: "fork", to: program.length + 1, others: [] });
      if (turn >= fewest) program.push(forks.at(-1) as Fork);
      this.write(item, program, labels);
    }
    for (const fork of forks) fork.others = [program.length];
  }

  private writeShape(name: string, gluedOnly: boolean, program: Instruction[]): void {
    const first = this.coder.characters({ pairs: this.coder.begins(name), tags: new Set() }, gluedOnly);
    const rest = this.coder.characters({ pairs: this.coder.goesOn(), tags: new Set() });
    program.push({ kind: "character", accepts: this.classOf(first) });
    program.push({ kind: "run", accepts: this.classOf(rest), least: 0, most: MOST_CHARACTERS - 1 });
  }

  /** Try the entries of several words, the longest first, then the single words. */
  private writeList(name: string, program: Instruction[]): void {
    program.push({ kind: "entry", several: this.trieOf(name), single: this.classOf(this.inside({ type: "list", name })) });
  }

  /** Bind the first word of an entry to the word before it. */
  private writeGluedList(name: string, program: Instruction[]): void {
    const firsts = [...new Set(this.several(name).map(([form]) => form as string))].map((form): Single => ({ type: "literal", form }));
    const inside = [{ type: "list", name } as const, ...firsts].map((item) => this.inside({ type: "glued", item })).join("");
    program.push({ kind: "next", accepts: this.classOf(inside) });
    this.writeList(name, program);
  }

  /** List the ways to write a list's entries of several words. */
  private several(name: string): string[][] {
    return (this.entries.get(this.known(name)) ?? []).flatMap(ways).filter((way) => way.length > 1);
  }

  private trieOf(name: string): Trie {
    const ready = this.tries.get(name);
    if (ready !== undefined) return ready;
    const root = emptyTrie();
    for (const way of this.several(name)) {
      let node = root;
      for (const form of way) {
        const word = this.coder.signatureOf(form);
        const next = node.rest.get(word) ?? emptyTrie();
        node.rest.set(word, next);
        node = next;
      }
      node.isWhole = true;
    }
    this.tries.set(name, root);
    return root;
  }
}

function emptyTrie(): Trie {
  return { rest: new Map(), isWhole: false };
}

function change<T>(set: Set<T>, sign: ClassPart["sign"], values: ReadonlySet<T>): void {
  for (const value of values) {
    if (sign === "+") set.add(value);
    else set.delete(value);
  }
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

/** List each pattern with its place. */
function patternsOf(rules: RuleSet): [place: string, pattern: string][] {
  return rules.phases.flatMap((phase) =>
    phase.rules.flatMap((rule) =>
      (["match", ...CONTEXTS] as const).flatMap((part): [string, string][] => {
        const pattern = rule[part];
        return pattern === undefined ? [] : [[`phase '${phase.name}', rule '${rule.name}', ${part}`, pattern]];
      }),
    ),
  );
}

function tagsOf(rules: RuleSet): string[] {
  return rules.phases.flatMap(({ lookup, tag, rules: inPhase }) => {
    const made = lookup === undefined ? [] : [tag ?? lookup];
    return [...made, ...inPhase.flatMap((rule) => (rule.tag === undefined ? [] : [rule.tag]))];
  });
}
