/** What the page says of models and of what they answered. */

import { count, counted } from "../shared/counted.js";
import { perText, type Reading } from "./reading.js";
import type { Opened } from "./slot.js";

export function promiseOf(opened: readonly Opened[]): string {
  if (opened.length === 0) return "";
  if (opened.some(({ place }) => place === "on the server")) return "The server answers: the texts are sent to it.";
  return "Models run in this page. Nothing that you paste leaves it.";
}

/** Say why a model gave up, and how far it came: what has no answers is not saved. */
export function failureOf({ annotations, error }: Reading, all: number): string {
  const message = error?.message ?? "";
  return annotations.length === 0 ? message : `${message} · ${count(annotations.length)} of ${counted(all, "text")} are answered, so they cannot be saved`;
}

export function summaryOf({ model: { schema }, place }: Opened, reading: Reading, all: number): string {
  const { annotations } = reading;
  const spans = annotations.reduce((sum, annotation) => sum + (annotation.spans?.length ?? 0), 0);
  const categories = annotations.reduce((sum, annotation) => sum + (annotation.categories?.length ?? 0), 0);
  const hasSpans = schema.labels.length > 0 || schema.tasks.length === 0;
  const progress = annotations.length < all ? `${count(annotations.length)} of ` : "";
  const found = [
    progress + counted(all, "text"),
    ...(hasSpans ? [counted(spans, "span")] : []),
    ...(schema.tasks.length > 0 ? [counted(categories, "category", "categories")] : []),
  ];
  return found.join(", ") + (annotations.length > 0 ? ` · ${perText(reading)} a text, ${place}` : "");
}

export function differencesOf(number: number, all: number): string {
  return `${count(number)} of ${counted(all, "text")} ${number === 1 ? "differs" : "differ"}.`;
}
