/** Where two models differ. Scores are not compared: two models never agree on them. */

import type { Annotation, Category, Schema, Span } from "textwright";

/** Name a span so that equal ones have equal names. */
export function spanKey({ start, end, label }: Pick<Span, "start" | "end" | "label">): string {
  return `${start} ${end} ${label}`;
}

/** Name a category so that equal ones have equal names. */
export function categoryKey({ task, label }: Pick<Category, "task" | "label">): string {
  return `${task} ${label}`;
}

/** Say whether two models annotate a layer in common: else there is nothing to compare. */
export function areComparable(a: Schema, b: Schema): boolean {
  const shares = (one: readonly { name: string }[], other: readonly { name: string }[]): boolean =>
    one.some(({ name }) => other.some((each) => each.name === name));
  return shares(a.labels, b.labels) || shares(a.tasks, b.tasks);
}

/** Say whether two annotations of a text differ in a layer that both have. */
export function differ(a: Annotation, b: Annotation): boolean {
  return keysDiffer(a.spans?.map(spanKey), b.spans?.map(spanKey)) || keysDiffer(a.categories?.map(categoryKey), b.categories?.map(categoryKey));
}

function keysDiffer(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  const [left, right] = [new Set(a), new Set(b)];
  return left.size !== right.size || [...left].some((key) => !right.has(key));
}

/** List the places of the texts to which two models give different answers. */
export function differing(a: readonly Annotation[], b: readonly Annotation[]): number[] {
  const both = Math.min(a.length, b.length);
  return Array.from({ length: both }, (_, place) => place).filter((place) => differ(a[place] as Annotation, b[place] as Annotation));
}
