/** Keeps the project and the texts ahead in the browser, so that a page opened without network has work. */

import type { Project, Task } from "./data.js";

const STORE = "kept";
/** So long a page waits for what is kept, in milliseconds: WebKit may never answer after a page was left in a hurry. */
const PATIENCE = 3000;

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
    return ((await inTime(asked("readonly", (store) => store.get("last")))) as Kept | undefined) ?? null;
  } catch {
    return null;
  }
}

/** Keep; false where the browser cannot. */
export async function writeShelf(kept: Kept): Promise<boolean> {
  try {
    await inTime(asked("readwrite", (store) => store.put(kept, "last")));
    return true;
  } catch {
    return false;
  }
}

async function asked(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  return settled(ask((await open()).transaction(STORE, mode).objectStore(STORE)));
}

function inTime<T>(promise: Promise<T>): Promise<T> {
  return Promise.race([
    promise,
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error("the browser keeps nothing now")), PATIENCE)),
  ]);
}

// A page that is left, and may come back, holds up no other.
addEventListener("pagehide", () => {
  void opened?.then((database) => database.close()).catch(() => {});
  opened = null;
});

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
