/**
 * Lets the pages open without network: each page that was visited, with the runtime and the lists that it used.
 *
 * What is named by its content comes from what is kept; all else comes from the network first, asked with what is known,
 * so that nothing is sent twice and no old file hides a new one. Models' files are kept by the runtime, not here, and
 * whatever else lies at the same host is left alone.
 */

interface Build {
  /** Changes with the content of any file. */
  readonly version: string;
  /** The files that each page needs to open, by its folder. */
  readonly pages: Readonly<Record<string, readonly string[]>>;
  /** The runtime's scripts. It keeps its WebAssembly by itself, as it does models' files. */
  readonly runtime: readonly string[];
}

export {};

/** Put in by the build. */
declare const __BUILD__: Build;

interface Waiting {
  waitUntil(work: Promise<unknown>): void;
}

interface Asked extends Waiting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface Told extends Waiting {
  readonly data: unknown;
}

interface Worker {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  addEventListener(name: "install" | "activate", listener: (event: Waiting) => void): void;
  addEventListener(name: "fetch", listener: (event: Asked) => void): void;
  addEventListener(name: "message", listener: (event: Told) => void): void;
}

const worker = self as unknown as Worker;
const { version, pages, runtime } = __BUILD__;
const ROOT = new URL("./", location.href);
/** Caches belong to a whole host: the path keeps those of two sites on one host apart. */
const OURS = `textwright-pages ${ROOT.pathname} `;
const CACHE = OURS + version;
const LIST = "models/index.json";
const CONFIG = /^models\/[^/]+\/config\.json$/;
const NEEDED = new Set(Object.values(pages).flat());
const HASHED = new Set([...NEEDED].filter((file) => file.startsWith("assets/")));
/** How long the network may take to begin an answer before what is kept will do, in milliseconds. */
const PATIENCE = 4000;

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(activate()));
worker.addEventListener("message", (event) => event.waitUntil(keepVisit(event.data)));
worker.addEventListener("fetch", (event) => {
  const path = pathOf(event.request);
  if (path === undefined) return;
  if (HASHED.has(path)) event.respondWith(keptFirst(path));
  else if (isOurs(path)) event.respondWith(networkFirst(path, event));
});

/**
 * The path of a request below the pages' folder; undefined for what is none of ours. A query changes no page, but for
 * the token of a run, which only the server can make a cookie.
 */
function pathOf({ method, mode, url }: Request): string | undefined {
  const { origin, pathname, search, searchParams } = new URL(url);
  if (method !== "GET" || origin !== ROOT.origin || !pathname.startsWith(ROOT.pathname)) return undefined;
  if (searchParams.has("token")) return undefined;
  return search === "" || mode === "navigate" ? pathIn(pathname) : undefined;
}

/** The path below the pages' folder. A page is named by its folder, with or without its file. */
function pathIn(pathname: string): string {
  return pathname.slice(ROOT.pathname.length).replace(/(^|\/)index\.html$/, "$1");
}

function isOurs(path: string): boolean {
  return NEEDED.has(path) || runtime.includes(path) || path === LIST || CONFIG.test(path);
}

async function keptFirst(path: string): Promise<Response> {
  const kept = await caches.match(addressOf(path), { cacheName: CACHE });
  return kept ?? keep(path, "default");
}

/** Ask the network, in vain only where nothing has changed; take what is kept when it does not answer. */
async function networkFirst(path: string, event: Waiting): Promise<Response> {
  const fresh = keep(path, "no-cache");
  event.waitUntil(fresh.catch(() => undefined));
  const kept = await caches.match(addressOf(path), { cacheName: CACHE });
  if (kept === undefined) return fresh;
  const patience = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), PATIENCE));
  return Promise.race([fresh.catch(() => kept), patience]);
}

/** Fetch a file and keep it. An answer that is none (404, say) is given back and not kept. */
async function keep(path: string, cache: RequestCache): Promise<Response> {
  const response = await fetch(addressOf(path), { cache, mode: "same-origin" });
  if (response.ok && !response.redirected) await (await caches.open(CACHE)).put(addressOf(path), response.clone());
  return response;
}

function addressOf(path: string): string {
  return new URL(path, ROOT).href;
}

/** Take over what the build before kept: the same pages, as they are now. Nothing that is the same is sent again. */
async function install(): Promise<void> {
  const visited = await pathsKept();
  const wanted = new Set([...visited.filter((path) => isOurs(path)), ...visited.flatMap((path) => pages[path] ?? [])]);
  await Promise.all([...wanted].map((path) => keep(path, "no-cache")));
  await worker.skipWaiting();
}

/** The paths that older builds kept. */
async function pathsKept(): Promise<string[]> {
  const kept = await Promise.all((await olderCaches()).map(async (name) => (await caches.open(name)).keys()));
  return kept.flat().flatMap(({ url }) => new URL(url).pathname.slice(ROOT.pathname.length));
}

async function olderCaches(): Promise<string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
}

async function activate(): Promise<void> {
  await Promise.all((await olderCaches()).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** Keep what a page has loaded before this worker was there: the browser has it, so that it is not sent again. */
async function keepVisit(data: unknown): Promise<void> {
  const { visited } = data as { readonly visited: string };
  const path = pathIn(new URL(visited).pathname);
  await Promise.all((pages[path] ?? []).map((file) => keepUnlessKept(file, "force-cache")));
  await Promise.all([LIST, ...runtime].map((file) => keepUnlessKept(file, "only-if-cached")));
  const list = await caches.match(addressOf(LIST), { cacheName: CACHE });
  const { models } = ((await list?.json()) ?? { models: [] }) as { readonly models: readonly { readonly name: string }[] };
  await Promise.all(models.map(({ name }) => keepUnlessKept(`models/${name}/config.json`, "only-if-cached")));
}

async function keepUnlessKept(path: string, cache: RequestCache): Promise<void> {
  if ((await caches.match(addressOf(path), { cacheName: CACHE })) !== undefined) return;
  await keep(path, cache).catch(() => undefined);
}
