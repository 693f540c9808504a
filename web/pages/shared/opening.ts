/** Open the model that a page is about, with its progress shown, or say how to get it. */

import { load, type Model } from "textwright";
import { element } from "../../components/drawing.js";
import { addressOf, listed } from "./listed.js";
import { keepVisit } from "./offline.js";

/** How far loading is, in bytes of all files together; `file` is the one of which bytes came last. */
export interface Progress {
  readonly file: string;
  readonly loaded: number;
  readonly total: number;
  readonly from: "network" | "cache";
}

export interface Opening {
  /** Threads of a model that is worth them; 1 unless said. */
  readonly threads?: number;
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
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
  return openFolder(await pageFolder(name), opening);
}

/** Find the folder of a page's model: the one that the address names, or else by the model's name. */
export async function pageFolder(name: string): Promise<URL> {
  const named = new URLSearchParams(location.search).get("model");
  return named?.includes("/") ? new URL(named, document.baseURI) : folderOf(name);
}

/** Open a model from its folder, in a worker. */
export async function openFolder(folder: URL, { onProgress, signal, threads = 1 }: Opening = {}): Promise<Model> {
  const model = await load(folder, { worker: true, threads, ...(onProgress && { onProgress }), ...(signal && { signal }) });
  void keepVisit();
  return model;
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
