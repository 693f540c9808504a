/** Compile a rule set into one regular expression a phase: see predictors/rules/compiler.py. */

import { type Accepted, Coder, END, KINDS, makeCoder, START } from "../words/codes.js";
import { ModelError, within } from "../errors.js";
import { type ClassPart, literal, parseClass, parsePattern } from "./language.js";
import { Lookup } from "./lookup.js";
import { CONTEXTS, type Phase, type Rule, type RuleSet } from "./ruleset.js";
import { MOST_CHARACTERS, namedShapes, type NamedShapes } from "./shapes.js";
import { least, type Sign, type Single, type Tree, walk, ways } from "./trees.js";
import { DASH } from "../words/words.js";

const QUANTIFIERS: Readonly<Record<Sign, string>> = { "?": "?", "*": "{0,30}", "+": "{1,30}" };
const NEVER = "(?!)";
const BUILT_IN = [...KINDS.keys(), "dash", "start", "end"];

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
  readonly shapes: readonly NamedShapes[];
}

/** Compile a rule set. Throw `ModelError` that names the phase and rule. */
export function compileRules(rules: RuleSet): Program {
  const compiler = new Compiler(rules);
  const phases = rules.phases.map((phase) => compiler.phase(phase));
  const marks = phases.flatMap((phase) => ("rules" in phase ? phase.rules.flatMap((rule) => rule.marks) : []));
  return { coder: compiler.coder, phases, labels: [...new Set(marks.map((mark) => mark.label))].sort(), shapes: compiler.shapes };
}

/** Holds what all patterns of a rule set share while they are compiled. */
class Compiler {
  readonly coder: Coder;
  readonly shapes: readonly NamedShapes[];
  private readonly trees: ReadonlyMap<string, Tree>;
  private readonly parts: ReadonlyMap<string, readonly ClassPart[]>;
  private readonly entries: ReadonlyMap<string, readonly Tree[]>;
  private readonly literals = new Map<string, string>();
  private readonly classes = new Map<string, Accepted>();

  constructor(private readonly rules: RuleSet) {
    this.trees = new Map(patternsOf(rules).map(([place, text]) => [text, within(place, () => parsePattern(text))]));
    this.parts = new Map([...rules.classes].map(([name, kinds]) => [name, within(`class '${name}'`, () => parseClass(kinds))]));
    this.entries = new Map(this.usedLists().map((name) => [name, this.entriesOf(name)]));
    this.shapes = [...rules.shapes].map(([name, written]) => within(`shape '${name}'`, () => namedShapes(name, written)));
    this.coder = makeCoder(this.members(), tagsOf(rules), rules.shapes.keys());
    this.checkNames();
    for (const [name, parts] of this.parts) this.classes.set(name, within(`class '${name}'`, () => this.classOf(parts)));
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

  private classOf(parts: readonly ClassPart[]): Accepted {
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
    let groups = 0;
    const sources: string[] = [];
    const rules: CompiledRule[] = [];
    for (const rule of phase.rules) {
      const [source, compiled] = within(`phase '${name}', rule '${rule.name}'`, () => this.rule(rule, groups + 1));
      sources.push(source);
      rules.push(compiled);
      groups += 1 + compiled.marks.length;
    }
    const joined = sources.join("|") || NEVER;
    if (inside === undefined) return { name, pattern: new RegExp(joined, "dg"), rules };
    return { name, pattern: new RegExp(`^${START}?(?:${joined})${END}?$`, "d"), rules, inside };
  }

  private lookedUp(phase: string, list: string): readonly string[] {
    return within(`phase '${phase}'`, () => this.rules.lists.get(this.known(list)) as readonly string[]);
  }

  private rule(rule: Rule, group: number): [string, CompiledRule] {
    const tree = this.tree(rule.match);
    if (least(tree) === 0) throw new ModelError("match may find nothing at all; at least one word must be needed");
    const marks: MarkGroup[] = [];
    const body = this.source(tree, group, marks);
    const before = this.behind(rule.after, "(?<=") + this.behind(rule.not_after, "(?<!");
    const after = this.ahead(rule.before, "(?=") + this.ahead(rule.not_before, "(?!");
    return [`(${before}${body}${after})`, { rule, group, marks }];
  }

  private tree(pattern: string): Tree {
    return this.trees.get(pattern) as Tree;
  }

  /** Compile what must stand before: alternatives of one word each, so one character wide. */
  private behind(pattern: string | undefined, opening: string): string {
    if (pattern === undefined) return "";
    const tree = this.tree(pattern);
    const inside = (tree.type === "choice" ? tree.items : [tree]).map((item) => this.one(item)).join("");
    return `${opening}${oneOf(inside)})`;
  }

  private one(tree: Tree): string {
    if (tree.type === "list" && this.entries.get(tree.name)?.some((entry) => entry.type !== "literal")) {
      throw new ModelError(`list {${tree.name}} has entries of several words and cannot stand in after or not_after`);
    }
    return this.inside(tree);
  }

  private ahead(pattern: string | undefined, opening: string): string {
    if (pattern === undefined) return "";
    const marks: MarkGroup[] = [];
    const source = this.source(this.tree(pattern), 0, marks);
    if (marks.length > 0) throw new ModelError("before and not_before may not mark anything");
    return `${opening}${source})`;
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
        if (tree.type === "kind" && this.coder.hasShape(tree.name)) return this.shapeSource(tree.name, false);
        if (tree.type === "glued" && tree.item.type === "kind" && this.coder.hasShape(tree.item.name)) return this.shapeSource(tree.item.name, true);
        return tree.type === "glued" && tree.item.type === "list" ? this.gluedList(tree.item.name) : oneOf(this.inside(tree));
    }
  }

  private shapeSource(name: string, gluedOnly: boolean): string {
    const first = this.coder.characters({ pairs: this.coder.begins(name), tags: new Set() }, gluedOnly);
    const rest = this.coder.characters({ pairs: this.coder.goesOn(), tags: new Set() });
    return `[${first}][${rest}]{0,${MOST_CHARACTERS - 1}}`;
  }

  /** JavaScript's `?` tries again when it has found nothing, Python's does not; a choice of nothing is one in both. */
  private repeat(item: Tree, sign: Sign, group: number, marks: MarkGroup[]): string {
    if (sign !== "?") checkRepeated(item);
    const source = this.source(item, group, marks);
    return sign === "?" && least(item) === 0 ? `(?:${source}|)` : `(?:${source})${QUANTIFIERS[sign]}`;
  }

  /** Try the entries of several words, the longest first, then the single words. */
  private listSource(name: string): string {
    const single = oneOf(this.inside({ type: "list", name }));
    const several = this.waysOf(name).filter((way) => way.length > 1);
    if (several.length === 0) return single;
    const first = [...new Set(several.map(([form]) => form as string))].map((form) => this.insideOf(form)).join("");
    return `(?:(?=[${first}])(?:${this.branches(several)})|${single})`;
  }

  private waysOf(name: string): string[][] {
    return (this.entries.get(this.known(name)) ?? []).flatMap(ways);
  }

  /** Bind the first word of an entry to the word before it. */
  private gluedList(name: string): string {
    const several = this.waysOf(name).filter((way) => way.length > 1);
    const firsts = [...new Set(several.map(([form]) => form as string))].map((form): Single => ({ type: "literal", form }));
    const inside = [{ type: "list", name } as const, ...firsts].map((item) => this.inside({ type: "glued", item })).join("");
    return `(?=${oneOf(inside)})${this.listSource(name)}`;
  }

  /** Write a tree of entries by their first words, so that each word is looked at once. */
  private branches(entries: readonly string[][]): string {
    const firsts = new Map<string, string[]>();
    for (const [form, rests] of byFirst(entries)) {
      const rest = this.rest(rests);
      firsts.set(rest, [...(firsts.get(rest) ?? []), form]);
    }
    return [...firsts].map(([rest, forms]) => `[${forms.map((form) => this.insideOf(form)).join("")}]${rest}`).join("|");
  }

  private rest(entries: readonly string[][]): string {
    const longer = entries.filter((entry) => entry.length > 0);
    if (longer.length === 0) return "";
    return `(?:${this.branches(longer)})${longer.length < entries.length ? "?" : ""}`;
  }
}

function oneOf(inside: string): string {
  return inside === "" ? NEVER : `[${inside}]`;
}

function change<T>(set: Set<T>, sign: ClassPart["sign"], values: ReadonlySet<T>): void {
  for (const value of values) {
    if (sign === "+") set.add(value);
    else set.delete(value);
  }
}

/** Gather, for each first word, what may follow it. */
function byFirst(entries: readonly string[][]): Map<string, string[][]> {
  const rests = new Map<string, string[][]>();
  for (const [form, ...rest] of entries as [string, ...string[]][]) {
    const known = rests.get(form);
    if (known === undefined) rests.set(form, [rest]);
    else known.push(rest);
  }
  return rests;
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
