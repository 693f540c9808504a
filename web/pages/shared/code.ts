/** What the pages' editors of code have in common. They lie in shadow roots, where their styles need no `<style>` that a policy forbids. */

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

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
  ".cm-scroller": { font: "inherit", overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)", padding: "0.5rem 0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--ink-soft)", border: "none" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "var(--tint)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--tint)" },
});

/**
 * Write what is typed over a chosen part. Left to itself, Chromium styles what it puts there like what stood there, by a
 * `style` that the page's policy forbids; nothing is lost by that but a quiet console.
 */
function typesOver(event: InputEvent, view: EditorView): boolean {
  if (event.inputType !== "insertText" || event.data === null || view.state.selection.main.empty) return false;
  event.preventDefault();
  view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
  return true;
}

/** Undo, line numbers, brackets, colours. Tab leaves the editor, as anywhere else in a page. */
export const CODE: Extension = [
  history(),
  keymap.of([...defaultKeymap, ...historyKeymap]),
  lineNumbers(),
  drawSelection(),
  indentOnInput(),
  bracketMatching(),
  syntaxHighlighting(COLOURS),
  THEME,
  EditorView.lineWrapping,
  EditorView.domEventHandlers({ beforeinput: typesOver }),
];
