import { ModelError } from "./errors.js";
import { type Folder, openFolder } from "./folder.js";
import type { LoadOptions, Model } from "./model.js";
import { openNetwork } from "./network.js";
import { openRules } from "./rules.js";

type Open = (folder: Folder, options: LoadOptions) => Promise<Model>;

const OPENERS: Readonly<Record<string, Open>> = { network: openNetwork, rules: openRules };

/**
 * Load a model folder from its URL; in Node also from its path.
 *
 * ```js
 * const model = await load("/models/job_titles/");
 * const [annotation] = await model.predict(["Senior UX Researcher"]);
 * ```
 */
export async function load(folder: string | URL, options: LoadOptions = {}): Promise<Model> {
  const opened = await openFolder(folder);
  const kind = String(opened.config["kind"]);
  const open = Object.hasOwn(OPENERS, kind) ? OPENERS[kind] : undefined;
  if (open !== undefined) return open(opened, options);
  const known = Object.keys(OPENERS).join(", ");
  throw new ModelError(`${opened.address}config.json: unknown kind '${kind}'. This version runs: ${known}`);
}
