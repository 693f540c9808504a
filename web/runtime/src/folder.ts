/** A model folder, wherever it lies: behind a URL in a page, or in Node also on disk. */

import { ModelError } from "./errors.js";

type Config = Readonly<Record<string, unknown>>;

export interface Folder {
  /** The folder's URL, with a slash at its end. */
  readonly address: string;
  readonly config: Config;
  /** Read one file as text; its SHA-256 is checked when `config.json` states it. */
  read(name: string): Promise<string>;
}

/** Open a folder by its URL, relative to the page; in Node also by its path. */
export async function openFolder(reference: string | URL): Promise<Folder> {
  const address = await addressOf(reference);
  const config = parseConfig(address, textOf("config.json", await fetchBytes(new URL("config.json", address))));
  return {
    address,
    config,
    read: async (name) => {
      const bytes = await fetchBytes(new URL(name.split("/").map(encodeURIComponent).join("/"), address));
      await checkIntegrity(config, name, bytes);
      return textOf(name, bytes);
    },
  };
}

async function addressOf(reference: string | URL): Promise<string> {
  const text = String(reference);
  const withSlash = text.endsWith("/") ? text : `${text}/`;
  if (typeof document !== "undefined") return new URL(withSlash, document.baseURI).href;
  if (/^[a-z][a-z0-9+.-]+:/i.test(withSlash)) return new URL(withSlash).href;
  if (typeof location !== "undefined") return new URL(withSlash, location.href).href;
  const { pathToFileURL } = await import("node:url");
  return pathToFileURL(withSlash).href;
}

async function fetchBytes(url: URL): Promise<Uint8Array<ArrayBuffer>> {
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
    const config: unknown = JSON.parse(text);
    if (typeof config === "object" && config !== null) return config as Config;
    throw new Error(`found ${typeof config}, expected an object`);
  } catch (error) {
    throw new ModelError(`${address}config.json: ${(error as Error).message}`);
  }
}

/** Compare with the stated SHA-256, where the page may compute one (over https or from localhost). */
async function checkIntegrity(config: Config, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const files = config["files"] as Readonly<Record<string, { readonly sha256?: string }>> | undefined;
  const stated = files?.[name]?.sha256;
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
