/** The models that the page can use: run here from their files, or asked for from the server. */

import { type Annotation, load, type Model, type Schema } from "textwright";

/** A model to choose from; without a folder only the server runs it. */
export interface Choice {
  readonly name: string;
  readonly folder: string | null;
}

interface Served extends Choice {
  readonly schema: { readonly labels?: Readonly<Record<string, object>> };
}

export interface Opened {
  readonly model: Model;
  readonly where: string;
}

/** List the models: the folder that the address names as `?model=`, or else what the server has. */
export async function listModels(): Promise<Choice[]> {
  const named = new URLSearchParams(location.search).get("model");
  if (named !== null) return [{ name: named, folder: named }];
  const response = await fetch("v1/models");
  if (!response.ok) throw new Error("no server lists models here. Name a model folder in the address: ?model=FOLDER/");
  return ((await response.json()) as { models: Served[] }).models;
}

/** Open a model where it can run. */
export async function openModel({ name, folder }: Choice): Promise<Opened> {
  if (folder === null) return { model: await remoteModel(name), where: "on the server" };
  return { model: await load(new URL(folder.replace(/^\//, ""), document.baseURI)), where: "in this page" };
}

async function remoteModel(name: string): Promise<Model> {
  const response = await fetch("v1/models");
  const { models } = (await response.json()) as { models: Served[] };
  const labels = models.find((served) => served.name === name)?.schema.labels ?? {};
  const schema: Schema = {
    name,
    labels: Object.entries(labels).map(([label, body]) => ({ meaning: "", ...body, name: label })),
    tasks: [],
    rules: [],
    open: true,
  };
  return { schema, predict: (texts) => ask(name, texts) };
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
