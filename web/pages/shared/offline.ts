/** Keep the page for visits without network. The build puts this into every page. */

import { ROOT } from "./place.js";

async function keep(): Promise<void> {
  await navigator.serviceWorker.register(new URL("sw.js", ROOT), { scope: ROOT.pathname, updateViaCache: "none" });
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage({ visited: location.href });
}

// A host without it (or a private window that forbids it) has pages that need the network, and nothing else.
if ("serviceWorker" in navigator) void keep().catch(() => undefined);
