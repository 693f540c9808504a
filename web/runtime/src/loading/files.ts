/** Get the files of one model: from what was kept, over the network, or in Node from disk; check, count and keep them. */

import { ModelError } from "../errors.js";
import { download } from "./download.js";
import { type Kept, keptOf, NOTHING_KEPT } from "./kept.js";
import type { LoadOptions } from "../model.js";
import { sumOf } from "./sums.js";
import { type Tally, tallyOf } from "./tally.js";

export type Bytes = Uint8Array<ArrayBuffer>;

/** A file that is wanted. */
export interface Wanted {
  readonly url: URL;
  /** Its name for people. */
  readonly name: string;
  /** What its content must sum up to; after unpacking where there is something to unpack. */
  readonly sha256?: string | undefined;
  /** Who states the sum. */
  readonly statedBy?: string;
  readonly unpack?: (bytes: Bytes) => Promise<Bytes>;
  /** Ask the host whether it has changed, however long it was to be kept. Its bytes are not counted: it tells those of the others. */
  readonly fresh?: boolean;
}

/** How the files of one model are got. */
export interface Files {
  readonly tally: Tally;
  /** Get a file. Throw `ModelError` when there is none or it has another SHA-256 than the stated. */
  bytes(wanted: Wanted): Promise<Bytes>;
  /** Forget what was kept and was not asked for, such as files of an older version. */
  forgetOthers(): Promise<void>;
}

/** The settings of `load` with what its files share. A kind of model takes them from `load` and gives them on. */
export interface Opening extends LoadOptions {
  readonly files?: Files;
}

/** Prepare to get files; those of `folder` are kept together. */
export function filesOf(folder: string, { cache = true, headers, signal, onProgress }: LoadOptions, tally = tallyOf(onProgress)): Files {
  const kept = cache && /^https?:/.test(folder) ? keptOf(folder) : NOTHING_KEPT;
  const used = new Set<string>();
  const fetched = ({ url, name, sha256, unpack, fresh = false }: Wanted): Promise<Bytes> => {
    if (url.protocol === "file:") return readFile(url);
    const address = unpack === undefined ? withSum(url, sha256) : url;
    const onBytes = (loaded: number, size?: number): void => tally.came(name, loaded, "network", size);
    return download(address, { headers, signal, fresh, ...(!fresh && { onBytes }) });
  };
  const taken = async ({ url, name, sha256 }: Wanted): Promise<Bytes | undefined> => {
    const { href } = withSum(url, sha256);
    used.add(href);
    const known = sha256 === undefined ? undefined : await takeChecked(kept, href, sha256);
    signal?.throwIfAborted();
    if (known !== undefined) tally.done(name, known.length, "cache");
    return known;
  };
  const got = async (wanted: Wanted): Promise<Bytes> => {
    const { url, name, sha256, unpack, fresh, statedBy = "config.json" } = wanted;
    const came = await fetched(wanted);
    const bytes = unpack === undefined ? came : await unpack(came);
    if (sha256 !== undefined) await checkSum(name, bytes, sha256, statedBy);
    if (sha256 !== undefined) await kept.keep(withSum(url, sha256).href, bytes);
    signal?.throwIfAborted();
    if (fresh !== true) tally.done(name, came.length, "network");
    return bytes;
  };
  return {
    tally,
    bytes: async (wanted) => (await taken(wanted)) ?? got(wanted),
    forgetOthers: () => kept.forgetOthers(used),
  };
}

/** Name the content in the address, so that what is kept anywhere on the way is never an older one. */
function withSum(url: URL, sha256: string | undefined): URL {
  if (sha256 === undefined || !/^https?:$/.test(url.protocol)) return url;
  const address = new URL(url);
  address.searchParams.set("sha256", sha256);
  return address;
}

/** Take a kept file; forget one that was damaged. */
async function takeChecked(kept: Kept, address: string, sha256: string): Promise<Bytes | undefined> {
  const bytes = await kept.take(address);
  if (bytes === undefined || (await sumOf(bytes)) === sha256) return bytes;
  await kept.forget(address);
  return undefined;
}

/** Compare with the stated SHA-256, where the page may compute one. */
async function checkSum(name: string, bytes: Bytes, stated: string, by: string): Promise<void> {
  const found = await sumOf(bytes);
  if (found === undefined || found === stated) return;
  throw new ModelError(`${name} is not the file that ${by} names: its SHA-256 is ${found}`);
}

async function readFile(url: URL): Promise<Bytes> {
  try {
    return new Uint8Array(await process.getBuiltinModule("node:fs/promises").readFile(url));
  } catch (error) {
    throw new ModelError(`${url.href}: ${(error as Error).message}`);
  }
}
