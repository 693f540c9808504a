/** Show findings and changed lines. Texts become text, never markup. */

import type { Finding, Repair } from "textwright";
import { element } from "../../components/drawing.js";

const LONGEST = 48;
const SIGNS: Readonly<Record<string, string>> = { "\t": "a tab", "\u00a0": "a fixed space", " ": "one space", "  ": "two spaces" };
/** What stands before a finding; most are warnings, and need no word. */
const SEVERITIES = { error: "wrong", warning: "", info: "perhaps" } as const;

export interface Acts {
  readonly repair: (repair: Repair) => void;
  readonly show: (finding: Finding) => void;
}

/** Number the findings that can be repaired, from 1 on. */
export function repairable(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ repairs }) => repairs.length > 0);
}

/** Make a row for each finding of a line. */
export function findingRows(text: string, findings: readonly Finding[], acts: Acts): HTMLElement[] {
  const numbered = repairable(findings);
  return findings.map((finding, i) => {
    const told = element("span", "message", finding.message);
    told.id = `told-${i}`;
    const word = SEVERITIES[finding.severity];
    const severity = word === "" ? [] : [element("span", "severity", word), " "];
    const row = element("li", `finding ${finding.severity}`, element("p", "", ...severity, told, " ", placeOf(text, finding, acts)));
    row.dataset["rule"] = finding.rule;
    const number = numbered.indexOf(finding) + 1;
    const buttons = finding.repairs.map((repair, j) => repairButton(text, repair, { number: j === 0 ? number : 0, told: told.id, acts }));
    if (buttons.length > 0) row.append(element("div", "tools", ...buttons));
    return row;
  });
}

/** Make what shows the words of a finding, and goes there. */
function placeOf(text: string, finding: Finding, acts: Acts): HTMLElement {
  const words = text.slice(finding.start, finding.end);
  const button = element("button", "place", (SIGNS[words] ?? visible(words)) || "here") as HTMLButtonElement;
  button.type = "button";
  button.title = "Select it in the text";
  button.addEventListener("click", () => acts.show(finding));
  return button;
}

interface Button {
  readonly number: number;
  readonly told: string;
  readonly acts: Acts;
}

function repairButton(text: string, repair: Repair, { number, told, acts }: Button): HTMLElement {
  const button = element("button", repair.safe ? "repair" : "repair unsafe", labelOf(text, repair)) as HTMLButtonElement;
  button.type = "button";
  button.setAttribute("aria-describedby", told);
  if (number > 0 && number < 10) {
    const key = element("kbd", "", String(number));
    key.setAttribute("aria-hidden", "true");
    button.prepend(key);
    button.setAttribute("aria-keyshortcuts", `Alt+${number}`);
  }
  button.addEventListener("click", () => acts.repair(repair));
  return button;
}

/** Say what a repair does. */
export function labelOf(text: string, { start, end, text: made }: Repair): string {
  if (made === "") return `Remove ${quoted(text.slice(start, end))}`;
  if (start === end) return `Add ${quoted(made)}`;
  return `Write ${quoted(made)}`;
}

function quoted(text: string): string {
  return SIGNS[text] ?? `“${visible(text)}”`;
}

/** Show what cannot be seen, and only the ends of what is longer than `most` characters. */
export function visible(text: string, most = LONGEST): string {
  const chars = [...text].map((char) => (char === " " ? char : seen(char)));
  if (chars.length <= most) return chars.join("");
  return `${chars.slice(0, LONGEST / 2).join("")} … ${chars.slice(-LONGEST / 2).join("")}`;
}

function seen(char: string): string {
  return /[\p{C}\p{Z}]/u.test(char) && char !== "\u200d" ? `⟨${(char.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, "0")}⟩` : char;
}

/** A line of many: what stands there, what repairs would make of it, and how much is wrong. */
export interface Summary {
  readonly text: string;
  readonly mended: string;
  readonly count: number;
}

/** Make a row for a line, which goes there. */
export function lineRow({ text, mended, count }: Summary, isCurrent: boolean, go: () => void): HTMLElement {
  const button = element("button", "line", element("span", "", visible(text, Infinity))) as HTMLButtonElement;
  button.type = "button";
  if (mended !== text) button.append(element("ins", "", mended));
  button.append(element("span", count > 0 ? "wrongs" : "wrongs none", count > 0 ? `${count} found` : "nothing found"));
  if (isCurrent) button.setAttribute("aria-current", "true");
  button.addEventListener("click", go);
  return element("li", "", button);
}
