/** The rules predictor: lists and patterns that a person writes. See docs/rules.md. */

import { parse } from "smol-toml";
import { compileRules, type Program } from "./compiler.js";
import { explanationsOf, spansOf } from "./engine.js";
import { ModelError, within } from "../errors.js";
import type { Folder } from "../loading/folder.js";
import type { ExplainingModel, PredictOptions } from "../model.js";
import { listFiles, type RuleSet, ruleSetOf, withoutMark } from "./ruleset.js";
import { type Schema, schemaFromData, schemaOf } from "../schema.js";
import { inTurn } from "../turns.js";
import type { Annotation, Explanation } from "../types.js";

/** Marks what the rules say. It never fails for a text. */
export class RulesModel implements ExplainingModel {
  readonly schema: Schema;
  private readonly program: Program;

  /** Compile the rules. Throw `ModelError` that names the phase and rule at fault. */
  constructor(rules: RuleSet, schema?: Schema) {
    this.program = compileRules(rules);
    this.schema = schema ?? schemaOf(this.program.labels);
    const known = this.schema.labels.map((label) => label.name);
    const unknown = this.program.labels.find((label) => !known.includes(label));
    if (unknown === undefined || this.schema.open) return;
    throw new ModelError(`the rules mark '${unknown}', which the schema does not know. Known labels: ${known.join(", ")}`);
  }

  async predict(texts: readonly string[], options: PredictOptions = {}): Promise<Annotation[]> {
    return inTurn(texts, options, (some) => some.map((text) => ({ spans: spansOf(this.program, text), categories: null })));
  }

  async explain(text: string): Promise<Explanation[]> {
    return explanationsOf(this.program, text);
  }

  close(): void {
    // Nothing is held outside of JavaScript's memory.
  }
}

/** Make a model from the text of `rules.toml` and of each file that it names, as an editor of rules needs it. */
export function rulesModel(toml: string, files: Readonly<Record<string, string>> = {}): RulesModel {
  const data = decoded("rules.toml", toml);
  const missing = listFiles(data).find((name) => !Object.hasOwn(files, name));
  if (missing !== undefined) throw new ModelError(`rules.toml names the file ${missing}, which was not given`);
  return new RulesModel(ruleSetOf(data, new Map(Object.entries(files))));
}

/** Open a model folder of the kind `rules`. */
export async function openRules(folder: Folder): Promise<RulesModel> {
  const { rules, schema } = folder.config;
  if (typeof rules !== "string") throw new ModelError(`${folder.address}config.json: 'rules' must name a file`);
  const place = `${folder.address}${rules}`;
  const data = decoded(place, await folder.read(rules));
  const files = await readLists(folder, rules.slice(0, rules.lastIndexOf("/") + 1), listFiles(data));
  const known = await schemaIn(folder, schema);
  return within(place, () => new RulesModel(ruleSetOf(data, files), known));
}

/** Read the files of lists, which lie beside the rules. */
async function readLists(folder: Folder, beside: string, names: readonly string[]): Promise<Map<string, string>> {
  const outside = names.find((name) => name.startsWith("/") || name.split(/[\\/]/).includes(".."));
  if (outside !== undefined) throw new ModelError(`${outside}: outside the folder of the rule set; a rule set is one folder`);
  const contents = await Promise.all(names.map((name) => folder.read(beside + name)));
  return new Map(names.map((name, i) => [name, contents[i] as string]));
}

async function schemaIn(folder: Folder, schema: unknown): Promise<Schema | undefined> {
  if (schema === undefined) return undefined;
  if (typeof schema !== "string") return schemaFromData(schema);
  const text = await folder.read(schema);
  return schemaFromData(schema.endsWith(".toml") ? decoded(schema, text) : JSON.parse(text));
}

function decoded(where: string, text: string): Record<string, unknown> {
  try {
    return parse(withoutMark(text));
  } catch (error) {
    throw new ModelError(`${where}: ${(error as Error).message}`);
  }
}
