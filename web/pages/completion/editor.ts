/** The editor: Python, with proposals. */

import { python } from "@codemirror/lang-python";
import { indentUnit } from "@codemirror/language";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, type ViewUpdate } from "@codemirror/view";
import { CODE } from "../shared/code.js";
import { ghostText } from "./ghost.js";

const THEME = EditorView.theme({
  ".cm-scroller": { minHeight: "18rem", maxHeight: "32rem" },
  ".cm-content": { padding: "0.625rem 0" },
  ".ghost": { color: "var(--ink-soft)", whiteSpace: "pre-wrap", fontStyle: "italic" },
});

const WORDS: Extension = EditorView.contentAttributes.of({
  "aria-label": "Python code",
  "aria-describedby": "keys",
  spellcheck: "false",
  autocorrect: "off",
  autocapitalize: "off",
});

/** What a screen reader is told of the keys; it must lie in the same root as the editor. */
const KEYS = "Tab accepts a suggestion when there is one, Escape dismisses it. Without a suggestion Tab leaves the editor.";

/** Put an editor into an element. `onUpdate` hears of every change of text or cursor; `more` are further keys. */
export function openEditor(place: HTMLElement, onUpdate: (update: ViewUpdate) => void, more: Extension): EditorView {
  const root = place.attachShadow({ mode: "open" });
  const told = Object.assign(document.createElement("p"), { id: "keys", hidden: true, textContent: KEYS });
  root.append(told);
  const state = EditorState.create({
    extensions: [
      ghostText,
      more,
      THEME,
      CODE,
      indentUnit.of("    "),
      python(),
      WORDS,
      EditorView.updateListener.of(onUpdate),
    ],
  });
  return new EditorView({ state, parent: root, root });
}

/** Replace the whole text, with the cursor at its end. */
export function write(view: EditorView, text: string): void {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: text.length }, scrollIntoView: true });
}
