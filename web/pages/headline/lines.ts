/** The lines of a text, each a headline, with what is wrong in it. */

import { type Annotation, checkHeadline, type Finding, repairHeadline, type Rules } from "textwright";
import type { Mark } from "../shared/paper.js";

/** So many lines are looked at; for more there is the command line. */
export const MOST = 500;

/** A line with its place in the text. */
export interface Line {
  readonly start: number;
  readonly text: string;
}

/** Cut a text into its lines. */
export function linesOf(text: string): Line[] {
  let start = 0;
  return text.split("\n").map((line) => {
    const found = { start, text: line };
    start += line.length + 1;
    return found;
  });
}

/** Find the line in which a place lies. */
export function lineAt(lines: readonly Line[], place: number): number {
  const next = lines.findIndex(({ start }) => start > place);
  return next < 0 ? Math.max(0, lines.length - 1) : Math.max(0, next - 1);
}

/** Checks lines by rules and by what a model said of them; a line that is known is not checked again. */
export class Checked {
  private readonly findings = new Map<string, readonly Finding[]>();
  private readonly repaired = new Map<string, string>();
  private readonly said = new Map<string, Annotation>();

  constructor(private readonly rules: Rules) {}

  /** List what is wrong with a line. An empty line is none. */
  of(text: string): readonly Finding[] {
    if (text.trim() === "") return [];
    const annotation = this.said.get(text);
    return known(this.findings, text, () => checkHeadline(text, { rules: this.rules, ...(annotation && { annotation }) }));
  }

  /** Return a line as all safe repairs make it. */
  mended(text: string): string {
    return known(this.repaired, text, () => repairHeadline(text, { rules: this.rules }));
  }

  /** Return the texts of which the model has said nothing yet, each once. */
  unasked(texts: readonly string[]): string[] {
    return [...new Set(texts)].filter((text) => text.trim() !== "" && !this.said.has(text));
  }

  /** Take what the model said. */
  learn(texts: readonly string[], annotations: readonly Annotation[]): void {
    if (this.said.size > 4 * MOST) this.said.clear();
    texts.forEach((text, i) => {
      this.said.set(text, annotations[i] as Annotation);
      this.findings.delete(text);
    });
  }
}

/** Look a text up, or work it out and keep it; what is kept does not grow without end. */
function known<T>(kept: Map<string, T>, text: string, make: () => T): T {
  const found = kept.get(text);
  if (found !== undefined) return found;
  if (kept.size > 4 * MOST) kept.clear();
  const made = make();
  kept.set(text, made);
  return made;
}

const ORDER = ["info", "warning", "error"];

/** Give the marks of a line's findings; where two overlap the graver one is seen. */
export function marksOf({ start }: Line, findings: readonly Finding[]): Mark[] {
  const edges = [...new Set(findings.flatMap((finding) => [finding.start, finding.end]))].sort((a, b) => a - b);
  return edges.slice(0, -1).flatMap((edge, i) => {
    const next = edges[i + 1] as number;
    const over = findings.filter((finding) => finding.start <= edge && finding.end >= next);
    const gravest = Math.max(...over.map(({ severity }) => ORDER.indexOf(severity)));
    return gravest < 0 ? [] : [{ start: start + edge, end: start + next, kind: ORDER[gravest] as string, strength: 1 }];
  });
}
