/** Show what was found: a row a text with each model's answer, and a legend with the count of each label. */

import { type Annotation, type Category, explains, type Explanation, type Label, type Model, offsetsOf, type Schema, showsEvidence, type Span } from "textwright";
import { colourOf, draw, element } from "../../components/drawing.js";
import { categoryKey, differ, spanKey } from "./comparing.js";
import type { Reading } from "./reading.js";

/** What a model said of the texts. */
export interface View {
  readonly name: string;
  readonly model: Model;
  readonly reading: Reading;
}

/** Make the rows of some texts. With two views, what only one of them says is marked. */
export function rowsFor(texts: readonly string[], views: readonly View[], places: readonly number[], explain: boolean): Promise<HTMLElement[]> {
  return Promise.all(places.map((place) => rowOf(texts[place] as string, views, place, explain)));
}

async function rowOf(text: string, views: readonly View[], place: number, explain: boolean): Promise<HTMLElement> {
  const said = views.map(({ reading }) => reading.annotations[place]);
  const answers = await Promise.all(views.map((view, i) => answerOf(text, view, said[i], said[1 - i], explain)));
  const row = element("li", "", ...answers);
  const [a, b] = said;
  if (a === undefined || b === undefined || !differ(a, b)) return row;
  row.className = "differs";
  row.prepend(element("span", "mark", "differs"));
  return row;
}

async function answerOf(
  text: string,
  { name, model }: View,
  annotation: Annotation | undefined,
  other: Annotation | undefined,
  explain: boolean,
): Promise<HTMLElement> {
  if (annotation === undefined) return element("div", "answer", element("p", "none", "no answer"));
  const shown = text.trim() === "" ? [element("p", "none", "empty")] : draw(text, annotation, model.schema);
  const answer = element("div", "answer", element("span", "whose", name), ...shown);
  if (annotation.categories !== null) answer.append(categoriesOf(annotation.categories));
  if (other !== undefined) markOnly(answer, text, annotation, other);
  if (explain && explains(model)) answer.append(rulesOf(text, await model.explain(text)));
  if (explain && showsEvidence(model)) answer.append(evidenceOf(text, (await model.evidence([text]))[0] ?? []));
  return answer;
}

/** Mark what the other model does not say, for the eye in the drawing and for the ear in words. */
function markOnly(answer: HTMLElement, text: string, annotation: Annotation, other: Annotation): void {
  const spans = ownOf(annotation.spans, other.spans, spanKey);
  const categories = ownOf(annotation.categories, other.categories, categoryKey);
  const { toPoints } = offsetsOf(text);
  const keys = new Set([
    ...spans.map((span) => spanKey({ ...span, start: toPoints(span.start), end: toPoints(span.end) })),
    ...categories.map(categoryKey),
  ]);
  for (const drawn of answer.querySelectorAll<HTMLElement>("[data-label]")) drawn.classList.toggle("only", keys.has(keyOf(drawn)));
  if (keys.size === 0) return;
  const heard = [...spans.map(({ start, end, label }) => `${label}: ${text.slice(start, end)}`), ...categories.map(categoryKey)];
  answer.append(element("p", "visually-hidden", `Only here: ${heard.join("; ")}.`));
}

/** Take what one model says and the other, which annotates this layer too, does not. */
function ownOf<T>(own: readonly T[] | null, others: readonly T[] | null, key: (each: T) => string): readonly T[] {
  if (own === null || others === null) return [];
  const theirs = new Set(others.map(key));
  return own.filter((each) => !theirs.has(key(each)));
}

/** Name what a box or a category's mark stands for, as `spanKey` and `categoryKey` do. */
function keyOf({ dataset: { start, end, label, task } }: HTMLElement): string {
  return task === undefined ? `${start} ${end} ${label}` : `${task} ${label}`;
}

function categoriesOf(categories: readonly Category[]): HTMLElement {
  const lines = categories.map(({ task, label, score }) => {
    const likely = score === undefined ? "" : ` ${Math.round(score * 100)} %`;
    const line = element("li", "", `${task}: `, element("b", "", label), likely);
    Object.assign(line.dataset, { task, label });
    return line;
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

/** Make the legend's entries: the labels of spans, then those of each task, with the count by each model. */
export function legendOf(views: readonly View[]): HTMLElement[] {
  const counts = views.map(({ reading }) => countsOf(reading.annotations));
  return [...entriesOf(views.map(({ model }) => model.schema))].map(([key, { label, colour }]) => {
    const numbers = counts.map((count) => (count.get(key) ?? 0).toLocaleString("en"));
    const entry = element("li", "", element("b", "", label.name), ` ${numbers.join(" | ")}`);
    entry.style.setProperty("--colour", colour);
    entry.title = [label.meaning, ...views.map(({ name }, i) => `${numbers[i]} by ${name}`)].filter(Boolean).join("\n");
    return entry;
  });
}

interface Entry {
  readonly label: Label;
  readonly colour: string;
}

function entriesOf(schemas: readonly Schema[]): Map<string, Entry> {
  const entries = schemas.flatMap((schema): [string, Entry][] => [
    ...schema.labels.map((label): [string, Entry] => [` ${label.name}`, { label, colour: colourOf(label.name, schema) }]),
    ...schema.tasks.flatMap(({ name: task, labels }) =>
      labels.map((label): [string, Entry] => [categoryKey({ task, label: label.name }), { label, colour: label.colour ?? "var(--edge)" }]),
    ),
  ]);
  return new Map(entries);
}

function countsOf(annotations: readonly Annotation[]): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (key: string): unknown => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { spans, categories } of annotations) {
    for (const { label } of spans ?? []) add(` ${label}`);
    for (const category of categories ?? []) add(categoryKey(category));
  }
  return counts;
}
