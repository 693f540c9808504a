/** A cell's editor. */

import { javascript } from "@codemirror/lang-javascript";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { CODE } from "../shared/code.js";

export interface EditorOptions {
  /** What a screen reader calls it. */
  readonly label: string;
  readonly code: string;
  /** Shift+Enter runs and goes on; Ctrl+Enter or Cmd+Enter runs and stays. */
  readonly onRun: (goOn: boolean) => void;
  readonly onChange: () => void;
}

/** Put an editor into an element. Tab leaves it, as anywhere else in a page. */
export function openEditor(place: HTMLElement, { label, code, onRun, onChange }: EditorOptions): EditorView {
  const root = place.attachShadow({ mode: "open" });
  const runs = (goOn: boolean) => (): boolean => {
    onRun(goOn);
    return true;
  };
  const state = EditorState.create({
    doc: code,
    extensions: [
      keymap.of([
        { key: "Shift-Enter", run: runs(true) },
        { key: "Mod-Enter", run: runs(false) },
      ]),
      CODE,
      javascript(),
      EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", autocorrect: "off", autocapitalize: "off" }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) onChange();
      }),
    ],
  });
  return new EditorView({ state, parent: root, root });
}

/** Replace the whole text. */
export function write(view: EditorView, text: string): void {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
}
