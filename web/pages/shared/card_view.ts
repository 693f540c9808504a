/** Show what a model says of itself: how good it is, what it cannot do, and what it must not be used for. */

import { element } from "../../components/drawing.js";
import type { Card, Figures } from "./card.js";

/** Build what a page shows of a card: what the model is, in a sentence how good it is, and the rest when somebody asks. */
export function cardParts(card: Card, good: string): HTMLElement[] {
  const [summary, ...sources] = card.summary.split("\n\n").map((text) => element("p", "", text));
  return [
    ...(summary === undefined ? [] : [summary]),
    ...(good === "" ? [] : [element("p", "good", good)]),
    fold("How good it is", tableOf(card.figures), element("p", "", card.figures.told)),
    fold("What it cannot do", listOf(card.limits)),
    fold("What it must not be used for", listOf(card.notFor)),
    fold("Where it comes from", ...sources, element("p", "", `Licence: ${card.licence}`)),
  ];
}

/** Build a part that opens when somebody asks for it. */
export function fold(title: string, ...inner: readonly Node[]): HTMLElement {
  const details = document.createElement("details");
  details.append(element("summary", "", title), ...inner);
  return details;
}

function tableOf({ heads, rows }: Figures): HTMLElement {
  const table = element("table", "figures", element("thead", "", rowOf(heads, "th", "col")), element("tbody", "", ...rows.map((row) => rowOf(row, "td"))));
  const scrolled = element("div", "scrolled", table);
  scrolled.tabIndex = 0;
  scrolled.setAttribute("role", "region");
  scrolled.setAttribute("aria-label", "Figures");
  return scrolled;
}

function rowOf(cells: readonly string[], kind: "th" | "td", scope?: string): HTMLElement {
  const made = cells.map((text) => {
    const cell = element(kind, "", text);
    if (scope !== undefined) cell.setAttribute("scope", scope);
    return cell;
  });
  return element("tr", "", ...made);
}

function listOf(lines: readonly string[]): HTMLElement {
  return element("ul", "", ...lines.map((line) => element("li", "", line)));
}

/** Write bytes as megabytes. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
