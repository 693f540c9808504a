/**
 * Files kept in the browser's Cache Storage, under their address with their SHA-256; each folder has a cache of its own.
 *
 * Keeping is a convenience: where there is no Cache Storage (Node, private mode, a page over http), or where it is
 * full or broken, files come over the network as if nothing had been kept.
 */

type Bytes = Uint8Array<ArrayBuffer>;

/** What is kept of one folder. */
export interface Kept {
  take(address: string): Promise<Bytes | undefined>;
  keep(address: string, bytes: Bytes): Promise<void>;
  forget(address: string): Promise<void>;
  /** Forget what is no longer in use, such as files of an older version. */
  forgetOthers(used: ReadonlySet<string>): Promise<void>;
}

/** Open what is kept of a folder. */
export function keptOf(folder: string): Kept {
  const quietly = async <T>(step: (cache: Cache) => Promise<T>): Promise<T | undefined> => {
    try {
      return await step(await caches.open(`textwright ${folder}`));
    } catch {
      return undefined;
    }
  };
  return {
    take: (address) => quietly(async (cache) => bytesOf(await cache.match(address))),
    keep: async (address, bytes) => void (await quietly((cache) => cache.put(address, responseOf(bytes)))),
    forget: async (address) => void (await quietly((cache) => cache.delete(address))),
    forgetOthers: async (used) => {
      await quietly(async (cache) => {
        const old = (await cache.keys()).filter(({ url }) => !used.has(url));
        await Promise.all(old.map((request) => cache.delete(request)));
      });
    },
  };
}

/** Keeps nothing. */
export const NOTHING_KEPT: Kept = {
  take: async () => undefined,
  keep: async () => undefined,
  forget: async () => undefined,
  forgetOthers: async () => undefined,
};

async function bytesOf(response: Response | undefined): Promise<Bytes | undefined> {
  return response === undefined ? undefined : new Uint8Array(await response.arrayBuffer());
}

function responseOf(bytes: Bytes): Response {
  const headers = { "Content-Type": "application/octet-stream", "Content-Length": String(bytes.length) };
  return new Response(bytes, { headers });
}
