/** Values as plain data that can be sent and drawn: a small tree, cut where it is too large. */

import * as textwright from "textwright";
import type { Annotation, Schema } from "textwright";

/** A leaf is one value in words; a tree has named parts; a drawing is a text with its spans. */
export type Shown =
  | { readonly kind: "leaf"; readonly type: string; readonly text: string }
  | { readonly kind: "tree"; readonly title: string; readonly parts: readonly (readonly [name: string, value: Shown])[]; readonly more: number }
  | { readonly kind: "drawing"; readonly text: string; readonly annotation: Annotation; readonly schema: Schema };

/** A text with its spans, which the page draws. */
export class Drawing {
  constructor(
    readonly text: string,
    readonly annotation: Annotation,
    readonly schema: Schema,
  ) {}
}

/** What the package exports has the name there, not the short one that the build gave it. */
const EXPORTED = new Map<unknown, string>(Object.entries(textwright).map(([name, value]) => [value, name]));
const MOST = 60;
const DEEPEST = 6;
const LONGEST = 4000;

/** Describe any value. */
export function shownOf(value: unknown, depth = 0): Shown {
  if (value instanceof Drawing) return { kind: "drawing", text: value.text, annotation: value.annotation, schema: value.schema };
  if (value instanceof Error) return { kind: "leaf", type: "error", text: `${value.name}: ${value.message}` };
  if (typeof value !== "object" || value === null) return leafOf(value);
  if (depth === DEEPEST) return { kind: "leaf", type: "cut", text: Array.isArray(value) ? "[…]" : "{…}" };
  const parts = partsOf(value);
  const shown = parts.slice(0, MOST).map(([name, part]) => [name, shownOf(part, depth + 1)] as const);
  return { kind: "tree", title: titleOf(value, parts.length), parts: shown, more: Math.max(parts.length - MOST, 0) };
}

function leafOf(value: unknown): Shown {
  if (typeof value === "string") return { kind: "leaf", type: "string", text: JSON.stringify(value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value) };
  if (typeof value === "function") return { kind: "leaf", type: "function", text: `function ${nameOf(value)}` };
  if (typeof value === "bigint") return { kind: "leaf", type: "number", text: `${value}n` };
  return { kind: "leaf", type: value === null ? "null" : typeof value, text: String(value) };
}

function nameOf(made: { readonly name: string }): string {
  return EXPORTED.get(made) ?? made.name;
}

function partsOf(value: object): [string, unknown][] {
  if (value instanceof Map) return [...value].map(([name, part]) => [String(name), part]);
  if (value instanceof Set) return [...value].map((part, i) => [String(i), part]);
  return Object.entries(value);
}

function titleOf(value: object, size: number): string {
  const name = typeof value.constructor === "function" ? nameOf(value.constructor) : "Object";
  if (name === "Object") return `{${size}}`;
  return name === "Array" ? `[${size}]` : `${name} (${size})`;
}
