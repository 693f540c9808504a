/** Where the built pages lie: all addresses are taken from there, so that any folder of any host will do. */

// Each page's script lies in `assets/`. A bundler that saw the address whole would take it for a file of its own.
const SCRIPT: string = import.meta.url;

/** The folder of all pages, which holds `models/` and `runtime/`, too. */
export const ROOT = new URL("../", SCRIPT);
