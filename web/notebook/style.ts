/** The style sheet of what stands around the element. It lives in a shadow root, where no notebook's styles reach. */

export const CSS = `
:host { color-scheme: light dark; display: block; }
:host([data-theme="light"]) { color-scheme: light; }
:host([data-theme="dark"]) { color-scheme: dark; }
.frame {
  --ink: light-dark(#1d2126, #eceef0);
  --soft: light-dark(#565e68, #a9b1ba);
  --edge: light-dark(#868d96, #79828c);
  --paper: light-dark(#ffffff, #1c2025);
  --accent: light-dark(#1f5fbf, #8ab8ff);
  --on-accent: light-dark(#ffffff, #14171b);
  --wrong: light-dark(#a3211b, #ff9d94);
  box-sizing: border-box;
  max-width: 60rem;
  padding: 0.5rem;
  color: var(--ink);
  font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 0.75rem; margin: 0 0 0.5rem; }
.bar p { margin: 0; color: var(--soft); font-size: 0.875rem; }
.bar .where { flex: 1; color: var(--ink); }
.frame > p { margin: 0 0 0.5rem; }
.frame [role="alert"] { color: var(--wrong); }
.frame button.step {
  min-height: 2rem;
  padding: 0.25rem 0.75rem;
  border: 1px solid var(--edge);
  border-radius: 0.5rem;
  background: var(--paper);
  color: var(--ink);
  font: inherit;
  font-size: 0.875rem;
  cursor: pointer;
}
.frame button.step.accept { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
.frame button.step:disabled { opacity: 0.5; cursor: default; }
.frame button.step:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
progress { width: 100%; height: 0.25rem; margin: 0 0 0.75rem; accent-color: var(--accent); display: block; }
details { margin-top: 0.5rem; font-size: 0.875rem; color: var(--soft); }
summary { cursor: pointer; width: max-content; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.125rem 1rem; margin: 0.5rem 0 0; }
dt { text-align: end; }
dd { margin: 0; color: var(--ink); }
kbd { padding: 0 0.3em; border: 1px solid var(--edge); border-radius: 0.25rem; font: inherit; color: var(--ink); }
.guideline { white-space: pre-wrap; color: var(--ink); }
.end { padding: 1.5rem; border: 1px dashed var(--edge); border-radius: 0.75rem; }
`;

/** Make a sheet that a root can adopt. */
export function sheetOf(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}
