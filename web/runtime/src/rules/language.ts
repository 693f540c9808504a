/** Read patterns of the rule language into a small tree: see predictors/rules/language.py. */

import { ModelError } from "../errors.js";
import type { Literal, Tree } from "./trees.js";
import { cut, matchForm, GAP, HYPHEN, HYPHENS } from "../words/words.js";

const MOST_HYPHENS = 5;
const MOST_DEEP = 50;

/** A part of a class: what it adds or takes off. */
export interface ClassPart {
  readonly sign: "+" | "-";
  readonly tree: Tree;
}

interface Token {
  readonly kind: "quoted" | "list" | "kind" | "mark" | "sign" | "word" | "bad";
  readonly text: string;
  readonly at: number;
}

/** White space in rule files: what Python calls so, written out because JavaScript's `\s` differs. */
const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const TOKEN = new RegExp(
  `[${SPACE}]+|(?<quoted>"[^"]*")|(?<list>\\{[^{}<>${SPACE}]+\\})|(?<kind><[^<>{}${SPACE}]+>)` +
    `|(?<mark>\\[[^${SPACE}\\[\\]:"{}<>]+:)|(?<sign>[()\\]|?*+~])|(?<word>[^${SPACE}"{}<>\\[\\]()|?*+~]+)|(?<bad>.)`,
  "gsu",
);
const CLASS_TOKEN = new RegExp(`"[^"]*"|[^${SPACE}]+`, "gu");
const EDGES = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "g");

/** Read a pattern. Throw `ModelError` that shows where it went wrong. */
export function parsePattern(pattern: string): Tree {
  const reader = new Reader(pattern);
  const tree = reader.choice();
  const left = reader.peek();
  if (left !== undefined) throw reader.error(`'${left}' has no beginning`);
  return tree;
}

/** Read what a class is made of. Throw `ModelError` for a sign out of place. */
export function parseClass(kinds: string): ClassPart[] {
  const parts: ClassPart[] = [];
  let sign: ClassPart["sign"] | undefined = "+";
  for (const [token] of kinds.matchAll(CLASS_TOKEN)) {
    if (token === "+" || token === "-") {
      if (sign !== undefined) {
        throw new ModelError(`found '${token}', expected a word, {list} or <kind>. The sign itself is "${token}"`);
      }
      sign = token;
      continue;
    }
    if (sign === undefined) throw new ModelError(`expected + or - before '${token}'`);
    parts.push({ sign, tree: '{<"'.includes(token.charAt(0)) ? parsePattern(token) : literal(token) });
    sign = undefined;
  }
  if (sign === undefined) return parts;
  throw new ModelError(`'${kinds}' ends where a word, {list} or <kind> was expected`);
}

/** Take the white space off the ends of a line. */
export function strip(line: string): string {
  return line.replace(EDGES, "");
}

/** Make the tree of a word or entry; a hyphen between words may also be a space or nothing. */
export function literal(words: string): Tree {
  if (words.length === 1 && HYPHENS.has(words)) return literalOf(HYPHEN);
  const forms = cut(words).surfaces.filter((surface) => surface !== GAP).map(matchForm);
  if (forms.length === 0) throw new ModelError(`'${words}' holds no word`);
  if (forms.filter((form) => form === HYPHEN).length > MOST_HYPHENS) {
    throw new ModelError(`'${words}' has more than ${MOST_HYPHENS} hyphens; write its ways as entries of a list`);
  }
  const ways = hyphenWays(forms).map((way) => joined("sequence", way.map(literalOf)));
  return joined("choice", ways);
}

function literalOf(form: string): Literal {
  return { type: "literal", form };
}

function joined(type: "sequence" | "choice", items: readonly Tree[]): Tree {
  return items.length === 1 ? (items[0] as Tree) : { type, items };
}

/** Spell out each way to write a hyphenated entry: `a - b`, `a b`, `ab`. */
export function hyphenWays(forms: readonly string[]): string[][] {
  const i = forms.findIndex((form, place) => form === HYPHEN && place > 0 && place < forms.length - 1);
  if (i < 0) return [[...forms]];
  const before = forms.slice(0, i - 1);
  const [left, right] = [forms[i - 1] as string, forms[i + 1] as string];
  const after = forms.slice(i + 2);
  const rest = hyphenWays([right, ...after]);
  return [
    ...rest.map((way) => [...before, left, HYPHEN, ...way]),
    ...rest.map((way) => [...before, left, ...way]),
    ...hyphenWays([left + right, ...after]).map((way) => [...before, ...way]),
  ];
}

function tokens(pattern: string): Token[] {
  return [...pattern.matchAll(TOKEN)].flatMap((match) => {
    const kind = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined)?.[0];
    return kind === undefined ? [] : [{ kind: kind as Token["kind"], text: match[0], at: match.index }];
  });
}

/** Reads a pattern by recursive descent. */
class Reader {
  private readonly tokens: readonly Token[];
  private place = 0;
  private depth = 0;

  constructor(private readonly pattern: string) {
    this.tokens = tokens(pattern);
  }

  peek(): string | undefined {
    return this.tokens[this.place]?.text;
  }

  error(reason: string): ModelError {
    const at = this.tokens[this.place]?.at ?? this.pattern.length;
    return new ModelError(`pattern '${this.pattern}', character ${at + 1}: ${reason}`);
  }

  choice(): Tree {
    const items = [this.sequence()];
    while (this.peek() === "|") {
      this.place++;
      items.push(this.sequence());
    }
    return joined("choice", items);
  }

  private sequence(): Tree {
    const items: Tree[] = [];
    while (![undefined, "|", ")", "]"].includes(this.peek())) items.push(this.repeated());
    if (items.length === 0) throw this.error("expected a word, {list}, <kind>, ( or [");
    return joined("sequence", items);
  }

  private repeated(): Tree {
    const item = this.item();
    const sign = this.peek();
    if (sign !== "?" && sign !== "*" && sign !== "+") return item;
    this.place++;
    return { type: "repeat", item, sign };
  }

  private item(): Tree {
    const { kind, text } = this.tokens[this.place] as Token;
    if (text === "~") return this.glued();
    if (text === "(" || kind === "mark") return this.group(text);
    if (kind === "bad" || kind === "sign") {
      throw this.error(`found '${text}', expected a word, {list}, <kind>, ( or [`);
    }
    this.place++;
    if (kind === "list" || kind === "kind") return { type: kind, name: text.slice(1, -1) };
    return literal(kind === "quoted" ? text.slice(1, -1) : text);
  }

  private group(opening: string): Tree {
    const closing = opening === "(" ? ")" : "]";
    if (this.depth === MOST_DEEP) throw this.error(`more than ${MOST_DEEP} brackets inside each other`);
    this.place++;
    this.depth++;
    const item = this.choice();
    this.depth--;
    if (this.peek() !== closing) throw this.error(`'${opening}' is not closed by '${closing}'`);
    this.place++;
    return opening === "(" ? item : { type: "mark", label: opening.slice(1, -1), item };
  }

  private glued(): Tree {
    this.place++;
    if (this.peek() === undefined) throw this.error("expected a single word after ~");
    const item = this.item();
    if (item.type === "literal" || item.type === "list" || item.type === "kind") return { type: "glued", item };
    throw this.error("only a single word, {list} or <kind> may follow ~");
  }
}
