/** A file of the page, with how much of it is there. */

/** Hears how much of something is there, from 0 to 1. */
export type OnShare = (share: number) => void;

/** Fetch a file whole; `signal` gives it up. Throw an error that says what is missing. */
export async function fetchFile(address: string, onShare: OnShare, signal: AbortSignal | null = null): Promise<Blob> {
  const response = await fetch(address, { signal }).catch(() => undefined);
  if (response === undefined) throw new Error(`${nameOf(address)} could not be fetched: there is no network, and the browser has not kept it.`);
  if (!response.ok || response.body === null) throw new Error(`${nameOf(address)} could not be fetched: ${response.status} ${response.statusText}.`);
  const packed = response.headers.has("Content-Encoding"); // its length is then that of what is sent, not of what is read
  const total = packed ? 0 : Number(response.headers.get("Content-Length"));
  return new Response(counted(response.body, total, onShare)).blob();
}

/** Pass a stream on, and tell the share that has come where the total is known. */
function counted(body: ReadableStream<Uint8Array>, total: number, onShare: OnShare): ReadableStream<Uint8Array> {
  let loaded = 0;
  const count = new TransformStream<Uint8Array, Uint8Array>({
    transform(part, controller) {
      loaded += part.byteLength;
      if (total > 0) onShare(Math.min(1, loaded / total));
      controller.enqueue(part);
    },
  });
  return body.pipeThrough(count);
}

function nameOf(address: string): string {
  return address.slice(address.lastIndexOf("/") + 1);
}
