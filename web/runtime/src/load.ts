import { ModelError } from "./errors.js";
import { type Folder, openFolder } from "./folder.js";
import type { Model } from "./model.js";
import { openRules } from "./rules.js";

const OPENERS: Readonly<Record<string, (folder: Folder) => Promise<Model>>> = { rules: openRules };

/**
 * Load a model folder from its URL; in Node also from its path.
 *
 * ```js
 * const model = await load("/models/job_titles.rules/");
 * const [annotation] = await model.predict(["Senior UX Researcher"]);
 * ```
 */
export async function load(folder: string | URL): Promise<Model> {
  const opened = await openFolder(folder);
  const kind = String(opened.config["kind"]);
  const open = Object.hasOwn(OPENERS, kind) ? OPENERS[kind] : undefined;
  if (open !== undefined) return open(opened);
  const known = Object.keys(OPENERS).join(", ");
  throw new ModelError(`${opened.address}config.json: unknown kind '${kind}'. This version runs: ${known}`);
}
