/** Show what was found: a row a title, and a legend with the count of each label. */

import { explains, type Explanation, type Model, type Schema } from "textwright";
import { colourOf, draw, element } from "../../components/drawing.js";
import type { Reading } from "./reading.js";

/** Make the rows `[start, end)` of a reading. */
export async function rowsOf(model: Model, reading: Reading, start: number, end: number, explain: boolean): Promise<HTMLElement[]> {
  const places = [...reading.annotations.keys()].slice(start, end);
  return Promise.all(places.map((place) => rowOf(model, reading, place, explain)));
}

async function rowOf(model: Model, { texts, annotations }: Reading, place: number, explain: boolean): Promise<HTMLElement> {
  const text = texts[place] as string;
  const row = element("li", "", ...draw(text, annotations[place] ?? { spans: [], categories: null }, model.schema));
  if (explain && explains(model)) row.append(rulesOf(text, await model.explain(text)));
  return row;
}

function rulesOf(text: string, explanations: readonly Explanation[]): HTMLElement {
  const lines = explanations.map(({ span, phase, rule }) =>
    element("li", "", `${span.label} “${text.slice(span.start, span.end)}” by `, element("code", "", `${phase} / ${rule}`)),
  );
  return element("ul", "rules", ...lines);
}

/** Make the legend's entries. */
export function legendOf(schema: Schema, { annotations }: Reading): HTMLElement[] {
  const found = annotations.flatMap(({ spans }) => spans ?? []);
  return schema.labels.map(({ name, meaning }) => {
    const count = found.filter(({ label }) => label === name).length;
    const entry = element("li", "", element("b", "", name), ` ${count}`);
    entry.style.setProperty("--colour", colourOf(name, schema));
    entry.title = meaning;
    return entry;
  });
}
