/** Open the model that a page is about, with its progress shown, or say how to get it. */

import { load, type LoadOptions, type Model } from "textwright";
import { element } from "../../components/drawing.js";
import { addressOf, listed } from "./listed.js";

/** How far loading is, in bytes of all files together; `file` is the one of which bytes came last. */
export interface Progress {
  readonly file: string;
  readonly loaded: number;
  readonly total: number;
  readonly from: "network" | "cache";
}

export interface Opening {
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

interface PageLoad extends LoadOptions, Opening {
  readonly worker: boolean;
}

/**
 * Open a model of the pages by its name, in a worker so that typing never waits. `?model=FOLDER/` in the page's address
 * names another one. Throw an error that says what to run when there is no such model.
 *
 * ```ts
 * const loading = showLoading(find("status", HTMLElement), "emotion");
 * const model = await openPageModel("emotion", loading).finally(loading.end);
 * ```
 */
export async function openPageModel(name: string, opening: Opening = {}): Promise<Model> {
  const named = new URLSearchParams(location.search).get("model");
  return openFolder(named?.includes("/") ? new URL(named, document.baseURI) : await folderOf(name), opening);
}

/** Open a model from its folder, in a worker. */
export function openFolder(folder: URL, { onProgress, signal }: Opening = {}): Promise<Model> {
  const options: PageLoad = { worker: true, ...(onProgress && { onProgress }), ...(signal && { signal }) };
  return load(folder, options);
}

async function folderOf(name: string): Promise<URL> {
  const { models } = await listed();
  const found = models.find((model) => model.name === name);
  if (found !== undefined && found.folder !== null) return addressOf(found.folder);
  const why = found === undefined ? "is not here" : "runs on the server alone";
  throw new Error(`This page needs the model ${name}, which ${why}. Serve it: textwright serve ${name}`);
}

/** What `showLoading` gives: pass it as the opening, and call `end` when the model is there or failed. */
export interface Loading {
  readonly onProgress: (progress: Progress) => void;
  readonly end: () => void;
}

/** Show in an element that a model is being loaded, with a bar. It says so once, so that screen readers do not count. */
export function showLoading(place: HTMLElement, name: string): Loading {
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", `Loading ${name}`);
  const size = element("span", "size");
  size.setAttribute("aria-hidden", "true");
  const shown = element("span", "loading", `Loading the model ${name} …`, bar, size);
  place.replaceChildren(shown);
  const onProgress = ({ loaded, total }: Progress): void => {
    if (total > 0) Object.assign(bar, { max: total, value: Math.min(loaded, total) });
    size.textContent = `${megabytes(loaded)}${total > loaded ? ` of ${megabytes(total)}` : ""} MB`;
  };
  return { onProgress, end: () => shown.remove() };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
