/** Loading over HTTP, from a server of our own. */

import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { load, ModelError, type Progress } from "textwright";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { sumOf } from "../runtime/src/loading/sums.js";
import { tallyOf } from "../runtime/src/loading/tally.js";

const RULES = 'language = 1\n[[phases]]\nname = "p"\nrules = [{ name = "r", match = "[TOWN: leeds]" }]\n';
const OTHER = `${RULES}# another version\n`;

/** A folder of which the server sends the files, and what it was asked. */
const folder = new Map<string, string>();
let asked: IncomingMessage[] = [];
let failures = 0;
let server: Server;
let address: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request);
    if (failures > 0 && failures-- > 0) return void request.socket.destroy();
    const content = folder.get((request.url ?? "").replace(/^\/|\?.*$/g, ""));
    if (content === undefined) response.statusCode = 404;
    response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => server.close());
afterEach(() => vi.unstubAllGlobals());

/** Put a rule set into the folder; `stated` changes what `config.json` says of its file. */
async function rules(content: string, stated: object = {}): Promise<string> {
  const bytes = new TextEncoder().encode(content);
  const facts = { size: bytes.length, sha256: await sumOf(bytes), ...stated };
  folder.clear();
  folder.set("config.json", JSON.stringify({ kind: "rules", rules: "rules.toml", files: { "rules.toml": facts } }));
  folder.set("rules.toml", content);
  asked = [];
  return facts.sha256 as string;
}

function names(): string[] {
  return asked.map(({ url }) => (url ?? "").slice(1));
}

/** Stands in for the browser's Cache Storage. */
class Kept {
  readonly files = new Map<string, Response>();
  readonly open = async (): Promise<unknown> => this;
  readonly match = async (url: string): Promise<Response | undefined> => this.files.get(url)?.clone();
  readonly put = async (url: string, response: Response): Promise<void> => void this.files.set(url, response);
  readonly keys = async (): Promise<{ url: string }[]> => [...this.files.keys()].map((url) => ({ url }));
  readonly delete = async (request: string | { url: string }): Promise<boolean> => this.files.delete(typeof request === "string" ? request : request.url);
}

describe("load over HTTP", () => {
  it("names the content in the address and sends headers", async () => {
    const sum = await rules(RULES);
    const model = await load(address, { headers: { "X-Key": "k" } });
    expect((await model.predict(["in Leeds"]))[0]?.spans?.length).toBe(1);
    expect(names()).toEqual(["config.json", `rules.toml?sha256=${sum}`]);
    expect(asked.map(({ headers }) => headers["x-key"])).toEqual(["k", "k"]);
  });

  it("asks once more after a fault of the network, and no third time", async () => {
    await rules(RULES);
    failures = 1;
    await load(address);
    failures = 2;
    await expect(load(address)).rejects.toThrow(ModelError);
    expect(failures).toBe(0);
  });

  it("fetches once what is asked for twice", async () => {
    await rules(RULES);
    await Promise.all([load(address), load(address)]);
    expect(names().length).toBe(2);
  });

  it("ends at once when it is given up, and others go on", async () => {
    await rules(RULES);
    const stop = new AbortController();
    const given = load(address, { signal: stop.signal });
    const other = load(address);
    stop.abort(new Error("enough"));
    await expect(given).rejects.toThrow("enough");
    expect((await other).schema.labels[0]?.name).toBe("TOWN");
    await expect(load(address, { signal: stop.signal })).rejects.toThrow("enough");
  });

  it.each([
    ["a changed file", RULES, { sha256: "00" }, /rules\.toml is not the file that config\.json names: its SHA-256 is/],
    ["a page instead of JSON", "<!doctype html>", null, /config\.json: found a page of HTML, expected JSON/],
    ["no folder", "", undefined, /config\.json: the server answered 404/],
  ])("refuses %s", async (_, content, stated, message) => {
    await rules(content, stated ?? {});
    if (stated === null) folder.set("config.json", content);
    if (stated === undefined) folder.clear();
    await expect(load(address)).rejects.toThrow(message);
  });

  it("knows all bytes beforehand", async () => {
    await rules(RULES);
    const seen: Progress[] = [];
    await load(address, { onProgress: (progress) => seen.push(progress) });
    const total = RULES.length;
    expect(new Set(seen.map((progress) => progress.total))).toEqual(new Set([total]));
    expect(seen.at(-1)).toEqual({ file: "rules.toml", loaded: total, total, from: "network" });
  });

  it("keeps files by their sum, and forgets those of the version before", async () => {
    const kept = new Kept();
    vi.stubGlobal("caches", kept);
    const sum = await rules(RULES);
    await load(address);
    const seen: Progress[] = [];
    await load(address, { onProgress: (progress) => seen.push(progress) });
    expect(names()).toEqual(["config.json", `rules.toml?sha256=${sum}`, "config.json"]);
    expect(seen.map(({ from }) => from)).toEqual(["cache"]);
    const other = await rules(OTHER);
    await load(address);
    expect([...kept.files.keys()]).toEqual([`${address}rules.toml?sha256=${other}`]);
    await load(address, { cache: false });
    expect(names().length).toBe(4);
  });

  it("fetches again what was damaged while it was kept", async () => {
    const kept = new Kept();
    vi.stubGlobal("caches", kept);
    const sum = await rules(RULES);
    await kept.put(`${address}rules.toml?sha256=${sum}`, new Response("damaged"));
    await load(address);
    expect(names().length).toBe(2);
  });
});

describe("a tally", () => {
  it("corrects a size that was stated wrongly, and never falls", () => {
    const seen: [number, number][] = [];
    const tally = tallyOf(({ loaded, total }) => seen.push([loaded, total]));
    tally.expect("a", 10);
    tally.expect("unused", 5);
    for (const loaded of [4, 2, 12]) tally.came("a", loaded, "network");
    tally.done("a", 12, "network");
    tally.end();
    expect(seen).toEqual([[4, 15], [4, 15], [12, 17], [12, 17], [12, 12]]);
  });

  it("takes a size from the host when nobody stated it", () => {
    const seen: number[] = [];
    const tally = tallyOf(({ total }) => seen.push(total));
    tally.came("a", 1, "network", 8);
    expect(seen).toEqual([8]);
  });
});
