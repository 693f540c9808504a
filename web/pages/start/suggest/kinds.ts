/** The kinds of rules, as the page names them. */

import type { Kind, PageRule } from "./data.js";

export const KINDS: Readonly<Record<Kind, string>> = {
  words: "one of these words",
  shape: "what looks like this",
  after: "what stands after",
  before: "what stands before",
  number: "a number with a unit",
  between: "what stands between",
  capitals: "words with a capital",
};

/** What its main field asks for, and an example of it. */
export const FIELDS: Readonly<Record<Kind, { readonly name: string; readonly example: string }>> = {
  words: { name: "Words", example: "words, with commas between" },
  shape: { name: "Examples", example: "AX-100, AX-2041" },
  after: { name: "After the word", example: "by, made in" },
  before: { name: "Before the word", example: "with, for" },
  number: { name: "Units", example: "ml, kg, %" },
  between: { name: "From", example: "( … empty: from the beginning" },
  capitals: { name: "But not", example: "words to leave out" },
};

/** Whether a rule says anything yet. */
export function isBegun({ kind, words, until }: PageRule): boolean {
  return kind === "capitals" || words.trim() !== "" || until.trim() !== "";
}

export function emptyRule(label: string, kind: Kind = "words"): PageRule {
  return { label, kind, words: "", until: "", most: 1, first: true };
}

/** Add a word to the words of a field. */
export function withWord(words: string, word: string): string {
  const quoted = /[,;]/.test(word) && !word.includes('"') ? `"${word}"` : word;
  const kept = words.replace(/[,;\s]+$/, "");
  return kept === "" ? quoted : `${kept}, ${quoted}`;
}
