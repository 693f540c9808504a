/** Open the model that a page is about, with its progress shown, or say how to get it. */

import { load, type Model } from "textwright";
import { element } from "../../components/drawing.js";
import { megabytes } from "./card_view.js";
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
 * Open a model of the pages by its name, in a worker so that typing never waits. `?model=FOLDER/` or `?model=NAME` in the
 * page's address names another one. Throw an error that says what to run when there is no such model.
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
  const named = new URLSearchParams(location.search).get("model") ?? name;
  return named.includes("/") ? new URL(named, document.baseURI) : folderOf(named);
}

/** Open a model from its folder, in a worker. */
export async function openFolder(folder: URL, { onProgress, signal, threads = 1 }: Opening = {}): Promise<Model> {
  const model = await load(folder, { worker: true, threads, ...(onProgress && { onProgress }), ...(signal && { signal }) });
  void keepVisit();
  return model;
}

async function folderOf(name: string): Promise<URL> {
  const { models, server } = await listed();
  const found = models.find((model) => model.name === name);
  if (found !== undefined && found.folder !== null) return addressOf(found.folder);
  const why = found === undefined ? "is not here" : "runs on the server alone";
  const names = [...new Set([...models.map((model) => model.name), name])].join(" ");
  const how = server ? `Serve it: textwright serve ${name}` : `Write the site with it: textwright pages FOLDER ${names}`;
  throw new Error(`This page needs the model ${name}, which ${why}. ${how}`);
}

/** What `showLoading` gives: pass it as the opening, and call `end` when the model is there or failed. */
export interface Loading {
  readonly onProgress: (progress: Progress) => void;
  readonly end: () => void;
}

/** Show in an element that a model is being loaded and then started, with a bar. Screen readers hear no count. */
export function showLoading(place: HTMLElement, name: string): Loading {
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", `Loading ${name}`);
  const size = element("span", "size");
  size.setAttribute("aria-hidden", "true");
  const told = document.createTextNode(`Loading the model ${name} …`);
  const shown = element("span", "loading", told, bar, size);
  place.replaceChildren(shown);
  const onProgress = ({ loaded, total }: Progress): void => {
    const isThere = total > 0 && loaded >= total;
    if (isThere) bar.removeAttribute("value"); // nobody knows how long a start takes
    else if (total > 0) Object.assign(bar, { max: total, value: loaded });
    const next = `${isThere ? "Starting" : "Loading"} the model ${name} …`;
    if (told.data !== next) told.data = next;
    size.textContent = `${megabytes(loaded)}${total > loaded ? ` of ${megabytes(total)}` : ""}`;
  };
  return { onProgress, end: () => shown.remove() };
}
