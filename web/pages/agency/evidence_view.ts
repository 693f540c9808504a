/** List the sentences that spoke for a side, with what each added. */

import { element } from "../../components/drawing.js";
import { factorOf, type Pull, type Side } from "./verdict.js";

/** So many sentences are listed for a side. */
const LISTED = 4;

/** Build the list's items; choosing a sentence calls `choose`. The strongest of both sides has the longest bar. */
export function itemsOf(text: string, side: Side, pulls: readonly Pull[], most: number, choose: (pull: Pull) => void): HTMLElement[] {
  if (pulls.length === 0) return [element("li", "none", "No sentence.")];
  const items = pulls.slice(0, LISTED).map((pull) => itemOf(text, side, pull, most, choose));
  const left = pulls.length - items.length;
  return left > 0 ? [...items, element("li", "none", `and ${left} more, with less to say`)] : items;
}

function itemOf(text: string, side: Side, pull: Pull, most: number, choose: (pull: Pull) => void): HTMLElement {
  const bar = element("span", "pull");
  bar.style.setProperty("--strength", (Math.abs(pull.pull) / most).toFixed(3));
  const words = element("span", "words", text.slice(pull.start, pull.end));
  const made = element("button", `sentence ${side}`, element("span", "factor", factorOf(pull)), words, bar);
  made.setAttribute("type", "button");
  made.addEventListener("click", () => choose(pull));
  return element("li", "", made);
}
