import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { explains, load } from "textwright";
import { describe, expect, it } from "vitest";

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
    ["another kind", { "config.json": '{"kind": "magic"}' }, /unknown kind 'magic'\. This version runs: network, rules/],
    ["no rules named", { "config.json": '{"kind": "rules"}' }, /'rules' must name a file/],
    ["a missing file", { "rules.toml": 'language = 1\n[lists]\nx = "none.txt"' }, /none\.txt/],
    ["a wrong hash", { "config.json": '{"kind": "rules", "rules": "rules.toml", "files": {"rules.toml": {"sha256": "00"}}}' }, /its SHA-256 is/],
    ["a label that the schema lacks", { "config.json": '{"kind": "rules", "rules": "rules.toml", "schema": {"labels": ["X"]}}' }, /mark 'TOWN'/],
    ["not UTF-8", { "rules.toml": RULES, "towns #1.txt": Buffer.from([0xff]) as unknown as string }, /not UTF-8/],
  ])("refuses %s", async (_, files, message) => {
    await expect(load(folder(files))).rejects.toThrow(message);
  });
});
