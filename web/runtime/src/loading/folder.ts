/** A model folder, wherever it lies: behind a URL in a page, or in Node also on disk. */

import { inFolder } from "./address.js";
import { ModelError } from "../errors.js";
import type { Bytes, Files } from "./files.js";
import { entriesOf, parseTables } from "./tables.js";

export type Config = Readonly<Record<string, unknown>>;

/** What `config.json` may name that no model runs. */
const FOR_PEOPLE = /(^|\/)(README\.md|parity\.json)$/;

export interface Folder {
  /** The folder's URL, with a slash at its end. */
  readonly address: string;
  readonly config: Config;
  /** Read one file as text; its SHA-256 is checked when `config.json` states it. */
  read(name: string): Promise<string>;
  /** Read one file whose SHA-256 `config.json` must state. */
  readBytes(name: string): Promise<Bytes>;
  /** Open a folder inside; the SHA-256 of its `config.json` must be stated. */
  inner(name: string): Promise<Folder>;
}

/** Open a folder by its whole URL. */
export async function openFolder(address: string, files: Files): Promise<Folder> {
  const content = await files.bytes({ url: inFolder(address, "config.json"), name: "config.json", fresh: true });
  return folderAt(address, "", content, files);
}

/** Make a folder of its `config.json`; `path` leads to it from the model's folder. */
function folderAt(address: string, path: string, content: Bytes, files: Files): Folder {
  const config = parseConfig(address, textOf("config.json", content));
  expectSizes(config, path, files);
  const read = (name: string): Promise<Bytes> =>
    files.bytes({ url: inFolder(address, name), name: path + name, sha256: stated(config, name).sha256 });
  const readBytes = async (name: string): Promise<Bytes> => {
    if (stated(config, name).sha256 !== undefined) return read(name);
    throw new ModelError(`${address}config.json states no SHA-256 of ${name}. Export the model again`);
  };
  return {
    address,
    config,
    read: async (name) => textOf(name, await read(name)),
    readBytes,
    inner: async (name) => folderAt(`${address}${name}/`, `${path}${name}/`, await readBytes(`${name}/config.json`), files),
  };
}

/** Count what will be loaded, as far as `config.json` states sizes. */
function expectSizes(config: Config, path: string, { tally }: Files): void {
  for (const name of Object.keys((config["files"] ?? {}) as object)) {
    const { size } = stated(config, name);
    if (size !== undefined && !FOR_PEOPLE.test(name)) tally.expect(path + name, size);
  }
}

/** Throw `ModelError` unless a folder is of the version that this runtime reads. */
export function checkVersion({ address, config }: Folder, version: number): void {
  if (config["version"] === version) return;
  const found = JSON.stringify(config["version"]) ?? "missing";
  throw new ModelError(`${address}config.json: version ${found}, this textwright reads version ${version}`);
}

/** Read what a layer's scores are divided by before they become probabilities. */
export function temperatureOf(config: Config, layer: string): number {
  const named = config["temperature"] ?? {};
  const found = typeof named === "object" ? (new Map(entriesOf(named)).get(layer) ?? 1) : named;
  if (typeof found === "number" && found > 0 && found < Infinity) return found;
  throw new ModelError(`the temperature of ${layer} is ${JSON.stringify(found)}, expected a number above 0`);
}

function parseConfig(address: string, text: string): Config {
  try {
    const config = parseTables(text);
    if (typeof config === "object" && config !== null && !Array.isArray(config)) return config as Config;
    throw new Error(`found ${typeof config}, expected an object`);
  } catch (error) {
    const isPage = text.trimStart().startsWith("<");
    const reason = isPage ? "found a page of HTML, expected JSON. Is it the address of a model folder?" : (error as Error).message;
    throw new ModelError(`${address}config.json: ${reason}`);
  }
}

/** What `config.json` states of a file: its SHA-256 alone, or beside its size. */
function stated(config: Config, name: string): { readonly sha256?: string; readonly size?: number } {
  const files = config["files"] as Readonly<Record<string, string | { readonly sha256?: string; readonly size?: number }>> | undefined;
  const found = files?.[name] ?? {};
  return typeof found === "string" ? { sha256: found } : found;
}

function textOf(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new ModelError(`${name}: not UTF-8. Save the file as UTF-8`);
  }
}
