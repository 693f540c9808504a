/** The small trees that patterns become, and questions about them: see predictors/rules/trees.py. */

/** A word, in its folded form. */
export type Literal = { readonly type: "literal"; readonly form: string };
/** An entry of the list called `name`. */
export type List = { readonly type: "list"; readonly name: string };
/** A word of a built-in kind, a class or a tag called `name`. */
export type Kind = { readonly type: "kind"; readonly name: string };
export type Single = Literal | List | Kind;
export type Sign = "?" | "*" | "+";
export type Tree =
  | Single
  /** A single word with no white space before it. */
  | { readonly type: "glued"; readonly item: Single }
  /** One after the other. */
  | { readonly type: "sequence"; readonly items: readonly Tree[] }
  /** The first that fits. */
  | { readonly type: "choice"; readonly items: readonly Tree[] }
  | { readonly type: "repeat"; readonly item: Tree; readonly sign: Sign }
  | { readonly type: "mark"; readonly label: string; readonly item: Tree };

/** Yield a tree and everything in it. */
export function* walk(tree: Tree): Generator<Tree> {
  yield tree;
  if ("items" in tree) for (const item of tree.items) yield* walk(item);
  if ("item" in tree) yield* walk(tree.item);
}

/** Return the least number of words that a tree finds; the text's start and end are no words. */
export function least(tree: Tree): number {
  switch (tree.type) {
    case "sequence":
      return tree.items.map(least).reduce((a, b) => a + b, 0);
    case "choice":
      return Math.min(...tree.items.map(least));
    case "repeat":
      return tree.sign === "+" ? least(tree.item) : 0;
    case "mark":
      return least(tree.item);
    case "kind":
      return tree.name === "start" || tree.name === "end" ? 0 : 1;
    default:
      return 1;
  }
}

/** Return how many words a pattern has when each repetition is written so many times. */
export function writtenOut(tree: Tree, turns: number): number {
  if (tree.type === "sequence" || tree.type === "choice") return tree.items.reduce((sum, item) => sum + writtenOut(item, turns), 0);
  if (tree.type === "repeat") return writtenOut(tree.item, turns) * (tree.sign === "?" ? 1 : turns);
  return tree.type === "mark" ? writtenOut(tree.item, turns) : 1;
}

/** List the ways of writing a parsed entry, each as its words. */
export function ways(tree: Tree): string[][] {
  if (tree.type === "literal") return [[tree.form]];
  if (tree.type === "sequence") return [tree.items.map((item) => (item as Literal).form)];
  return tree.type === "choice" ? tree.items.flatMap(ways) : [];
}
