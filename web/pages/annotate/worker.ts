/**
 * Lets the page open without network: keeps the page and its own files, and nothing else.
 *
 * The network always comes first, so that no old file hides a new one; what the API answers is never kept.
 */

interface Waiting {
  waitUntil(work: Promise<unknown>): void;
}

interface Asked extends Waiting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface Worker {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  addEventListener(name: "install" | "activate", listener: (event: Waiting) => void): void;
  addEventListener(name: "fetch", listener: (event: Asked) => void): void;
}

const worker = self as unknown as Worker;
const CACHE = "textwright-annotate";
const HOME = new URL("../", location.href);
const FILES = ["", "annotate/annotate.js", "annotate/annotate.css"];

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("fetch", (event) => {
  if (isOwn(event.request)) event.respondWith(answer(event));
});

async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES.map((file) => new URL(file, HOME).href));
  await worker.skipWaiting();
}

function isOwn({ method, url }: Request): boolean {
  const { origin, pathname, search } = new URL(url);
  if (method !== "GET" || origin !== HOME.origin || search !== "") return false;
  return FILES.some((file) => new URL(file, HOME).pathname === pathname);
}

async function answer({ request }: Asked): Promise<Response> {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request.url.replace(/#.*$/, ""), response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(request.url, { ignoreVary: true });
    if (kept !== undefined) return kept;
    throw error;
  }
}
