/** What must be there before texts can be corrected, and so before anything can be judged or shipped. */

import type { Project } from "./project.js";
import type { Step } from "./steps.js";

const FIRST: readonly (readonly [Step, string])[] = [
  ["bring", "Bring some texts first."],
  ["look_for", "Say first what you look for in your texts."],
];

/** Return the first of the steps that is still to be done, and say so; undefined: both are done. */
export function firstLacking(project: Project): readonly [Step, string] | undefined {
  return FIRST.find(([step]) => project.standing(step)?.done !== true);
}
