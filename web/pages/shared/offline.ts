/** Keep the page for visits without network. The build puts this into every page. */

import { ROOT } from "./place.js";

/** Tell the service worker what was visited; it keeps what the browser has of it by then. */
export async function keepVisit(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage({ visited: location.href });
}

async function register(): Promise<void> {
  await navigator.serviceWorker.register(new URL("sw.js", ROOT), { scope: ROOT.pathname, updateViaCache: "none" });
  await keepVisit();
}

// A host without it (or a private window that forbids it) has pages that need the network, and nothing else.
if ("serviceWorker" in navigator) void register().catch(() => undefined);
