/** The keys in a dialog, and their remapping, which this browser keeps. */

import { html, nothing, type TemplateResult } from "lit";
import { bindingsOf, type Command, COMMANDS, type Keymap } from "../../components/annotator/keymap.js";
import { describeKey, keyOf } from "../../components/annotator/strokes.js";
import type { Desk } from "./desk.js";
import { type Part, View } from "./view.js";

type Keys = Partial<Keymap>;

/** What can be remapped: a command, a span label, or a category. */
type Target = readonly ["command", Command] | readonly ["label", string] | readonly ["category", string, string];

interface Line {
  readonly target: Target;
  readonly does: string;
  readonly keys: readonly string[];
}

const MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);
const MODIFIERS = ["Shift", "Control", "Alt", "Meta", "AltGraph"];

let read: { readonly name: string; readonly keys: Keys } | null = null;

/** Return this browser's remapping for the project; the same value until it changes. */
export function keysOf(desk: Desk): Keys {
  const name = nameOf(desk);
  if (read?.name !== name) read = { name, keys: kept(desk, name) };
  return read.keys;
}

/** A remapping that no longer fits the schema is left aside. */
function kept(desk: Desk, name: string): Keys {
  try {
    const keys = JSON.parse(localStorage.getItem(name) ?? "{}") as Keys;
    bindingsOf(desk.schema, keys);
    return keys;
  } catch {
    return {};
  }
}

function nameOf(desk: Desk): string {
  return `textwright/keys/${encodeURIComponent(desk.project?.name ?? "")}`;
}

function keep(desk: Desk, keys: Keys): void {
  read = { name: nameOf(desk), keys };
  localStorage.setItem(read.name, JSON.stringify(keys));
}

export class KeysDialog extends View {
  #waiting: Line | null = null;

  show(): void {
    this.#waiting = null;
    this.fault = "";
    this.requestUpdate();
    void this.updateComplete.then(() => this.querySelector("dialog")?.showModal());
  }

  protected override render(): Part {
    if (this.desk.project === null) return nothing;
    return html`<dialog class="keys" aria-labelledby="keys-heading" @keydown=${(event: KeyboardEvent) => this.pressed(event)} @close=${() => this.closed()}>
      <div class="dialog-head">
        <h2 id="keys-heading">Keys</h2>
        <button type="button" class="close" @click=${() => this.querySelector("dialog")?.close()}>Close</button>
      </div>
      <p class="soft">They act while the text has the focus. Press a key's button, then the new key. Tab belongs to the browser.</p>
      ${this.faultView()}
      <table>
        <thead class="visually-hidden"><tr><th scope="col">Key</th><th scope="col">Does</th></tr></thead>
        <tbody>${linesOf(this.desk).map((line) => this.line(line))}</tbody>
      </table>
      <p class="row"><button type="button" @click=${() => this.reset()}>All keys as they were</button></p>
    </dialog>`;
  }

  private line(line: Line): TemplateResult {
    const isWaiting = this.#waiting !== null && sameTarget(this.#waiting.target, line.target);
    return html`<tr>
      <td>
        <button type="button" class="key" aria-pressed=${String(isWaiting)} @click=${() => this.wait(line)}>
          <span class="visually-hidden">Change the key: ${line.does}, now</span>
          ${isWaiting ? "press a key" : line.keys.map((key) => html`<kbd>${describeKey(key, { mac: MAC })}</kbd>`)}
        </button>
      </td>
      <td>${line.does}</td>
    </tr>`;
  }

  private wait(line: Line): void {
    this.#waiting = line;
    this.fault = "";
    this.requestUpdate();
  }

  private pressed(event: KeyboardEvent): void {
    if (this.#waiting === null || MODIFIERS.includes(event.key)) return;
    const { target } = this.#waiting;
    const key = keyOf(event);
    if (event.key === "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    this.#waiting = null;
    if (event.key !== "Escape" && key !== null) void this.attempt(() => this.remap(target, key));
    else this.requestUpdate();
  }

  /** Raise `KeymapError`, which says what else the key stands for, before anything is kept. */
  private remap(target: Target, key: string): void {
    const other = linesOf(this.desk).find((line) => line.keys.includes(key) && !sameTarget(line.target, target));
    if (other !== undefined) throw new Error(`the key ${describeKey(key, { mac: MAC })} stands for something else: ${other.does}`);
    const keys = withKey(keysOf(this.desk), target, key);
    bindingsOf(this.desk.schema, keys);
    keep(this.desk, keys);
  }

  private reset(): void {
    void this.attempt(() => keep(this.desk, {}));
  }

  private closed(): void {
    this.#waiting = null;
    document.querySelector("span-annotator")?.focusText();
  }
}

function withKey(keys: Keys, target: Target, key: string): Keys {
  if (target[0] === "command") return { ...keys, [target[1]]: [key] };
  if (target[0] === "label") return { ...keys, labels: { ...keys.labels, [target[1]]: key } };
  const [, task, label] = target;
  return { ...keys, categories: { ...keys.categories, [task]: { ...keys.categories?.[task], [label]: key } } };
}

function sameTarget(a: Target, b: Target): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function linesOf(desk: Desk): Line[] {
  const { commands, labels, categories } = bindingsOf(desk.schema, keysOf(desk));
  return [
    ...[...commands].map(([command, keys]): Line => ({ target: ["command", command], does: COMMANDS[command].does, keys })),
    ...[...labels].map(([label, key]): Line => ({ target: ["label", label], does: `${label}: put it on, or take it off`, keys: [key] })),
    ...categories.map(({ task, label, key }): Line => ({ target: ["category", task, label], does: `${task}: ${label}`, keys: key === "" ? [] : [key] })),
  ];
}
