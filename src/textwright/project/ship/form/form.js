/**
 * A form that fills itself: somebody types a text, and what the model finds in it goes into the fields.
 *
 *     <div data-model="model/">                          the model's folder, as seen from the page
 *       <textarea data-text></textarea>                  where the text is typed
 *       <input data-label="BRAND">                       gets the parts that the model marks as BRAND
 *       <select data-task="topic"> ... </select>         gets the answer to a question about the whole text
 *       <fieldset data-task="topics"> ... </fieldset>    the same with checkboxes: there may be several answers
 *       <p data-status role="status"></p>                says how far it is
 *     </div>
 *     <script type="module" src="form.js"></script>
 *
 * What a person typed or chose is never overwritten. The model runs in a worker of the page: no text leaves it.
 * The runtime lies beside this file, in runtime/.
 */

import { latest, load } from "./runtime/textwright.js";

const FIELDS = "[data-label], [data-task]";
const PAUSE = 800; // ms without a key press before the status says what was filled

/** Let a form fill itself. Return what ends that: `close()`. */
export function fill(place) {
  const source = place.querySelector("[data-text]");
  const status = place.querySelector("[data-status]");
  const stop = new AbortController();
  let model, ask, telling;

  const say = (words) => {
    if (status !== null) status.textContent = words;
  };

  async function answer() {
    const text = source.value;
    try {
      const annotation = await ask?.(text);
      if (annotation === undefined || stop.signal.aborted) return; // no model yet, or somebody typed on
      fillFields(place, text, annotation);
      clearTimeout(telling);
      telling = setTimeout(() => say(summary(place)), PAUSE);
    } catch (error) {
      say(`The model cannot answer: ${error.message}`);
    }
  }

  async function open() {
    const folder = new URL(place.dataset.model || "model/", document.baseURI).href;
    say("Loading the model \u2026");
    try {
      const onProgress = ({ loaded, total }) => say(`Loading the model \u2026 ${Math.round((100 * loaded) / total)} %`);
      model = await load(folder, { worker: true, signal: stop.signal, onProgress });
    } catch (error) {
      if (!stop.signal.aborted) say(`The model could not be loaded: ${error.message}`);
      return;
    }
    const newest = latest(model);
    ask = (text) => newest.predict(text);
    say("Type a text.");
    if (source.value !== "") await answer();
  }

  for (const field of place.querySelectorAll(FIELDS)) if (holds(field)) field.dataset.by = "person";
  const listen = (kind, listener) => place.addEventListener(kind, listener, { signal: stop.signal });
  const heard = ({ target }) => {
    if (target === source) void answer();
    else owned(target);
  };
  listen("input", heard);
  listen("change", ({ target }) => target !== source && owned(target)); // what a browser fills in by itself
  listen("reset", () => setTimeout(() => (disown(place), say("Type a text."), source.focus())));
  listen("submit", (event) => event.target.hasAttribute("action") || event.preventDefault());
  void open();

  return {
    close() {
      stop.abort();
      clearTimeout(telling);
      model?.close();
    },
  };
}

/** A field that a person has changed is theirs from then on. */
function owned(target) {
  const field = target.closest(FIELDS);
  if (field !== null) field.dataset.by = "person";
}

function disown(place) {
  for (const field of place.querySelectorAll(FIELDS)) delete field.dataset.by;
}

/** Whether somebody has filled a field already. */
function holds(field) {
  return boxes(field).some(({ checked }) => checked) || (field.value ?? "") !== "";
}

function boxes(field) {
  return [...field.querySelectorAll("input[type=checkbox]")];
}

/** Put what was found into the fields that are nobody's. Offsets are JavaScript's: `text.slice(start, end)`. */
function fillFields(place, text, { spans, categories }) {
  for (const field of place.querySelectorAll(FIELDS)) {
    if (field.dataset.by === "person") continue;
    const { label, task } = field.dataset;
    const parts = label === undefined ? answers(categories, task) : marked(text, spans, label);
    put(field, parts);
    if (parts.length > 0 && text.trim() !== "") field.dataset.by = "model";
    else delete field.dataset.by;
  }
  place.dispatchEvent(new CustomEvent("filled", { bubbles: true, detail: { text, spans, categories } }));
}

/** The parts of the text with a label, each once. */
function marked(text, spans, label) {
  const found = (spans ?? []).filter((span) => span.label === label);
  return [...new Set(found.map(({ start, end }) => text.slice(start, end).replace(/\s+/g, " ")))];
}

function answers(categories, task) {
  return (categories ?? []).filter((each) => each.task === task).map(({ label }) => label);
}

function put(field, parts) {
  const several = boxes(field);
  for (const box of several) box.checked = parts.includes(box.value);
  if (several.length > 0) return;
  if (field.localName === "select") field.value = parts[0] ?? "";
  else field.value = parts.join(", ");
}

function summary(place) {
  const fields = [...place.querySelectorAll(FIELDS)];
  const filled = fields.filter(({ dataset }) => dataset.by === "model").map(({ dataset }) => dataset.label ?? dataset.task);
  return filled.length === 0 ? "Nothing found in this text." : `Filled: ${filled.join(", ")}.`;
}

for (const place of document.querySelectorAll("[data-model]")) fill(place);
