/**
 * Answers the texts of a job in Node and tells what that took: node.py runs it.
 *
 * node node.mjs RUNTIME FOLDER leaves `found.json` in the job's folder; without a runtime it tells what an empty Node takes.
 */

import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { measured, opened } from "./measuring.mjs";

const [runtime, folder] = process.argv.slice(2);
const readJob = (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));

/** The most memory that the process ever held; what `resourceUsage` says on Linux begins with the peak of who started it. */
function peak() {
  const status = "/proc/self/status";
  if (!existsSync(status)) return process.resourceUsage().maxRSS * 1024;
  const found = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(status, "utf8"));
  return found === null ? null : Number(found[1]) * 1024;
}

async function figures() {
  if (runtime === "") return {};
  const { load, offsetsOf } = await import(pathToFileURL(runtime).href);
  const { unable, model, opening } = await opened(load, join(folder, "model"), readJob("first.json"), 0);
  if (unable) return { unable };
  const found = await measured(model, offsetsOf, { texts: readJob("texts.json"), ...readJob("sample.json") });
  model.close?.();
  return { ...found, opening };
}

async function found() {
  try {
    return { ...(await figures()), memory_bytes: peak(), version: `Node ${process.versions.node}` };
  } catch (error) {
    return { error: String(error.message ?? error) };
  }
}

// Who started this process holds its standard input open; when that closes, nobody waits for the
// answers any more, and nobody is left to remove the folder.
process.stdin
  .on("end", () => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(1);
  })
  .resume();
writeFileSync(join(folder, "found.json"), JSON.stringify(await found()));
process.exit(0);
