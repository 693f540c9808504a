/** The models that the page can use: run here from their files, or asked for from the server. */

import { type Annotation, type Label, load, type Model, type Schema } from "textwright";

const PLACES = ["in this page", "on the server"] as const;
export type Place = (typeof PLACES)[number];

/** A model to choose from; without a folder only the server runs it, unserved only the page. */
export interface Choice {
  readonly name: string;
  readonly folder: string | null;
  readonly served: boolean;
}

interface Served {
  readonly name: string;
  readonly folder: string | null;
  readonly schema: {
    readonly labels?: Readonly<Record<string, object>>;
    readonly tasks?: Readonly<Record<string, { readonly labels?: Readonly<Record<string, object>>; readonly multiple?: boolean }>>;
  };
}

export interface Opened {
  readonly model: Model;
  readonly where: Place;
}

const opened = new Map<string, Promise<Model>>();

/** List the models: the folder that the address names as `?model=`, or else what the server has. */
export async function listModels(): Promise<Choice[]> {
  const named = new URLSearchParams(location.search).get("model");
  if (named !== null) return [{ name: named, folder: named, served: false }];
  const response = await fetch("v1/models");
  if (!response.ok) throw new Error("no server lists models here. Name a model folder in the address: ?model=FOLDER/");
  const { models } = (await response.json()) as { models: Served[] };
  return models.map(({ name, folder }) => ({ name, folder, served: true }));
}

/** Say where a model can run, the best place first. */
export function placesOf({ folder, served }: Choice): Place[] {
  return PLACES.filter((place) => (place === "in this page" ? folder !== null : served));
}

/** Open a model where it shall run, or else where it can; one that was opened before is there at once. */
export async function openModel(choice: Choice, wanted: Place): Promise<Opened> {
  const places = placesOf(choice);
  const where = places.includes(wanted) ? wanted : (places[0] as Place);
  const key = `${choice.name} ${where}`;
  const model = opened.get(key) ?? open(choice, where);
  opened.set(key, model);
  model.catch(() => opened.delete(key));
  return { model: await model, where };
}

function open({ name, folder }: Choice, where: Place): Promise<Model> {
  if (folder === null || where === "on the server") return remoteModel(name);
  return load(new URL(folder.replace(/^\//, ""), document.baseURI));
}

async function remoteModel(name: string): Promise<Model> {
  const response = await fetch("v1/models");
  const { models } = (await response.json()) as { models: Served[] };
  const { labels = {}, tasks = {} } = models.find((served) => served.name === name)?.schema ?? {};
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
  return { schema, predict: (texts) => ask(name, texts), close: () => undefined };
}

async function ask(name: string, texts: readonly string[]): Promise<Annotation[]> {
  const response = await fetch(`v1/models/${name}/predict`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ texts, offsets: "utf16" }),
  });
  const answer = (await response.json()) as { annotations: Partial<Annotation>[]; detail?: string };
  if (!response.ok) throw new Error(answer.detail ?? `the server answered ${response.status}`);
  return answer.annotations.map(({ spans, categories }) => ({ spans: spans ?? null, categories: categories ?? null }));
}
