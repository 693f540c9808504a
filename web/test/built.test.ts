/** Every script that is built runs in the oldest engines that docs/in-your-page.md names. */

import { readdirSync, readFileSync } from "node:fs";
import { parse } from "acorn";
import { describe, expect, test } from "vitest";

const SOURCE = new URL("../../src/textwright/", import.meta.url);
const FOLDERS = ["server/web/", "notebook/", "project/ship/form/"];
const SCRIPTS = FOLDERS.flatMap((folder) => {
  const names = readdirSync(new URL(folder, SOURCE), { recursive: true, encoding: "utf8" });
  return names.filter((name) => /\.m?js$/.test(name)).map((name) => folder + name);
});

function read(name: string): string {
  return readFileSync(new URL(name, SOURCE), "utf8");
}

/** Say what is not ASCII, as code points: an editor may not show it. */
function foreign(script: string): string[] {
  return [...new Set(script.match(/[^\x00-\x7f]/gu))].map((char) => `U+${(char.codePointAt(0) as number).toString(16)}`);
}

describe.each(SCRIPTS)("%s", (name) => {
  test("is ES2022 and nothing newer", () => {
    expect(() => parse(read(name), { ecmaVersion: 2022, sourceType: "module" })).not.toThrow();
  });

  test("is written in ASCII, so that no table of letters decides whether an engine reads it", () => {
    expect(foreign(read(name))).toEqual([]);
  });
});

test("the list holds what is served and what notebooks load", () => {
  for (const name of ["server/web/runtime/textwright.js", "server/web/annotate/annotate.js", "notebook/annotator.js"]) {
    expect(SCRIPTS).toContain(name);
  }
});
