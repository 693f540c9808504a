/** What the server says of judging. Offsets count code points. */

import type { Category, Span } from "textwright";

export interface Score {
  readonly name: string;
  readonly right: number;
  readonly low: number;
  readonly high: number;
  readonly occurs: number | null;
}

export interface Method {
  readonly name: string;
  readonly title: string;
  readonly right: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** What must stand beside its score; mostly nothing. */
  readonly note: string;
  readonly scores: readonly Score[];
}

export interface Marked {
  readonly spans?: readonly Span[] | null;
  readonly categories?: readonly Category[] | null;
}

export interface Answer extends Marked {
  readonly methods: readonly string[];
  readonly error?: string;
}

/** A text that some method got wrong: what is right, each answer once, and what each method has wrong in it. */
export interface Mistake {
  readonly id: string;
  /** The text's number at the desk; null: it is not there any more. */
  readonly number: number | null;
  readonly text: string;
  readonly gold: Marked;
  readonly answers: readonly Answer[];
  readonly wrong: Readonly<Record<string, readonly string[]>>;
}

export interface Found {
  /** Whether all methods were judged, and not only the quick ones so far. */
  readonly finished: boolean;
  /** How many methods have no score, or not for all texts. */
  readonly failed: number;
  readonly headline: string;
  readonly marks: string;
  readonly meaning: string;
  /** How often each question is answered rightly, where right means the marks. */
  readonly answers: readonly string[];
  /** How many labels and how many questions are scored. */
  readonly labels: number;
  readonly questions: number;
  readonly comparisons: readonly string[];
  readonly forecast: string;
  readonly spoils: readonly string[];
  readonly texts: number;
  readonly learned: number;
  readonly methods: readonly Method[];
  readonly titles: Readonly<Record<string, string>>;
  readonly mistakes: readonly Mistake[];
}

export interface Progress {
  readonly running: { readonly share: number; readonly words: string } | null;
  readonly fault: string;
  readonly news: number;
}

export interface Shown extends Progress {
  readonly lacking: string;
  readonly annotated: number;
  readonly enough: number;
  readonly can_learn: boolean;
  readonly can_be_large: boolean;
  readonly learns: string;
  readonly large: boolean;
  /** Whether judging would bring something. */
  readonly wanted: boolean;
  /** Whether what was found is of other texts, labels or rules. */
  readonly stale: boolean;
  /** Whether what is being judged is. */
  readonly outdated: boolean;
  /** How many corrected texts are left out, in words; empty: none. */
  readonly alike: string;
  readonly schema: unknown;
  readonly found: Found | null;
  readonly report: boolean;
}

export function titleOf(method: string, { titles }: Found): string {
  return titles[method] ?? method;
}

/** Write a title within a sentence. */
export function within(title: string): string {
  return title.charAt(0).toLowerCase() + title.slice(1);
}

/** Join words as a sentence does. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
