/** The models that the page can use: run here from their files, or asked for from the server. */

import { type Annotation, type Label, load, type Model, type Schema } from "textwright";
import { addressOf, listed, type Listed, type ListedSchema } from "../shared/listed.js";
import { openFolder, type Opening } from "../shared/opening.js";
import { ROOT } from "../shared/place.js";
import { examplesFor } from "./examples.js";

const PLACES = ["in a worker", "in this page", "on the server"] as const;
export type Place = (typeof PLACES)[number];

/** A model to choose from; without a folder only the server runs it, and unserved it runs here alone. */
export interface Choice {
  readonly name: string;
  readonly folder: URL | null;
  readonly served: ListedSchema | null;
}

/** List the models that lie here, and those that the page's address names by their folders. */
export async function listChoices(named: readonly string[]): Promise<Choice[]> {
  const folders = named.filter((name) => name.includes("/")).map((name) => ({ name, folder: new URL(name, document.baseURI), served: null }));
  const rest = await listed().catch((error: unknown) => {
    if (folders.length > 0) return { models: [], server: false };
    throw error;
  });
  return [...folders, ...rest.models.map((model) => choiceOf(model, rest.server)).filter((choice) => placesOf(choice).length > 0)];
}

function choiceOf({ name, folder, schema }: Listed, server: boolean): Choice {
  return { name, folder: folder === null ? null : addressOf(folder), served: server ? schema : null };
}

/** Say where a model can run, the best place first. */
export function placesOf({ folder, served }: Choice): Place[] {
  return PLACES.filter((place) => (place === "on the server" ? served !== null : folder !== null));
}

const opened = new Map<string, Promise<Model>>();

/** Open a model where it shall run; one that was opened before is there at once. */
export function openChoice(choice: Choice, place: Place, opening: Opening): Promise<Model> {
  const key = `${choice.name} ${place}`;
  const model = opened.get(key) ?? open(choice, place, opening);
  opened.set(key, model);
  model.catch(() => opened.delete(key));
  return model;
}

async function open({ name, folder, served }: Choice, place: Place, opening: Opening): Promise<Model> {
  if (folder === null || place === "on the server") return remoteModel(name, served ?? {});
  const model = await (place === "in a worker" ? openFolder(folder, opening) : load(folder, opening));
  await model.predict(examplesFor(model.schema)); // the first texts pay for what is built once
  return model;
}

function remoteModel(name: string, { labels = {}, tasks = {} }: ListedSchema): Model {
  const named = (table: Readonly<Record<string, object>>): Label[] =>
    Object.entries(table).map(([label, body]) => ({ meaning: "", ...body, name: label }));
  const schema: Schema = {
    name,
    labels: named(labels),
    tasks: Object.entries(tasks).map(([task, body]) => {
      return { name: task, labels: named(body.labels ?? {}), multiple: body.multiple === true, meaning: "" };
    }),
    rules: [],
    open: true,
  };
  return { schema, predict: (texts, options) => ask(name, texts, options?.signal), close: () => undefined };
}

async function ask(name: string, texts: readonly string[], signal: AbortSignal | undefined): Promise<Annotation[]> {
  const response = await fetch(new URL(`v1/models/${encodeURIComponent(name)}/predict`, ROOT), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ texts, offsets: "utf16" }),
    signal: signal ?? null,
  }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw new Error(`the server cannot be reached (${(error as Error).message})`);
  });
  if (!response.ok) throw new Error(await reasonOf(response));
  const { annotations } = (await response.json()) as { annotations: Partial<Annotation>[] };
  return annotations.map(({ spans, categories }) => ({ spans: spans ?? null, categories: categories ?? null }));
}

/** Say why there is no answer. Whatever stands between page and server may answer too, and then not in JSON. */
async function reasonOf(response: Response): Promise<string> {
  const problem = (await response.json().catch(() => null)) as { readonly detail?: string } | null;
  return problem?.detail ?? `the server answered ${response.status}`;
}
