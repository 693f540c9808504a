/** A model folder, wherever it lies: behind a URL in a page, or in Node also on disk. */

import { ModelError } from "../errors.js";
import { entriesOf, parseTables } from "./tables.js";

export type Config = Readonly<Record<string, unknown>>;

export interface Folder {
  /** The folder's URL, with a slash at its end. */
  readonly address: string;
  readonly config: Config;
  /** Read one file as text; its SHA-256 is checked when `config.json` states it. */
  read(name: string): Promise<string>;
  /** Read one file whose SHA-256 `config.json` must state. */
  readBytes(name: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Open a folder inside; the SHA-256 of its `config.json` must be stated. */
  inner(name: string): Promise<Folder>;
}

/** Open a folder by its URL, relative to the page; in Node also by its path. */
export async function openFolder(reference: string | URL): Promise<Folder> {
  const text = String(reference);
  const address = await addressOf(text.endsWith("/") ? text : `${text}/`);
  return folderAt(address, await fetchBytes(new URL("config.json", address)));
}

function folderAt(address: string, content: Uint8Array): Folder {
  const config = parseConfig(address, textOf("config.json", content));
  const read = async (name: string): Promise<Uint8Array<ArrayBuffer>> => {
    const bytes = await fetchBytes(new URL(name.split("/").map(encodeURIComponent).join("/"), address));
    await checkIntegrity(config, name, bytes);
    return bytes;
  };
  const readBytes = async (name: string): Promise<Uint8Array<ArrayBuffer>> => {
    if (statedSum(config, name) !== undefined) return read(name);
    throw new ModelError(`${address}config.json states no SHA-256 of ${name}. Export the model again`);
  };
  return {
    address,
    config,
    read: async (name) => textOf(name, await read(name)),
    readBytes,
    inner: async (name) => folderAt(`${address}${name}/`, await readBytes(`${name}/config.json`)),
  };
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

/** Make a whole address of one that is relative to the page, or in Node of a path. */
export async function addressOf(reference: string): Promise<string> {
  if (typeof document !== "undefined") return new URL(reference, document.baseURI).href;
  if (/^[a-z][a-z0-9+.-]+:/i.test(reference)) return new URL(reference).href;
  if (typeof location !== "undefined") return new URL(reference, location.href).href;
  const { pathToFileURL } = await import("node:url");
  return pathToFileURL(reference).href;
}

/** Fetch a file, in Node also from disk. */
export async function fetchBytes(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  if (url.protocol === "file:") return readFile(url);
  const response = await fetch(url).catch((error: unknown) => {
    throw new ModelError(`${url.href}: ${(error as Error).message}`);
  });
  if (!response.ok) throw new ModelError(`${url.href}: the server answered ${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function readFile(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  const { readFile: read } = await import("node:fs/promises");
  try {
    return new Uint8Array(await read(url));
  } catch (error) {
    throw new ModelError(`${url.href}: ${(error as Error).message}`);
  }
}

function parseConfig(address: string, text: string): Config {
  try {
    const config = parseTables(text);
    if (typeof config === "object" && config !== null && !Array.isArray(config)) return config as Config;
    throw new Error(`found ${typeof config}, expected an object`);
  } catch (error) {
    throw new ModelError(`${address}config.json: ${(error as Error).message}`);
  }
}

/** The SHA-256 that `config.json` states of a file, alone or beside its size. */
function statedSum(config: Config, name: string): string | undefined {
  const files = config["files"] as Readonly<Record<string, string | { readonly sha256?: string }>> | undefined;
  const stated = files?.[name];
  return typeof stated === "string" ? stated : stated?.sha256;
}

/** Compare with the stated SHA-256, where the page may compute one (over https or from localhost). */
async function checkIntegrity(config: Config, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const stated = statedSum(config, name);
  if (stated === undefined || globalThis.crypto?.subtle === undefined) return;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const found = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (found !== stated) throw new ModelError(`${name} is not the file that config.json names: its SHA-256 is ${found}`);
}

function textOf(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new ModelError(`${name}: not UTF-8. Save the file as UTF-8`);
  }
}
