import { ModelError } from "../errors.js";
import { type Folder, openFolder } from "./folder.js";
import { openJoint } from "../networks/joint.js";
import { openLinear } from "../networks/linear.js";
import type { LoadOptions, Model } from "../model.js";
import { openNetwork } from "../networks/network.js";
import { openRules } from "../rules/rules.js";
import { openText } from "../networks/text.js";

type Open = (folder: Folder, options: LoadOptions) => Promise<Model>;

const OPENERS: Readonly<Record<string, Open>> = {
  joint: (folder, options) => openJoint(folder, (part) => openKind(part, options)),
  linear: openLinear,
  network: openNetwork,
  rules: openRules,
  text_network: openText,
};

/**
 * Load a model folder from its URL; in Node also from its path.
 *
 * ```js
 * const model = await load("/models/job_titles/");
 * const [annotation] = await model.predict(["Senior UX Researcher"]);
 * ```
 */
export async function load(folder: string | URL, options: LoadOptions = {}): Promise<Model> {
  return openKind(await openFolder(folder), options);
}

async function openKind(folder: Folder, options: LoadOptions): Promise<Model> {
  const kind = String(folder.config["kind"]);
  const open = Object.hasOwn(OPENERS, kind) ? OPENERS[kind] : undefined;
  if (open !== undefined) return open(folder, options);
  const known = Object.keys(OPENERS).join(", ");
  throw new ModelError(`${folder.address}config.json: unknown kind '${kind}'. This version runs: ${known}`);
}
