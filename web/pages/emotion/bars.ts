/** A bar for each label of a task. They are built once, and only move from then on. */

import type { Category, Task } from "textwright";
import { element } from "../../components/drawing.js";
import { type Asked, groupOf, ordered, percent } from "./emotions.js";

/** A category with what the model makes of it. */
export interface Shown extends Category {
  readonly there: boolean;
}

export interface Bars {
  readonly move: (shown: readonly Shown[]) => void;
}

/** Build bars into an element; each is a choice, `choose` is told of it. `least` gives the place of a bar's mark. */
export function barsIn(place: HTMLElement, task: Task, least: (label: string) => number, choose: (asked: Asked) => void): Bars {
  const meanings = new Map(task.labels.map(({ name, meaning }) => [name, meaning]));
  const made = ordered(task).map((label) => {
    const bar = barOf(label, meanings.get(label) ?? "", least(label));
    bar.input.addEventListener("change", () => choose({ task: task.name, label }));
    return [label, bar] as const;
  });
  place.replaceChildren(...made.map(([, { row }]) => row));
  const byLabel = new Map(made);
  return { move: (shown) => shown.forEach((each) => byLabel.get(each.label)?.move(each)) };
}

interface Bar {
  readonly row: HTMLElement;
  readonly input: HTMLInputElement;
  readonly move: (shown: Shown) => void;
}

function barOf(label: string, meaning: string, least: number): Bar {
  const input = Object.assign(document.createElement("input"), { type: "radio", name: "shown", className: "visually-hidden" });
  const number = element("span", "number");
  const there = element("span", "visually-hidden");
  const fill = element("span", "fill");
  const track = element("span", "track", fill, element("span", "least"));
  track.setAttribute("aria-hidden", "true");
  track.style.setProperty("--least", least.toFixed(3));
  const row = element("label", `row ${groupOf(label)}`, input, element("span", "called", label), track, number, there);
  row.dataset["label"] = label;
  row.title = meaning;
  const move = (shown: Shown): void => {
    fill.style.setProperty("--at", (shown.score ?? 0).toFixed(4));
    number.textContent = percent(shown.score ?? 0).replace("under ", "<").replace("over ", ">");
    there.textContent = shown.there ? ", there" : "";
    row.classList.toggle("there", shown.there);
  };
  return { row, input, move };
}
