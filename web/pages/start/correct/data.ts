/** What the server says of the step. Sentences come from it, so that a notebook says the same. */

export interface Round {
  /** How many texts the model learned from. */
  readonly learned: number;
  /** How many of a hundred are right, on texts that it never saw. */
  readonly right: number;
  /** How many texts it was judged on. */
  readonly tests: number;
  /** In how many of these every mark is right (without marks: every answer); null where nobody counted. */
  readonly whole: number | null;
}

export interface Standing {
  readonly done: number;
  readonly tests: number;
  readonly aim: number;
  readonly enough: number;
  readonly goal: string;
  readonly model: string;
  readonly next: string;
  readonly suggests: string;
  readonly forecast: string;
  readonly missing: string | null;
  readonly running: boolean;
  /** What the figures count, in words: "marked parts". */
  readonly counts: string;
  readonly rounds: readonly Round[];
}
