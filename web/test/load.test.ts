import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { explains, load } from "textwright";
import { describe, expect, it } from "vitest";
import { entriesOf, parseTables } from "../runtime/src/loading/tables.js";

const RULES = `language = 1
[lists]
town = "towns #1.txt"
[[phases]]
name = "p"
rules = [{ name = "r", match = "[TOWN: {town}]" }]
`;

function folder(files: Record<string, string>): string {
  const made = mkdtempSync(join(tmpdir(), "model-"));
  const all = { "config.json": '{"kind": "rules", "rules": "rules.toml"}', "rules.toml": RULES, "towns #1.txt": "Leeds", ...files };
  for (const [name, content] of Object.entries(all)) writeFileSync(join(made, name), content);
  return made;
}

describe("load", () => {
  it("reads a folder by its path and by its URL", async () => {
    const path = folder({});
    for (const reference of [path, pathToFileURL(`${path}/`)]) {
      const model = await load(reference);
      expect(await model.predict(["in Leeds"])).toEqual([{ spans: [{ start: 3, end: 8, label: "TOWN" }], categories: null }]);
    }
  });

  it("explains a span", async () => {
    const model = await load(folder({}));
    if (!explains(model)) throw new Error("rules explain");
    expect(await model.explain("in Leeds")).toEqual([
      { span: { start: 3, end: 8, label: "TOWN" }, phase: "p", rule: "r", start: 3, end: 8 },
    ]);
  });

  it("takes the schema from config.json, from a file, or from the rules", async () => {
    const inline = '{"kind": "rules", "rules": "rules.toml", "schema": {"labels": {"TOWN": "A town."}}}';
    const named = '{"kind": "rules", "rules": "rules.toml", "schema": "s.toml"}';
    const labels = [{ name: "TOWN", meaning: "A town." }];
    expect((await load(folder({ "config.json": inline }))).schema.labels).toEqual(labels);
    const toml = { "config.json": named, "s.toml": '[labels]\nTOWN = "A town."' };
    expect((await load(folder(toml))).schema.labels).toEqual(labels);
    expect((await load(folder({}))).schema.labels).toEqual([{ name: "TOWN", meaning: "" }]);
  });

  it.each([
    ["no config", { "config.json": "" }, /config\.json: /],
    ["another kind", { "config.json": '{"kind": "magic"}' }, /unknown kind 'magic'\. This version runs: joint, linear, network, rules, text_network/],
    ["no rules named", { "config.json": '{"kind": "rules"}' }, /'rules' must name a file/],
    ["a missing file", { "rules.toml": 'language = 1\n[lists]\nx = "none.txt"' }, /none\.txt/],
    ["a wrong hash", { "config.json": '{"kind": "rules", "rules": "rules.toml", "files": {"rules.toml": {"sha256": "00"}}}' }, /its SHA-256 is/],
    ["a label that the schema lacks", { "config.json": '{"kind": "rules", "rules": "rules.toml", "schema": {"labels": ["X"]}}' }, /mark 'TOWN'/],
    ["rules outside", { "config.json": '{"kind": "rules", "rules": "../outside.toml"}' }, /outside\.toml lies outside/],
    ["rules of another host", { "config.json": '{"kind": "rules", "rules": "//evil.example/rules.toml"}' }, /evil\.example\/rules\.toml lies outside/],
    ["a schema at the root", { "config.json": '{"kind": "rules", "rules": "rules.toml", "schema": "/etc/passwd"}' }, /\/etc\/passwd lies outside/],
    ["brackets without end", { "config.json": "[".repeat(200_000) }, /config\.json: /],
    ["not UTF-8", { "rules.toml": RULES, "towns #1.txt": Buffer.from([0xff]) as unknown as string }, /not UTF-8/],
  ])("refuses %s", async (_, files, message) => {
    await expect(load(folder(files))).rejects.toThrow(message);
  });
});

describe("load of a network", () => {
  const graph = "x";
  const sha256 = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";
  const config = {
    kind: "network",
    version: 1,
    schema: { labels: ["A"] },
    features: { rows: 9, width: 4, word_hashes: 1, affixes: 0, ngrams: [] },
    window: { words: 192, stride: 128, reach: 8 },
    files: { "onnx/model.onnx": sha256 },
  };

  function network(changes: object): string {
    const made = folder({ "config.json": JSON.stringify({ ...config, ...changes }) });
    mkdirSync(join(made, "onnx"));
    writeFileSync(join(made, "onnx/model.onnx"), graph);
    return made;
  }

  it.each([
    ["another version", { version: 2 }, /config\.json: version 2, this textwright reads version 1/],
    ["no version", { version: undefined }, /version missing/],
    ["a changed graph", { files: { "onnx/model.onnx": "00" } }, /onnx\/model\.onnx is not the file .* its SHA-256 is 2d71/],
    ["a graph without a sum", { files: {} }, /states no SHA-256 of onnx\/model\.onnx/],
    ["no schema", { schema: undefined }, /config\.json: the schema is undefined, expected a table/],
    ["other features", { features: { rows: 9 } }, /config\.json: the features .* are not those of this version/],
    ["a window of no words", { window: { words: 0 } }, /config\.json: the window .* is none/],
    ["a temperature of nothing", { temperature: { spans: 0 } }, /config\.json: the temperature of spans is 0/],
    ["rules that bind a label twice", { schema: { labels: ["A", "B"], rules: bound("A", "A") } }, /A into itself/],
  ])("refuses %s", async (_, changes, message) => {
    await expect(load(network(changes))).rejects.toThrow(message);
  });

  function bound(outer: string, inner: string): object[] {
    return [{ kind: "exactly_one_inside", outer, inner }];
  }

  it("says when the WebAssembly is none", async () => {
    const place = network({});
    await expect(load(place, { wasm: join(place, "onnx/model.onnx") })).rejects.toThrow(/model\.onnx is no WebAssembly/);
    await expect(load(place, { wasm: join(place, "nothing.wasm") })).rejects.toThrow(/nothing\.wasm/);
  });
});

describe("tables", () => {
  it.each([
    ['{"b": 1, "a": 2}', [["b", 1], ["a", 2]]],
    ['{"good": 1, "5": 2, "10": {"3": 0}, "1": "\\"7\\": 8"}', [["good", 1], ["5", 2], ["10", new Map([["3", 0]])], ["1", '"7": 8']]],
  ])("keep the order of %s", (text, entries) => {
    expect(entriesOf(parseTables(text) as object)).toEqual(entries);
  });

  it("keep the order of labels", async () => {
    const schema = { labels: { z: "", "9": "" , "2": "" } };
    const text = JSON.stringify({ kind: "rules", rules: "rules.toml", schema }).replace('"2":"","9":"","z":""', '"z":"","9":"","2":"","TOWN":""');
    expect((await load(folder({ "config.json": text }))).schema.labels.map(({ name }) => name)).toEqual(["z", "9", "2", "TOWN"]);
  });
});
