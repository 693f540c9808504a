/** What the server says of the texts of a project. */

export const PATH = "api/steps/bring";

export interface Said {
  readonly weight: "look" | "note";
  readonly words: string;
}

/**
 * A repair: what it does, whether it is done, and some texts before and after; no `after` where one is left out. The
 * caution is what else to know once it is done, if anything.
 */
export interface Repair {
  readonly name: string;
  readonly words: string;
  readonly chosen: boolean;
  readonly doubles: boolean;
  readonly caution: string;
  readonly shown: readonly { readonly before: string; readonly after: string | null }[];
}

export interface Source {
  readonly name: string;
  readonly texts: number;
  readonly column: string | null;
  readonly columns: readonly string[];
}

export interface ExampleTexts {
  readonly name: string;
  readonly title: string;
  readonly first: string;
  readonly texts: number;
}

export interface BringData {
  readonly count: number;
  readonly held_out: number;
  readonly annotated: number;
  readonly said: readonly Said[];
  readonly notes: readonly string[];
  readonly repairs: readonly Repair[];
  readonly sources: readonly Source[];
  readonly sample: readonly { readonly text: string; readonly held_out: boolean; readonly marked: boolean }[];
  readonly examples: readonly ExampleTexts[];
}
