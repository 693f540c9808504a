/** Whether the notebook is light or dark: each says it in its own way. */

export type Theme = "light" | "dark";

/** Return what the notebook says; undefined where it says nothing and the browser's setting holds. */
export function themeOf({ body, documentElement }: Document): Theme | undefined {
  const { jpThemeLight, vscodeThemeKind, theme } = body.dataset;
  if (jpThemeLight !== undefined) return jpThemeLight === "true" ? "light" : "dark"; // JupyterLab, Notebook 7
  if (vscodeThemeKind !== undefined) return vscodeThemeKind.includes("dark") ? "dark" : "light"; // VS Code
  const named = [theme, documentElement.dataset["theme"], ...body.classList, ...documentElement.classList];
  return named.find((name) => name === "light" || name === "dark") as Theme | undefined; // marimo, Colab
}

/** Call back when the notebook's theme may have changed; return what ends it. */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  for (const element of [document.body, document.documentElement]) observer.observe(element, { attributes: true });
  return () => observer.disconnect();
}
