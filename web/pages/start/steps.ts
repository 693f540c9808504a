/** The six steps: what each is called, and the at most two short sentences that it says. */

export type Step = "bring" | "look_for" | "suggest" | "correct" | "judge" | "ship";

export interface StepWords {
  readonly step: Step;
  readonly title: string;
  readonly lead: string;
}

export const STEPS: readonly StepWords[] = [
  { step: "bring", title: "Bring texts", lead: "Paste your texts, a line each, or open a file." },
  { step: "look_for", title: "Say what you look for", lead: "Name what a model should find in each text." },
  { step: "suggest", title: "Suggest", lead: "Let rules or a model mark the texts first, so that you only correct." },
  { step: "correct", title: "Correct", lead: "Mark each text, or accept what is suggested. A model learns from it meanwhile." },
  { step: "judge", title: "Judge", lead: "See how often each method is right on texts that it never saw." },
  { step: "ship", title: "Ship", lead: "Take the model with you, and try it in a form." },
];
