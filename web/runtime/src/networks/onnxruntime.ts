/**
 * Load and start onnxruntime.
 *
 * It starts once for all graphs of a page, and once in each worker; what runs on a graphics card has one of its own.
 * The first graph that is opened decides how many threads there are, and its progress counts onnxruntime's bytes.
 */

import { addressOf } from "../loading/address.js";
import { ModelError } from "../errors.js";
import { type Bytes, filesOf, type Opening } from "../loading/files.js";
import type { Tally } from "../loading/tally.js";

export type OnnxRuntime = typeof import("onnxruntime-web/wasm");
export type Device = "wasm" | "webgpu";

/** The SHA-256 of each WebAssembly, unpacked; the build of the runtime writes it. */
declare const WASM_SUMS: Readonly<Record<Device, string>> | undefined;

/** About as many bytes has the WebAssembly packed, and as many unpacked. */
const PACKED: Readonly<Record<Device, number>> = { wasm: 2_900_000, webgpu: 5_100_000 };
const UNPACKED: Readonly<Record<Device, number>> = { wasm: 11_210_000, webgpu: 21_870_000 };

const started = new Map<Device, Promise<OnnxRuntime>>();

/** Take the graphics card only where there is one. */
export async function deviceFor({ device = "wasm" }: Opening): Promise<Device> {
  if (device !== "webgpu") return "wasm";
  const { gpu } = (globalThis.navigator ?? {}) as { readonly gpu?: { requestAdapter(): Promise<object | null> } };
  const adapter = await gpu?.requestAdapter().catch(() => null);
  return adapter ? "webgpu" : "wasm";
}

/** Start onnxruntime once; try again after a failure. */
export function start(device: Device, options: Opening): Promise<OnnxRuntime> {
  const known = started.get(device);
  if (known !== undefined) return known;
  const starting = begin(device, options).catch((error: unknown) => {
    started.delete(device);
    throw error;
  });
  started.set(device, starting);
  return starting;
}

async function begin(device: Device, options: Opening): Promise<OnnxRuntime> {
  const places = placesOf(device, options);
  const [runtime, binary] = await Promise.all([places.module(), binaryAt(places.wasm, device, options)]);
  runtime.env.logLevel = "error"; // a page's console is its own
  runtime.env.wasm.numThreads = threadsFor(options);
  runtime.env.wasm.wasmPaths = { mjs: places.glue.href };
  runtime.env.wasm.wasmBinary = binary.buffer;
  return runtime;
}

/** How many threads to start: more than one share memory, which browsers allow isolated pages alone, and WebKitGTK none. */
function threadsFor({ threads = 1 }: Opening): number {
  if (globalThis.crossOriginIsolated !== true || typeof SharedArrayBuffer === "undefined") return 1;
  return Math.max(1, Math.min(Math.floor(threads), navigator.hardwareConcurrency));
}

interface Places {
  readonly module: () => Promise<OnnxRuntime>;
  readonly glue: URL;
  readonly wasm: URL;
}

/** Where the files lie. The names stand whole in the text, so that bundlers find and copy them. */
function placesOf(device: Device, { wasm, webgpu }: Opening): Places {
  if (device === "wasm") {
    return {
      module: () => import("onnxruntime-web/wasm"),
      glue: new URL(/* @vite-ignore */ "./onnxruntime.glue.js", import.meta.url),
      wasm: wasm === undefined ? new URL(/* @vite-ignore */ "./onnxruntime.wasm.gz", import.meta.url) : new URL(addressOf(String(wasm))),
    };
  }
  const folder = webgpu === undefined ? import.meta.url : addressOf(`${String(webgpu).replace(/\/$/, "")}/`);
  return {
    module: () => webgpuModule(new URL("onnxruntime.webgpu.js", folder)),
    glue: new URL("onnxruntime.webgpu.glue.js", folder),
    wasm: new URL("onnxruntime.webgpu.wasm.gz", folder),
  };
}

async function webgpuModule(address: URL): Promise<OnnxRuntime> {
  try {
    return (await import(/* @vite-ignore */ address.href)) as OnnxRuntime;
  } catch (error) {
    throw new ModelError(
      `${address.href}: ${(error as Error).message}. The files for WebGPU (onnxruntime.webgpu.js, .glue.js and .wasm.gz) are in the ` +
        "npm package textwright: put them beside the runtime, or name their folder by the option webgpu",
    );
  }
}

/** Get the WebAssembly, whoever gives up waiting for it: it is for all. */
async function binaryAt(url: URL, device: Device, { wasm, cache = true, files }: Opening): Promise<Bytes> {
  const tally = files && countedPacked(files.tally, device);
  const name = url.pathname.slice(url.pathname.lastIndexOf("/") + 1);
  tally?.expect(name, PACKED[device]);
  const sha256 = wasm === undefined && typeof WASM_SUMS !== "undefined" ? WASM_SUMS[device] : undefined;
  const own = filesOf(url.href, { cache }, tally);
  const binary = await own.bytes({ url, name, sha256, statedBy: "this runtime", unpack: (bytes) => unpacked(url, bytes) });
  await own.forgetOthers();
  return binary;
}

/** Count the WebAssembly as it is packed, also where it was kept unpacked or the host unpacks it on the way and states no size. */
function countedPacked(tally: Tally, device: Device): Tally {
  const packed = (bytes: number): number => Math.round((bytes * PACKED[device]) / UNPACKED[device]);
  return {
    ...tally,
    came: (file, loaded, from, size) => tally.came(file, size === undefined ? packed(loaded) : loaded, from, size),
    done: (file, size, from) => tally.done(file, size > 2 * PACKED[device] ? packed(size) : size, from),
  };
}

/** Unpack a gzip file; a server may have done so on the way. */
async function unpacked(address: URL, content: Bytes): Promise<Bytes> {
  if (content[0] === 0x1f && content[1] === 0x8b) {
    const stream = new Blob([content]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }
  if (content[0] === 0 && content[1] === 0x61) return content;
  throw new ModelError(`${address.href} is no WebAssembly. It lies beside the runtime, or where the option wasm says`);
}
