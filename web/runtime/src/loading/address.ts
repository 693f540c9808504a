/** Addresses of folders and files. */

import { ModelError } from "../errors.js";

/** Make a whole address of one that is relative to the page, or in Node of a path. */
export function addressOf(reference: string): string {
  if (typeof document !== "undefined") return new URL(reference, document.baseURI).href;
  if (/^[a-z][a-z0-9+.-]+:/i.test(reference)) return new URL(reference).href;
  if (typeof location !== "undefined") return new URL(reference, location.href).href;
  return process.getBuiltinModule("node:url").pathToFileURL(reference).href;
}

/** The address of a file in a folder; names may hold any character. Throw `ModelError` for one that leads out of it. */
export function inFolder(address: string, name: string): URL {
  const found = new URL(name.split("/").map(encodeURIComponent).join("/"), address);
  if (found.href.startsWith(new URL(".", address).href)) return found;
  throw new ModelError(`${address}: ${name} lies outside. What a model folder names must stand in the folder`);
}
