/** Show what was found: a row a title, and a legend with the count of each label. */

import { type Category, explains, type Explanation, type Label, type Model, type Schema, showsEvidence, type Span } from "textwright";
import { colourOf, draw, element } from "../../components/drawing.js";
import type { Reading } from "./reading.js";

/** Make the rows `[start, end)` of a reading. */
export async function rowsOf(model: Model, reading: Reading, start: number, end: number, explain: boolean): Promise<HTMLElement[]> {
  const places = [...reading.annotations.keys()].slice(start, end);
  return Promise.all(places.map((place) => rowOf(model, reading, place, explain)));
}

async function rowOf(model: Model, { texts, annotations }: Reading, place: number, explain: boolean): Promise<HTMLElement> {
  const text = texts[place] as string;
  const annotation = annotations[place] ?? { spans: [], categories: null };
  const row = element("li", "", ...draw(text, annotation, model.schema));
  if (annotation.categories !== null) row.append(categoriesOf(annotation.categories));
  if (explain && explains(model)) row.append(rulesOf(text, await model.explain(text)));
  if (explain && showsEvidence(model)) row.append(evidenceOf(text, (await model.evidence([text]))[0] ?? []));
  return row;
}

function categoriesOf(categories: readonly Category[]): HTMLElement {
  const lines = categories.map(({ task, label, score }) => {
    const likely = score === undefined ? "" : ` ${Math.round(score * 100)} %`;
    return element("li", "", `${task}: `, element("b", "", label), likely);
  });
  return element("ul", "categories", ...lines);
}

/** List the sentences that decided, with what each added. */
function evidenceOf(text: string, sentences: readonly Span[]): HTMLElement {
  const lines = sentences.map(({ start, end, label, score }) =>
    element("li", "", `${label} +${(score ?? 0).toFixed(1)} by “${text.slice(start, end)}”`),
  );
  return element("ul", "rules", ...lines);
}

function rulesOf(text: string, explanations: readonly Explanation[]): HTMLElement {
  const lines = explanations.map(({ span, phase, rule }) =>
    element("li", "", `${span.label} “${text.slice(span.start, span.end)}” by `, element("code", "", `${phase} / ${rule}`)),
  );
  return element("ul", "rules", ...lines);
}

/** Make the legend's entries: the labels of spans, then those of each task. */
export function legendOf(schema: Schema, { annotations }: Reading): HTMLElement[] {
  const spans = annotations.flatMap((annotation) => annotation.spans ?? []);
  const categories = annotations.flatMap((annotation) => annotation.categories ?? []);
  const counted = (label: Label, count: number, colour: string): HTMLElement => {
    const entry = element("li", "", element("b", "", label.name), ` ${count}`);
    entry.style.setProperty("--colour", colour);
    entry.title = label.meaning;
    return entry;
  };
  return [
    ...schema.labels.map((label) =>
      counted(label, spans.filter((span) => span.label === label.name).length, colourOf(label.name, schema)),
    ),
    ...schema.tasks.flatMap(({ name, labels }) =>
      labels.map((label) => {
        const count = categories.filter((each) => each.task === name && each.label === label.name).length;
        return counted(label, count, label.colour ?? "var(--edge)");
      }),
    ),
  ];
}
