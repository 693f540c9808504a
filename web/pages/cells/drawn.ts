/** Draw what a cell gave: values as trees that open and close, texts with their spans, faults with their line. */

import { draw, element } from "../../components/drawing.js";
import type { Shown } from "./shown.js";
import type { Fault, Outcome } from "./worker.js";

/** So many levels are open at first, and so many parts make a tree that is closed at first. */
const OPEN = 2;
const FEW = 12;

/** Draw what a cell logged, gave and did wrong. */
export function drawnOutcome({ cell, logged, value, fault }: Outcome): HTMLElement[] {
  return [
    ...logged.map((each) => element("div", "logged", drawnLog(each))),
    ...(value === undefined ? [] : [element("div", "value", drawn(value))]),
    ...(fault === undefined ? [] : [drawnFault(fault, cell)]),
  ];
}

function drawnLog(shown: Shown): HTMLElement {
  const isText = shown.kind === "leaf" && shown.type === "string";
  return isText ? element("pre", "", String(JSON.parse(shown.text)).replace(/\n$/, "")) : drawn(shown);
}

function drawn(shown: Shown, name = "", depth = 0): HTMLElement {
  const label = name === "" ? [] : [element("span", "key", name), ": "];
  if (shown.kind === "leaf") return element("div", "leaf", ...label, element("span", shown.type, shown.text));
  if (shown.kind === "drawing") return element("div", "drawn", ...draw(shown.text, shown.annotation, shown.schema));
  const short = inOneLine(shown);
  if (depth > 0 && short !== undefined) return element("div", "leaf", ...label, ...short);
  return drawnTree(shown, label, depth);
}

function drawnTree({ title, parts, more }: Shown & { kind: "tree" }, label: (Node | string)[], depth: number): HTMLElement {
  const tree = document.createElement("details");
  tree.open = depth < OPEN && (depth === 0 || parts.length <= FEW);
  tree.append(element("summary", "", ...label, element("span", "size", title)));
  tree.append(...parts.map(([name, part]) => drawn(part, name, depth + 1)));
  if (more > 0) tree.append(element("div", "leaf cut", `… and ${more} more`));
  return tree;
}

/** Write a small tree of leaves in one line. */
function inOneLine({ title, parts, more }: Shown & { kind: "tree" }): (Node | string)[] | undefined {
  const isList = title.startsWith("[");
  const isShort = more === 0 && parts.every(([, part]) => part.kind === "leaf") && parts.map(([name, part]) => `${name}${part.kind === "leaf" ? part.text : ""}`).join().length < 70;
  if (!isShort || !/^[[{]/.test(title)) return undefined;
  const inner = parts.flatMap(([name, part], i) => [i > 0 ? ", " : "", ...(isList ? [] : [element("span", "key", name), ": "]), element("span", part.kind === "leaf" ? part.type : "", part.kind === "leaf" ? part.text : "")]);
  return [isList ? "[" : "{ ", ...inner, isList ? "]" : " }"];
}

/** Draw what went wrong, with its place; `here` is the cell beneath which it stands. */
export function drawnFault({ message, line, cell, thrown }: Fault, here: number): HTMLElement {
  const place = [...(cell === here ? [] : [`cell ${cell}`]), ...(line === undefined ? [] : [`line ${line}`])].join(", ");
  return element("div", "fault", ...(place === "" ? [] : [element("strong", "", place), " "]), message, ...(thrown === undefined ? [] : [drawn(thrown)]));
}
