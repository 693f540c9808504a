/** Read the parts of a `tokenizer.json`. What is not known here is refused by its name, never passed over. */

import { ModelError } from "../errors.js";

export type Part = Readonly<Record<string, unknown>>;

/** Read an object. */
export function partOf(what: string, value: unknown): Part {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Part;
  throw new ModelError(`tokenizer.json: ${what} is ${JSON.stringify(value)?.slice(0, 40) ?? "missing"}, expected an object`);
}

/** Read a list. */
export function listOf(what: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new ModelError(`tokenizer.json: ${what} is ${typeof value}, expected a list`);
}

/** Refuse keys that are not known, where they say anything. */
export function checkKeys(part: Part, known: readonly string[]): void {
  const unknown = Object.keys(part).find((key) => key !== "type" && !known.includes(key) && part[key] !== null);
  if (unknown === undefined) return;
  throw new ModelError(`tokenizer.json: ${String(part["type"])} has ${unknown}, which this version does not know; it knows ${known.join(", ") || "no setting"}`);
}

export function textIn(part: Part, key: string): string {
  const value = part[key];
  if (typeof value === "string") return value;
  throw wrong(part, key, "a text");
}

export function flagIn(part: Part, key: string, otherwise: boolean): boolean {
  const value = part[key] ?? otherwise;
  if (typeof value === "boolean") return value;
  throw wrong(part, key, "true or false");
}

export function numberIn(part: Part, key: string, otherwise: number): number {
  const value = part[key] ?? otherwise;
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  throw wrong(part, key, "a whole number");
}

/** Read one of a few names. */
export function nameIn<T extends string>(part: Part, key: string, names: readonly T[], otherwise?: T): T {
  const value = part[key] ?? otherwise;
  if (names.includes(value as T)) return value as T;
  throw wrong(part, key, names.join(", "));
}

function wrong(part: Part, key: string, expected: string): ModelError {
  const found = JSON.stringify(part[key])?.slice(0, 40) ?? "missing";
  return new ModelError(`tokenizer.json: ${key} of ${String(part["type"])} is ${found}, expected ${expected}`);
}

/** Make what reads a part of some type; `none` stands for a missing one. */
export function reader<T>(what: string, none: T, known: Readonly<Record<string, (part: Part) => T>>): (value: unknown) => T {
  return (value) => {
    if (value === null || value === undefined) return none;
    const part = partOf(what, value);
    const type = String(part["type"]);
    const read = Object.hasOwn(known, type) ? known[type] : undefined;
    if (read !== undefined) return read(part);
    throw new ModelError(`tokenizer.json: the ${what} ${type} is unknown. This version knows: ${Object.keys(known).join(", ")}`);
  };
}
