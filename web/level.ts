/** The language level of all built files, and the plugin that brings them there. */

import type { Plugin } from "vite";

/**
 * ES2022: what Chrome 94, Firefox 93 and Safari 16.4 read, and every engine since. docs/in-your-page.md says so to users, and
 * test/built.test.ts reads each built file by a parser of that level.
 */
export const TARGET = "es2022";

/**
 * Keeps every built script in ASCII.
 *
 * An engine takes a name for a name only if its own version of Unicode has the letters: WebKit of 2025 refuses a file with the
 * bare key `\u1c89` of Unicode 16. So tables stay text until they run, and what is written in other letters is written as
 * escapes, which also packs no larger.
 */
export const ascii: Plugin = {
  name: "ascii",
  enforce: "pre",
  transform: {
    filter: { id: /\.json$/ },
    handler: (code) => ({ code: `export default JSON.parse(${JSON.stringify(escaped(JSON.stringify(JSON.parse(code))))});`, moduleType: "js" }),
  },
  generateBundle: {
    order: "pre", // what is told of the files later on, such as their sums, is told of these
    handler(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === "chunk") file.code = inAscii(file.fileName, file.code);
      }
    },
  },
};

/** Write what is not ASCII as escapes, which mean the same in strings, templates and regular expressions. */
function inAscii(name: string, code: string): string {
  const unsure = /\\[^\x00-\x7f]|String\.raw`[^`]*[^\x00-\x7f]/.exec(code);
  if (unsure !== null) throw new Error(`${name}: an escape would mean something else in ${JSON.stringify(unsure[0])}`);
  return escaped(code);
}

function escaped(text: string): string {
  return text.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
