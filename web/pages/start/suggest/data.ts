/** What the step's routes say. */

export type Kind = "words" | "before" | "after" | "number" | "shape" | "between" | "capitals";
export type Suggesting = "nothing" | "model" | "rules" | "prompt";
export type Show = "any" | "found" | "nothing";

/** A rule as somebody types it. */
export interface PageRule {
  readonly label: string;
  readonly kind: Kind;
  readonly words: string;
  readonly until: string;
  readonly most: number;
  readonly first: boolean;
}

export interface Offer {
  readonly reference: string;
  readonly pack: string;
  readonly about: string;
  readonly labels: readonly string[];
  readonly tasks: readonly string[];
}

/** Words for a rule: from what was marked so far, or from the label's meaning. */
export interface Proposal {
  readonly label: string;
  readonly kind: Kind;
  readonly words: readonly string[];
  readonly times: readonly number[];
  readonly origin: "marked" | "meaning";
}

export interface SuggestData {
  readonly suggesting: Suggesting;
  readonly model: string | null;
  readonly schema: unknown;
  readonly rules: readonly PageRule[];
  readonly by_hand: boolean;
  readonly rules_file: string;
  readonly models: readonly Offer[];
  readonly language_model: { readonly local: boolean; readonly address: string | null };
  readonly prompt: { readonly address: string; readonly model: string; readonly confirmed: boolean } | null;
  readonly proposals: readonly Proposal[];
  readonly set_aside: number;
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

export interface Seen {
  readonly text: string;
  readonly spans: readonly Place[];
  readonly categories: readonly { readonly task: string; readonly label: string }[];
  readonly problem: string | null;
}

/** How many marks of a rule were right, and of how many. */
export interface Checked {
  readonly right: number;
  readonly of: number;
}

/** Ten texts with what is suggested. By its place in the page, `parts` counts what a rule marks, `checked` what of it was right; `absent` are words that no text has, `shapes` what its examples look like. */
export interface TrialData {
  readonly running: boolean;
  readonly seen: readonly Seen[];
  readonly tried: number;
  readonly found: number;
  readonly failed: number;
  readonly of: number;
  readonly following: number;
  readonly parts: Readonly<Record<string, number>>;
  readonly checked: Readonly<Record<string, Checked>>;
  readonly absent: Readonly<Record<string, readonly string[]>>;
  readonly shapes: Readonly<Record<string, string>>;
}

/** What becomes of rules that were saved: faults by their place in the page, and what could be added. */
export interface Saved {
  readonly faults: Faults;
  readonly proposals: readonly Proposal[];
}

export type Faults = Readonly<Record<string, readonly string[]>>;
