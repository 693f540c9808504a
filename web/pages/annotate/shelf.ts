/** Keeps the project and the texts ahead in the browser, so that a page opened without network has work. */

import type { Project, Task } from "./data.js";

const STORE = "kept";

export interface Kept {
  readonly project: Project;
  readonly tasks: readonly Task[];
  readonly place: number;
  readonly done: number;
  readonly left: number;
}

/** Read what was kept last; null where nothing is, or the browser keeps nothing. */
export async function readShelf(): Promise<Kept | null> {
  try {
    return ((await settled((await open()).transaction(STORE).objectStore(STORE).get("last"))) as Kept | undefined) ?? null;
  } catch {
    return null;
  }
}

/** Keep; false where the browser cannot. */
export async function writeShelf(kept: Kept): Promise<boolean> {
  try {
    await settled((await open()).transaction(STORE, "readwrite").objectStore(STORE).put(kept, "last"));
    return true;
  } catch {
    return false;
  }
}

let opened: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("textwright", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
