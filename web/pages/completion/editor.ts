/** The editor: Python, with proposals. It lies in a shadow root, where its styles need no `<style>` that a policy forbids. */

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers, type ViewUpdate } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { ghostText } from "./ghost.js";

const COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier], color: "var(--code-keyword)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--code-string)" },
  { tag: tags.comment, color: "var(--ink-soft)", fontStyle: "italic" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--code-number)" },
  { tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className)], color: "var(--code-name)" },
]);

const THEME = EditorView.theme({
  "&": { backgroundColor: "var(--paper)", color: "var(--ink)", border: "1px solid var(--edge)", borderRadius: "0.5rem" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "2px" },
  ".cm-scroller": { minHeight: "18rem", maxHeight: "32rem", font: 'inherit', overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)", padding: "0.625rem 0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--ink-soft)", border: "none" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "var(--tint)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--tint)" },
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
      history(),
      keymap.of([...defaultKeymap, ...historyKeymap]),
      lineNumbers(),
      drawSelection(),
      indentUnit.of("    "),
      indentOnInput(),
      bracketMatching(),
      python(),
      syntaxHighlighting(COLOURS),
      THEME,
      WORDS,
      EditorView.lineWrapping,
      EditorView.updateListener.of(onUpdate),
    ],
  });
  return new EditorView({ state, parent: root, root });
}

/** Replace the whole text, with the cursor at its end. */
export function write(view: EditorView, text: string): void {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: text.length }, scrollIntoView: true });
}
