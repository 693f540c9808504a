/** The templates around the text: tools, problems, palette, tasks, note. */

import type { Label, Task } from "textwright";
import { html, nothing, svg, type TemplateResult } from "lit";
import { classMap } from "lit/directives/class-map.js";
import { colourOf } from "../drawing.js";
import { coloured } from "./coloured.js";
import type { Repair } from "./problems.js";
import { proposals, sameCategory, sameSpan } from "./state.js";
import type { SpanAnnotator } from "./span_annotator.js";

type Part = TemplateResult | typeof nothing;

const MOST_PROBLEMS = 5;
const LONG_TEXT = 400;
const UNDO = "M5 6h6a3.5 3.5 0 0 1 0 7H7M5 6l3-3M5 6l3 3";
const REDO = "M11 6H5a3.5 3.5 0 0 0 0 7h4M11 6 8 3m3 3L8 9";
const FLAG = "M4 14V2.5m0 .5h8l-2 3 2 3H4";
const EXTEND = "M2 5v6M14 5v6M5 8h6M9 6l2 2-2 2";

export function view(element: SpanAnnotator): TemplateResult {
  return html`
    ${element.fault === "" ? nothing : html`<p class="fault" role="alert">${element.fault}</p>`}
    <div
      class=${classMap({ text: true, long: element.text.length > LONG_TEXT })}
      role="group"
      aria-label="Text"
      dir="auto"
      tabindex=${element.readOnly ? nothing : 0}
      data-id=${element.textId}
    ></div>
    ${element.readOnly ? nothing : tools(element)} ${element.readOnly ? nothing : around(element)}
  `;
}

function around(element: SpanAnnotator): TemplateResult {
  return html`
    ${problems(element)} ${choices(element)} ${note(element)}
    <p class="visually-hidden" role="status" aria-live="polite">${element.said}</p>
  `;
}

// --- tools ----------------------------------------------------------------------------------

function tools(element: SpanAnnotator): TemplateResult {
  const { state } = element;
  return html`<div class="tools">
    <div class="buttons">
      ${tool(element, "Undo", UNDO, () => element.undo(), { disabled: !element.canUndo })}
      ${tool(element, "Redo", REDO, () => element.redo(), { disabled: !element.canRedo })}
      ${element.schema.labels.length === 0 ? nothing : html`<div class="reach">${extendTool(element)}</div>`}
      ${tool(element, "Flag", FLAG, () => element.toggleFlag(), { pressed: state.flagged, title: "Flag the text, to look at it again", name: "flag" })}
    </div>
    ${suggestions(element)}
  </div>`;
}

/** It stands among the tools, and on a phone in the bar at the bottom, where it is always at hand; the sheet shows one of them. */
function extendTool(element: SpanAnnotator): TemplateResult {
  return tool(element, "Extend", EXTEND, () => (element.extending = !element.extending), {
    pressed: element.extending,
    title: "Extend: the next word pressed on becomes the selection's other end",
  });
}

interface ToolOptions {
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly title?: string;
  readonly name?: string;
}

function tool(element: SpanAnnotator, name: string, path: string, press: () => void, options: ToolOptions): TemplateResult {
  return html`<button
    type="button"
    class=${options.name === undefined ? "tool" : `tool ${options.name}`}
    title=${options.title ?? nothing}
    aria-disabled=${options.disabled === true ? "true" : nothing}
    aria-pressed=${options.pressed === undefined ? nothing : String(options.pressed)}
    @mousedown=${keepFocus}
    @click=${pressing(element, press)}
  >
    <svg viewBox="0 0 16 16" aria-hidden="true">${svg`<path d=${path}></path>`}</svg><span>${name}</span>
  </button>`;
}

function suggestions(element: SpanAnnotator): Part {
  const count = proposals(element.state);
  if (count === 0) return nothing;
  const accept = element.bindings.commands.get("accept")?.[0] ?? "";
  return html`<p class="suggestions">
    <span>${count} proposed</span>
    <button type="button" class="accept" @mousedown=${keepFocus} @click=${() => leaving(element, () => element.acceptAll())}>Accept all</button>
    <button type="button" class="quiet" @mousedown=${keepFocus} @click=${() => leaving(element, () => element.dismissAll())}>Dismiss</button>
    <span class="hint"><kbd>${accept}</kbd> accepts all and goes on</span>
  </p>`;
}

/** A press by mouse leaves the focus where it is, in the text. */
function keepFocus(event: Event): void {
  event.preventDefault();
}

/** After a press by mouse or finger the text has the focus; after one by keyboard it stays on the button. */
function pressing(element: SpanAnnotator, press: () => void): (event: MouseEvent) => void {
  return ({ detail }) => {
    press();
    if (detail > 0) element.focusText();
  };
}

/** A button that is gone after its press gives the focus to the text. */
function leaving(element: SpanAnnotator, press: () => void): void {
  press();
  element.focusText();
}

// --- problems -------------------------------------------------------------------------------

function problems(element: SpanAnnotator): Part {
  if (element.schema.rules.length === 0 && element.problems.length === 0) return nothing;
  const more = element.problems.length - MOST_PROBLEMS;
  return html`<div class="problems" role="status">
    <ul>
      ${element.problems.slice(0, MOST_PROBLEMS).map(({ message, repair }) => problemView(element, message, repair))}
    </ul>
    ${more > 0 ? html`<p>and ${more} more</p>` : nothing}
  </div>`;
}

function problemView(element: SpanAnnotator, message: string, repair: Repair | undefined): TemplateResult {
  return html`<li>
    <span>${message}</span>
    ${repair === undefined
      ? nothing
      : html`<button type="button" @mousedown=${keepFocus} @click=${() => element.repair(repair)}>${repair.label}</button>`}
  </li>`;
}

/** Labels and categories; under a long text they stay at the window's edge. */
function choices(element: SpanAnnotator): Part {
  const { labels, tasks } = element.schema;
  if (labels.length === 0 && tasks.length === 0) return nothing;
  return html`<div class="choices">${palette(element)} ${tasks.map((task) => taskView(element, task))}</div>`;
}

// --- palette --------------------------------------------------------------------------------

function palette(element: SpanAnnotator): Part {
  const { labels } = element.schema;
  if (labels.length === 0) return nothing;
  const hasMeanings = !element.compact && labels.some(({ meaning }) => meaning !== "");
  return html`<section class=${classMap({ palette: true, bare: !hasMeanings || !element.meanings })} aria-label="Labels">
    <div class="labels">${labels.map((label) => labelView(element, label))}</div>
    <div class="bar">
      <div class="reach">${extendTool(element)}</div>
      ${hasMeanings
        ? html`<button
            type="button"
            class="quiet meanings"
            aria-pressed=${String(element.meanings)}
            @mousedown=${keepFocus}
            @click=${pressing(element, () => (element.meanings = !element.meanings))}
          >
            Meanings
          </button>`
        : nothing}
    </div>
  </section>`;
}

function labelView(element: SpanAnnotator, { name, meaning }: Label): TemplateResult {
  const { selection, state, schema } = element;
  const span = selection && { ...selection, label: name };
  const isOn = span !== null && state.spans.some((each) => sameSpan(each, span));
  const isProposed = span !== null && state.proposed.spans.some((each) => sameSpan(each, span));
  const key = element.bindings.labels.get(name) ?? "";
  return html`<button
    type="button"
    class=${classMap({ label: true, proposed: isProposed })}
    value=${name}
    aria-description=${meaning === "" ? nothing : meaning}
    aria-keyshortcuts=${key === "" ? nothing : key}
    aria-pressed=${String(isOn)}
    ${coloured(colourOf(name, schema))}
    @mousedown=${keepFocus}
    @click=${pressing(element, () => element.putLabel(name))}
  >
    ${key === "" ? nothing : html`<kbd aria-hidden="true">${key}</kbd>`}
    <span class="label-name">${name}</span>
    ${meaning === "" ? nothing : html`<span class="meaning" aria-hidden="true">${meaning}</span>`}
  </button>`;
}

// --- tasks and note -------------------------------------------------------------------------

function taskView(element: SpanAnnotator, task: Task): TemplateResult {
  return html`<fieldset class="task">
    <legend>${task.name}${element.compact || task.meaning === "" ? nothing : html`<span class="meaning">${task.meaning}</span>`}</legend>
    <div class="categories">${task.labels.map((label) => categoryView(element, task, label))}</div>
  </fieldset>`;
}

function categoryView(element: SpanAnnotator, task: Task, { name, meaning, colour }: Label): TemplateResult {
  const category = { task: task.name, label: name };
  const isOn = element.state.categories.some((each) => sameCategory(each, category));
  const isProposed = element.state.proposed.categories.some((each) => sameCategory(each, category));
  const key = element.bindings.categories.find((each) => sameCategory(each, category))?.key ?? "";
  const isTyped = element.typed !== "" && key.startsWith(element.typed);
  return html`<button
    type="button"
    class=${classMap({ category: true, proposed: isProposed, typed: isTyped })}
    title=${meaning === "" ? nothing : meaning}
    aria-pressed=${String(isOn)}
    ${coloured(colour ?? "var(--accent)")}
    @mousedown=${keepFocus}
    @click=${pressing(element, () => element.putCategory(category))}
  >
    ${key === "" ? nothing : html`<kbd aria-hidden="true">${key}</kbd>`}<span>${name}</span>${isProposed
      ? html`<span class="asks" aria-hidden="true">?</span><span class="visually-hidden">proposed</span>`
      : nothing}
  </button>`;
}

function note(element: SpanAnnotator): TemplateResult {
  return html`<label class="note">
    <span>Note</span>
    <textarea
      rows="1"
      .value=${element.state.note}
      placeholder="What should somebody know about this text?"
      @input=${() => element.noteTyped()}
      @change=${() => element.noteDone()}
    ></textarea>
  </label>`;
}
