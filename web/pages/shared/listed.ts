/** The models that lie beside the pages, by `models/index.json`: a server and a static site both have it. */

import { ROOT } from "./place.js";

/** The schema as `models/index.json` has it: tables by name. */
export interface ListedSchema {
  readonly labels?: Readonly<Record<string, object>>;
  readonly tasks?: Readonly<Record<string, { readonly labels?: Readonly<Record<string, object>>; readonly multiple?: boolean }>>;
}

/** A model; one without a folder runs on the server alone. */
export interface Listed {
  readonly name: string;
  readonly folder: string | null;
  readonly schema: ListedSchema;
}

export interface Catalogue {
  readonly models: readonly Listed[];
  /** Whether a server answers here, so that models can run there, too. A static site has none. */
  readonly server: boolean;
}

let asked: Promise<Catalogue> | undefined;

/** List the models; asked for once a visit. */
export function listed(): Promise<Catalogue> {
  asked ??= read();
  asked.catch(() => (asked = undefined));
  return asked;
}

async function read(): Promise<Catalogue> {
  const response = await fetch(new URL("models/index.json", ROOT)).catch(() => undefined);
  if (response === undefined) throw new Error("The list of models cannot be reached: there is no connection, and no earlier visit kept it.");
  if (!response.ok) throw new Error("No list of models lies here (models/index.json). Name a model's folder in the address: ?model=FOLDER/");
  const { models, server } = (await response.json()) as { models: Listed[]; server?: boolean };
  return { models, server: server === true };
}

/** The address of a model's folder. Absolute paths of the list count from the folder of the pages. */
export function addressOf(folder: string): URL {
  return new URL(folder.replace(/^\//, ""), ROOT);
}
