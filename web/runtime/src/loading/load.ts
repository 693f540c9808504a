import { addressOf } from "./address.js";
import { ModelError } from "../errors.js";
import { filesOf, type Opening } from "./files.js";
import { type Folder, openFolder } from "./folder.js";
import { openJoint } from "../networks/joint.js";
import { openLinear } from "../networks/linear.js";
import type { LoadOptions, Model } from "../model.js";
import { openNetwork } from "../networks/network.js";
import { openRules } from "../rules/rules.js";
import { openText } from "../networks/text.js";
import { openTransformer } from "../networks/transformer.js";
import { hasWorkers, loadInWorker } from "../worker/remote.js";

type Open = (folder: Folder, options: Opening) => Promise<Model>;

const OPENERS: Readonly<Record<string, Open>> = {
  joint: (folder, options) => openJoint(folder, (part) => openKind(part, options)),
  linear: openLinear,
  network: openNetwork,
  rules: openRules,
  text_network: openText,
  transformer: openTransformer,
};

/**
 * Load a model folder from its URL; in Node also from its path. Throw `ModelError` when it cannot be used.
 *
 * ```js
 * const model = await load("/models/job_titles/");
 * const [annotation] = await model.predict(["Senior UX Researcher"]);
 * ```
 */
export async function load(folder: string | URL, options: LoadOptions = {}): Promise<Model> {
  const named = String(folder);
  const address = addressOf(named.endsWith("/") ? named : `${named}/`);
  return options.worker === true && hasWorkers() ? loadInWorker(address, options) : loadHere(address, options);
}

async function loadHere(address: string, options: LoadOptions): Promise<Model> {
  const files = filesOf(address, options);
  const model = await openKind(await openFolder(address, files), { ...options, files });
  files.tally.end();
  await files.forgetOthers();
  if (options.signal?.aborted === true) model.close();
  options.signal?.throwIfAborted();
  return model;
}

async function openKind(folder: Folder, options: Opening): Promise<Model> {
  const kind = String(folder.config["kind"]);
  const open = Object.hasOwn(OPENERS, kind) ? OPENERS[kind] : undefined;
  if (open !== undefined) return open(folder, options);
  const known = Object.keys(OPENERS).join(", ");
  throw new ModelError(`${folder.address}config.json: unknown kind '${kind}'. This version runs: ${known}`);
}
