/** `<span-annotator>` with what belongs to it: importing this defines the element. */

import { SpanAnnotator } from "./span_annotator.js";

export { schemaFromData } from "../../runtime/src/schema.js";
export type { PastAct } from "./history.js";
export { type Command, COMMANDS, keyHelp, type Keymap, KeymapError, KEYS } from "./keymap.js";
export { type Problem, problemsOf, type Repair } from "./problems.js";
export { type State } from "./state.js";
export { describeKey, keyOf } from "./strokes.js";
export { actsFromData, initialFromData, stateFromData, stateToData, WireError } from "./wire.js";
export { SpanAnnotator };

if (customElements.get("span-annotator") === undefined) customElements.define("span-annotator", SpanAnnotator);

declare global {
  interface HTMLElementTagNameMap {
    "span-annotator": SpanAnnotator;
  }
}
