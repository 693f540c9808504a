/** What a `config.json` says of a network that marks spans of words, whatever its graph. */

import { type Nesting, nestingOf } from "../decode.js";
import { type Config, temperatureOf } from "../loading/folder.js";
import { type Schema, schemaFromData } from "../schema.js";
import { type Features, featuresFromData } from "./features.js";
import { type Window, windowFromData } from "./windows.js";

export interface SpanSettings {
  readonly schema: Schema;
  readonly nesting: Nesting;
  readonly features: Features;
  readonly window: Window;
  readonly temperature: number;
}

/** Read the settings. Throw `ModelError` for what is missing or not of this version. */
export function spanSettingsOf(config: Config): SpanSettings {
  const schema = schemaFromData(config["schema"]);
  return {
    schema,
    nesting: nestingOf(schema),
    features: featuresFromData(config["features"]),
    window: windowFromData(config["window"]),
    temperature: temperatureOf(config, "spans"),
  };
}
