/** An encoder of whole texts, before and after its graph: the graph here is one that gives zeros. */

import { readFileSync } from "node:fs";
import { beforeEach, expect, test, vi } from "vitest";
import type { Config, Folder } from "../runtime/src/loading/folder.js";
import type { Graph } from "../runtime/src/networks/onnx.js";
import { openTransformer } from "../runtime/src/networks/transformer.js";

const AT = new URL("../../src/textwright/packs/emotion/model/", import.meta.url);
const TOPICS = 35;
const LONG = "I am furious. ".repeat(1_000);

const run = vi.hoisted(() => vi.fn<Graph["run"]>());
vi.mock("../runtime/src/networks/onnx.js", async (original) => ({
  ...(await original<object>()),
  openGraph: async (): Promise<Graph> => ({ run, close: () => undefined }),
}));

function shipped(): Folder {
  const read = async (name: string): Promise<string> => readFileSync(new URL(name, AT), "utf8");
  const config = JSON.parse(readFileSync(new URL("config.json", AT), "utf8")) as Config;
  return { address: AT.href, config, read, readBytes: async () => new Uint8Array(), inner: () => Promise.reject(new Error("none")) };
}

const zeros: Graph["run"] = async ({ ids }) => {
  const [windows = 0] = ids?.dims ?? [];
  return { scores: { data: new Float32Array(windows * TOPICS), dims: [windows, TOPICS] } };
};

beforeEach(() => void run.mockReset().mockImplementation(zeros));

test("one long text can be given up while it is read", async () => {
  const model = await openTransformer(shipped(), {});
  const stop = new AbortController();
  run.mockImplementation((inputs) => {
    setTimeout(() => stop.abort(new Error("enough")));
    return zeros(inputs);
  });
  await expect(model.score([LONG], { signal: stop.signal })).rejects.toThrow("enough");
  expect(run.mock.calls.length).toBeLessThan(5);
});

test("a long text is read in parts that are short enough to wait for", async () => {
  const model = await openTransformer(shipped(), {});
  await model.score([LONG]);
  const pieces = run.mock.calls.map(([{ ids }]) => ids?.data.length ?? 0);
  expect(Math.max(...pieces)).toBeLessThanOrEqual(512);
});
