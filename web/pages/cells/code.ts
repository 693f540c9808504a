/** Turn a cell's code into what can be run: its names are told, its last expression is its value. */

import { javascriptLanguage } from "@codemirror/lang-javascript";

/** A cell that can be run. Its lines are those of the cell. */
export interface Runnable {
  readonly source: string;
  /** The names that it declares. */
  readonly names: readonly string[];
}

/** Code that cannot be run, with its line. */
export class CodeError extends Error {
  override name = "SyntaxError";
  constructor(
    message: string,
    readonly line: number,
  ) {
    super(message);
  }
}

interface Part {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

const PATTERNS = new Set(["VariableDefinition", "ArrayPattern", "ObjectPattern"]);
const IMPORT = /^import\s*(?:\{([^}]*)\}|\*\s*as\s+([\w$]+))\s*from\s*["']([^"']*)["']\s*;?$/;

/**
 * Prepare a cell. Throw `CodeError` for an import of anything but textwright, and for a `return`.
 *
 * ```ts
 * runnable("const a = 1;\na + 1;"); // { source: "const a = 1;\nconst __value__ = (a + 1);…", names: ["a"] }
 * ```
 */
export function runnable(code: string): Runnable {
  const parts = partsOf(code);
  const stray = parts.find(({ name }) => name === "ReturnStatement");
  if (stray !== undefined) throw new CodeError("a cell has no return: it shows its last expression", lineAt(code, stray.from));
  const imports = parts.filter(({ name }) => name === "ImportDeclaration").map((part) => ({ part, ...imported(code, part) }));
  const names = [...imports.flatMap((each) => each.names), ...declaredIn(code)];
  const last = parts.at(-1);
  const changes = imports.map(({ part, source }) => ({ ...part, source }));
  if (last?.name === "ExpressionStatement") changes.push({ ...last, source: valueOf(code.slice(last.from, last.to)) });
  const value = last?.name === "ExpressionStatement" ? "value: __value__, " : "";
  return { source: `${changed(code, changes)}\nreturn { ${value}names: { ${names.join(", ")} } };`, names };
}

/** Find the first line that is no JavaScript; undefined when all is well. */
export function faultyLine(code: string): number | undefined {
  let line: number | undefined;
  javascriptLanguage.parser.parse(code).iterate({
    enter: (node) => {
      if (node.type.isError) line ??= lineAt(code, node.from);
    },
  });
  return line;
}

function partsOf(code: string): Part[] {
  const parts: Part[] = [];
  for (let node = javascriptLanguage.parser.parse(code).topNode.firstChild; node !== null; node = node.nextSibling) {
    if (!/Comment/.test(node.name)) parts.push({ name: node.name, from: node.from, to: node.to });
  }
  return parts;
}

function lineAt(code: string, place: number): number {
  return code.slice(0, place).split("\n").length;
}

function valueOf(expression: string): string {
  return `const __value__ = (${expression.replace(/;\s*$/, "")});`;
}

/** Write an import as a declaration that takes as many lines. */
function imported(code: string, { from, to }: Part): { readonly source: string; readonly names: readonly string[] } {
  const written = code.slice(from, to);
  const [, list, whole, module] = IMPORT.exec(written.trim()) ?? [];
  if (module !== "textwright") throw new CodeError('only this can be imported here: import { … } from "textwright"', lineAt(code, from));
  const lines = "\n".repeat(written.split("\n").length - 1);
  if (whole !== undefined) return { source: `const ${whole} = __textwright__;${lines}`, names: [whole] };
  const pairs = (list ?? "").split(",").map((each) => each.trim().split(/\s+as\s+/)).filter(([name]) => name !== "");
  const taken = pairs.map(([name, alias = name]) => `${name}: ${alias}`).join(", ");
  return { source: `const { ${taken} } = __textwright__;${lines}`, names: pairs.map(([name, alias = name]) => alias as string) };
}

/** List what a cell declares outside of its functions and blocks. */
function declaredIn(code: string): string[] {
  const names: string[] = [];
  for (let node = javascriptLanguage.parser.parse(code).topNode.firstChild; node !== null; node = node.nextSibling) {
    if (!/^(?:Variable|Function|Class)Declaration$/.test(node.name)) continue;
    for (let part = node.firstChild; part !== null; part = part.nextSibling) {
      if (!PATTERNS.has(part.name)) continue;
      part.cursor().iterate((inner) => {
        if (inner.name === "VariableDefinition" && inner.from >= part.from && inner.to <= part.to) names.push(code.slice(inner.from, inner.to));
      });
    }
  }
  return names;
}

function changed(code: string, changes: readonly { readonly from: number; readonly to: number; readonly source: string }[]): string {
  const pieces: string[] = [];
  let done = 0;
  for (const { from, to, source } of changes) {
    pieces.push(code.slice(done, from), source);
    done = to;
  }
  return pieces.join("") + code.slice(done);
}
