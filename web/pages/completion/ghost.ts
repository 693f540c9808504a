/** Text that is only proposed: drawn after the cursor, and no part of the document until it is accepted. */

import { type EditorState, type Extension, Prec, StateEffect, StateField, type Transaction } from "@codemirror/state";
import { type Command, Decoration, type DecorationSet, EditorView, keymap, WidgetType } from "@codemirror/view";

interface Ghost {
  readonly at: number;
  readonly text: string;
}

const propose = StateEffect.define<Ghost | null>();
const WORD = /^\s*(?:[\p{L}\p{N}_]+|[^\p{L}\p{N}\s_]+)/u;

class GhostWidget extends WidgetType {
  constructor(readonly text: string) {
    super();
  }

  override eq(other: GhostWidget): boolean {
    return other.text === this.text;
  }

  toDOM(): HTMLElement {
    const shown = document.createElement("span");
    shown.className = "ghost";
    shown.textContent = this.text;
    shown.setAttribute("aria-hidden", "true"); // the page says it once, in words
    return shown;
  }
}

const ghost = StateField.define<Ghost | null>({
  create: () => null,
  update: (shown, transaction) => proposed(transaction) ?? (shown && afterwards(shown, transaction)),
  provide: (field) => EditorView.decorations.from(field, drawn),
});

/** What a transaction proposes, `undefined` when it says nothing of it. */
function proposed({ effects }: Transaction): Ghost | undefined {
  return effects.find((effect) => effect.is(propose))?.value ?? undefined;
}

/** What is left of a proposal: whoever types what it says keeps the rest, anything else takes it away. */
function afterwards({ at, text }: Ghost, { effects, startState, newDoc, newSelection }: Transaction): Ghost | null {
  const { head, empty } = newSelection.main;
  const typed = newDoc.sliceString(at, head);
  const others = newDoc.length - startState.doc.length !== typed.length || effects.some((effect) => effect.is(propose));
  if (!empty || head < at || others || !text.startsWith(typed)) return null;
  return typed.length < text.length ? { at: head, text: text.slice(typed.length) } : null;
}

function drawn(shown: Ghost | null): DecorationSet {
  if (shown === null) return Decoration.none;
  return Decoration.set(Decoration.widget({ widget: new GhostWidget(shown.text), side: 1 }).range(shown.at));
}

/** What is proposed now; empty when nothing is. */
export function ghostOf(state: EditorState): string {
  return state.field(ghost)?.text ?? "";
}

/** Propose a text at the cursor; an empty one takes the proposal away. */
export function show(view: EditorView, text: string): void {
  const at = view.state.selection.main.head;
  view.dispatch({ effects: propose.of(text === "" ? null : { at, text }) });
}

/** Put the whole proposal into the document. */
export const accept: Command = (view) => insert(view, ghostOf(view.state));

/** Put the next word of the proposal into the document. */
const acceptWord: Command = (view) => insert(view, WORD.exec(ghostOf(view.state))?.[0] ?? "");

/** Take the proposal away. */
const dismiss: Command = (view) => {
  if (ghostOf(view.state) === "") return false;
  show(view, "");
  return true;
};

function insert(view: EditorView, text: string): boolean {
  if (text === "") return false;
  view.dispatch({ ...view.state.replaceSelection(text), userEvent: "input.complete", scrollIntoView: true });
  return true;
}

/** Tab accepts only what is there: without a proposal it leaves the editor, as everywhere in a page. */
export const ghostText: Extension = [
  ghost,
  Prec.highest(
    keymap.of([
      { key: "Tab", run: accept },
      { key: "Mod-ArrowRight", run: acceptWord },
      { key: "Escape", run: dismiss },
    ]),
  ),
];
