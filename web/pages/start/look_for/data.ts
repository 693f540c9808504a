/** What the server says of the step, and what is asked of it. Places count code points. */

export const PATH = "api/steps/look_for";

export interface Place {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface LabelData {
  readonly name: string;
  readonly meaning: string;
  readonly key: string;
  readonly parent: string;
  readonly marks: number;
  readonly texts: number;
  readonly place: Place | null;
}

export interface AnswerData {
  readonly name: string;
  readonly meaning: string;
  readonly texts: number;
}

export interface TaskData {
  readonly name: string;
  readonly meaning: string;
  readonly multiple: boolean;
  readonly answers: readonly AnswerData[];
}

export interface StartData {
  readonly name: string;
  readonly title: string;
  readonly fits: boolean;
  readonly labels: readonly string[];
  readonly tasks: readonly string[];
}

export interface LookForData {
  readonly schema: unknown;
  readonly labels: readonly LabelData[];
  readonly tasks: readonly TaskData[];
  readonly starts: readonly StartData[];
  readonly texts: number;
  readonly corrected: number;
  readonly rules: number;
  readonly guideline: boolean;
}

export interface ProposedLabel {
  readonly name: string;
  readonly meaning: string;
  readonly why: string;
  readonly texts: number;
  readonly places: readonly Place[];
}

export interface ProposedAnswer {
  readonly name: string;
  readonly meaning: string;
  readonly texts: number;
  readonly shown: readonly string[];
}

export interface ProposedTask {
  readonly name: string;
  readonly meaning: string;
  readonly answers: readonly ProposedAnswer[];
}

export interface Proposed {
  readonly ready: boolean;
  readonly lacking: string;
  /** The address of a language model that could be asked, and how that went: `asking`, `answered`, or why not. */
  readonly model: string;
  readonly asked: string;
  readonly labels: readonly ProposedLabel[];
  readonly task: ProposedTask | null;
}

/** A label as somebody types it in one line, with or without what it marks: `SIZE: how large it is`. */
export interface Typed {
  readonly name: string;
  readonly meaning: string;
}

/** Read lines of labels; what stands behind the first colon is what a label marks. */
export function typedLabels(lines: string): Typed[] {
  return lines
    .split(/\r?\n/)
    .map((line) => /^([^:]*):?(.*)$/.exec(line))
    .map((found) => ({ name: found?.[1]?.trim() ?? "", meaning: found?.[2]?.trim() ?? "" }))
    .filter(({ name }) => name !== "");
}

/** A label's name as the server keeps it: rules hold names without white space. */
export function joined(name: string): string {
  return name.trim().split(/\s+/).join("_");
}

/** Read answers with a comma between them, each once. */
export function typedAnswers(words: string): string[] {
  const answers = words.split(/[,;\n]/).map((each) => each.trim());
  return [...new Set(answers.filter((each) => each !== ""))];
}
