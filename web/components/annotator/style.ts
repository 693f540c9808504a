/** The style sheet of the element, adopted once by the document or shadow root that holds it. */

const CSS = `
span-annotator {
  --paper: var(--annotator-paper, light-dark(#ffffff, #1c2025));
  --ground: var(--annotator-ground, light-dark(#f6f5f2, #14171b));
  --ink: var(--annotator-ink, light-dark(#1d2126, #eceef0));
  --soft: var(--annotator-ink-soft, light-dark(#565e68, #a9b1ba));
  --edge: var(--annotator-edge, light-dark(#d9d7d0, #3a4149));
  --strong-edge: var(--annotator-strong-edge, light-dark(#868d96, #79828c));
  --accent: var(--annotator-accent, light-dark(#1f5fbf, #8ab8ff));
  --chosen: var(--annotator-selection, light-dark(#dbe8fb, #263a57));
  --wrong: var(--annotator-wrong, light-dark(#a3211b, #ff9d94));
  --radius: var(--annotator-radius, 0.75rem);
  --name-size: var(--annotator-name-size, 0.6875rem);
  color-scheme: light dark;
  display: block;
  container: annotator / inline-size;
  color: var(--ink);
  font: var(--annotator-font, 1rem/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif);
  text-align: start;
}
span-annotator[theme="light"] { color-scheme: light; }
span-annotator[theme="dark"] { color-scheme: dark; }
span-annotator[hidden] { display: none; }
span-annotator :is(*, ::before, ::after) { box-sizing: border-box; }
span-annotator .visually-hidden {
  position: absolute;
  width: 1px;
  height: 1px;
  margin: -1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}

/* The text; no em here, since marks have a smaller font and count with the same lengths. Lines stand apart by as many lanes as are used, in whole pixels, since browsers round the height of a line;
   what is above the first line is taken back. */
span-annotator .text {
  --lane-height: round(up, calc(var(--name-size) * 1.28 + 5px), 1px);
  --line: round(up, calc(var(--letters, 1.75rem) + var(--lanes, 0) * var(--lane-height) + 0.5rem), 2px);
  --above: calc((var(--line) - var(--letters, 1.75rem)) / 2);
  --pad: var(--annotator-padding, 1.125rem);
  position: relative;
  isolation: isolate;
  min-height: 4rem;
  padding: var(--pad) var(--pad) calc(var(--pad) + var(--above) - 0.3rem);
  border: 1px solid var(--edge);
  border-radius: var(--radius);
  background: var(--paper);
  font-size: var(--annotator-text-size, 1.25rem);
  line-height: var(--line);
  overflow-wrap: anywhere;
  unicode-bidi: plaintext;
  white-space: pre-wrap;
  cursor: text;
  touch-action: manipulation;
  -webkit-tap-highlight-color: transparent;
}
span-annotator .text.long { font-size: var(--annotator-long-text-size, 1.0625rem); }
span-annotator .text::before {
  content: "";
  display: block;
  margin-block-end: calc(var(--above) * -1);
}
span-annotator :is(.marks, .selected) {
  position: absolute;
  inset: var(--pad) var(--pad) auto;
  height: 0;
  direction: ltr;
  font-size: var(--name-size);
  font-weight: 500;
  line-height: 1.2;
  letter-spacing: normal;
  pointer-events: none;
  user-select: none;
  white-space: nowrap;
}
span-annotator .selected { z-index: -1; }
span-annotator .selected .piece {
  position: absolute;
  top: calc(var(--row) * var(--line) - 1px);
  height: calc(var(--letters) + 2px);
  margin-inline: -2px;
  padding-inline: 2px;
  box-sizing: content-box;
  border-radius: 4px;
  outline: 1.5px solid var(--accent);
  background: var(--chosen);
  scroll-margin: 6rem;
}
span-annotator .text.long .piece { scroll-margin-block-end: calc(45vh + 2rem); }
span-annotator .mark {
  --ink-line: light-dark(var(--colour), color-mix(in oklab, var(--colour) 55%, white));
  position: absolute;
  top: calc(var(--row) * var(--line) + var(--letters) + var(--lane) * var(--lane-height));
  height: var(--lane-height);
  cursor: pointer;
  pointer-events: auto;
  contain: layout style;
}
span-annotator .mark .line {
  position: absolute;
  top: calc(1px + var(--down) * var(--line));
  height: 5px;
  border: 0 solid var(--ink-line);
  border-width: 0 2px 2.5px;
  border-radius: 0 0 2px 2px;
  pointer-events: auto;
}
span-annotator .mark .line.open-left { border-left-width: 0; border-bottom-left-radius: 0; }
span-annotator .mark .line.open-right { border-right-width: 0; border-bottom-right-radius: 0; }
span-annotator .mark .name {
  position: absolute;
  inset-block-end: 0;
  padding-inline-start: 1px;
  overflow: hidden;
  color: var(--soft);
  text-overflow: ellipsis;
  text-transform: lowercase;
}
span-annotator .mark.rtl .name { text-align: right; }
span-annotator .mark .name::after { content: attr(data-name); }
span-annotator .mark[data-suggested] .line {
  border-bottom-style: dashed;
  border-bottom-width: 2px;
  background: repeating-linear-gradient(-45deg, color-mix(in srgb, var(--ink-line) 45%, transparent) 0 1px, transparent 1px 4px);
}
span-annotator .mark[data-suggested] .name { font-style: italic; }
span-annotator .mark.tried { width: max-content; font-style: italic; }
span-annotator .mark.tried .name { position: static; }
span-annotator .mark:hover .name { color: var(--ink); }
span-annotator .mark.chosen .line { border-bottom-width: 4px; height: 6px; }
span-annotator .mark.chosen .name { color: var(--ink); text-decoration: underline; }

/* Around the text. */
span-annotator :is(button, textarea) {
  margin: 0;
  border: 1px solid var(--edge);
  border-radius: 0.5rem;
  background: var(--paper);
  color: var(--ink);
  font: inherit;
  font-size: 0.875rem;
  letter-spacing: normal;
}
span-annotator button {
  min-height: 2.25rem;
  padding: 0.25rem 0.75rem;
  cursor: pointer;
  touch-action: manipulation;
}
span-annotator button:hover { border-color: var(--accent); }
span-annotator button[aria-disabled="true"] { border-color: transparent; color: var(--soft); opacity: 0.55; cursor: default; }
span-annotator button[aria-pressed="true"] { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); background: var(--chosen); }
span-annotator .quiet { border-color: transparent; background: none; color: var(--soft); }
span-annotator .text:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
span-annotator :is(button, textarea):focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
span-annotator kbd {
  display: inline-grid;
  place-items: center;
  min-width: 1.375rem;
  height: 1.375rem;
  padding: 0 0.25rem;
  border: 1px solid var(--strong-edge);
  border-block-end-width: 2px;
  border-radius: 0.3125rem;
  background: var(--ground);
  color: var(--ink);
  font: 600 0.75rem/1 ui-monospace, "Cascadia Code", Menlo, Consolas, monospace;
}
span-annotator .fault { margin: 0 0 0.75rem; color: var(--wrong); font-size: 0.875rem; }
span-annotator :is(.tools, .tools .buttons, .suggestions) {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.5rem;
}
span-annotator .tools { justify-content: space-between; min-height: 2.25rem; margin-block-start: 0.625rem; }
span-annotator .tools .buttons { gap: 0.25rem; }
span-annotator .tool { display: inline-flex; align-items: center; gap: 0.375rem; padding-inline: 0.5rem; border-color: transparent; background: none; }
span-annotator .tool svg { width: 1rem; height: 1rem; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
span-annotator .suggestions { margin: 0; color: var(--soft); font-size: 0.875rem; }
span-annotator .suggestions .accept { border-color: var(--accent); color: var(--accent); font-weight: 600; }
span-annotator .problems { min-height: 2.25rem; margin-block-start: 0.25rem; color: var(--wrong); font-size: 0.875rem; }
span-annotator .problems :is(ul, p) { display: grid; gap: 0.25rem; margin: 0; padding: 0; list-style: none; }
span-annotator .problems li { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 0.625rem; overflow-wrap: anywhere; }
span-annotator .problems li > span::before { content: "!"; display: inline-grid; place-items: center; width: 1.125rem; height: 1.125rem; margin-inline-end: 0.5rem; border: 1.5px solid; border-radius: 50%; font-size: 0.75rem; font-weight: 700; line-height: 1; }
span-annotator .problems button { min-height: 1.875rem; padding-block: 0.125rem; }
span-annotator .choices { margin-block-start: 0.5rem; }
span-annotator .text.long ~ .choices {
  position: sticky;
  inset-block-end: var(--annotator-bottom, 0px);
  z-index: 2;
  max-height: 45vh;
  margin-inline: -0.25rem;
  padding: 0.375rem 0.25rem;
  border-block-start: 1px solid var(--edge);
  background: var(--ground);
  overflow-y: auto;
}
span-annotator .labels { display: grid; grid-template-columns: repeat(auto-fill, minmax(15.5rem, 1fr)); gap: 0.5rem; }
span-annotator .label {
  --ink-line: light-dark(var(--colour), color-mix(in oklab, var(--colour) 55%, white));
  display: grid;
  grid-template-columns: auto 1fr;
  align-items: center;
  align-content: start;
  gap: 0.125rem 0.5rem;
  padding: 0.4375rem 0.625rem 0.5rem;
  border-inline-start: 4px solid var(--ink-line);
  text-align: start;
}
span-annotator .label:hover { border-inline-start-color: var(--ink-line); }
span-annotator .label[aria-pressed="true"] { border-color: var(--ink-line); box-shadow: inset 0 0 0 1px var(--ink-line); }
span-annotator .label.proposed { border-style: dashed; border-inline-start-style: solid; }
span-annotator .label-name { font-weight: 600; overflow-wrap: anywhere; }
span-annotator .label kbd + .label-name + .meaning { grid-column: 2; }
span-annotator .label .meaning { grid-column: 1 / -1; }
span-annotator .meaning { color: var(--soft); font-size: 0.8125rem; font-weight: 400; line-height: 1.35; overflow-wrap: anywhere; }
span-annotator .bare .labels { display: flex; flex-wrap: wrap; gap: 0.375rem; }
span-annotator .bare .labels .meaning { display: none; }
span-annotator .meanings { min-height: 1.75rem; margin-block-start: 0.25rem; padding-inline: 0.375rem; font-size: 0.8125rem; }
span-annotator .meanings::before { content: "▸ "; }
span-annotator .meanings[aria-pressed="true"] { background: none; box-shadow: none; border-color: transparent; }
span-annotator .meanings[aria-pressed="true"]::before { content: "▾ "; }
span-annotator .bar { display: flex; align-items: center; gap: 0.25rem; }
span-annotator .bar .reach { display: none; }
span-annotator .task { min-width: 0; margin: 0.5rem 0 0; padding: 0; border: 0; }
span-annotator .task legend { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.625rem; margin-block-end: 0.375rem; padding: 0; font-size: 0.875rem; font-weight: 600; }
span-annotator .categories { display: flex; flex-wrap: wrap; gap: 0.375rem; }
span-annotator .category { display: inline-flex; align-items: center; gap: 0.375rem; padding-inline: 0.5rem; }
span-annotator .category.proposed { border-style: dashed; border-color: var(--strong-edge); font-style: italic; }
span-annotator .category.typed { border-color: var(--accent); }
span-annotator .note { display: grid; grid-template-columns: auto 1fr; align-items: baseline; gap: 0.625rem; margin-block-start: 0.875rem; font-size: 0.875rem; font-weight: 600; }
span-annotator .note textarea { width: 100%; min-height: 2.25rem; padding: 0.375rem 0.625rem; border-color: var(--strong-edge); font-weight: 400; line-height: 1.4; text-align: start; unicode-bidi: plaintext; resize: vertical; field-sizing: content; }
span-annotator .note textarea::placeholder { color: var(--soft); opacity: 1; }

@media (pointer: coarse) {
  span-annotator button { min-height: 2.75rem; min-width: 2.75rem; }
  span-annotator :is(.problems button, .meanings) { min-height: 2.75rem; }
}
@container annotator (max-width: 40rem) {
  span-annotator .text { --pad: var(--annotator-padding, 0.875rem); }
  span-annotator button { min-height: 2.75rem; min-width: 2.75rem; }
  span-annotator :is(.problems button, .meanings) { min-height: 2.75rem; }
  span-annotator :is(.tools .hint, .tools .reach) { display: none; }
  span-annotator .bar .reach { display: block; }
  span-annotator .choices {
    position: sticky;
    inset-block-end: var(--annotator-bottom, 0px);
    z-index: 2;
    max-height: 45vh;
    margin-inline: -0.25rem;
    padding: 0.375rem 0.25rem;
    border-block-start: 1px solid var(--edge);
    background: var(--ground);
    overflow-y: auto;
  }
  span-annotator .labels { grid-template-columns: 1fr; gap: 0.375rem; }
  span-annotator .bare .labels { gap: 0.25rem; }
  span-annotator .bare .label { flex: 1 0 auto; grid-template-columns: auto auto; justify-content: start; align-content: center; padding: 0.25rem 0.5rem; }
  span-annotator .bare .label-name { font-size: 0.75rem; }
}
@media (forced-colors: active) {
  span-annotator .selected .piece { outline: 2px solid Highlight; }
  span-annotator button[aria-pressed="true"] { outline: 2px solid Highlight; outline-offset: -3px; }
  span-annotator .mark .line { border-color: CanvasText; }
  span-annotator .mark.chosen .line { border-color: Highlight; }
}
`;

let sheet: CSSStyleSheet | null = null;

/** Adopt the sheet where the element lives, once. A constructed sheet needs no permission of a content policy. */
export function adoptStyle(root: Node): void {
  if (!(root instanceof Document || root instanceof ShadowRoot)) return;
  if (sheet === null) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [sheet, ...root.adoptedStyleSheets];
}
