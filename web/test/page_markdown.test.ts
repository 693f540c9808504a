import { describe, expect, it } from "vitest";
import { markdownView } from "../pages/annotate/markdown_view.js";

interface Template {
  readonly strings: readonly string[];
  readonly values: readonly unknown[];
}

/** Write what would be drawn: markup only from our own templates, everything else within `«»`. */
function written(drawn: unknown): string {
  if (Array.isArray(drawn)) return drawn.map(written).join("");
  if (typeof drawn === "string") return drawn === "" ? "" : `«${drawn}»`;
  const { strings, values } = drawn as Template;
  return strings.map((part, i) => part + (i < values.length ? written(values[i]) : "")).join("").replace(/\s*\n\s*/g, "");
}

describe("markdown", () => {
  it.each([
    ["a heading", "# Titles", "<h3>«Titles»</h3>"],
    ["emphasis", "a **b** *c* `d`", "<p>«a »<strong>«b»</strong>« »<em>«c»</em>« »<code>«d»</code></p>"],
    ["a list", "- a\n- b", "<ul><li>«a»</li><li>«b»</li></ul>"],
    ["signs that mean something in HTML", "a < b & `c > d`", "<p>«a < b & »<code>«c > d»</code></p>"],
    ["an empty text", "", ""],
  ])("draws %s", (_, text, drawn) => {
    expect(written(markdownView(text))).toBe(drawn);
  });

  it.each([
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "a <b onclick=alert(1)>b</b>",
    "[click](javascript:alert(1))",
    "[click](data:text/html,<script>alert(1)</script>)",
    "![x](javascript:alert(1))",
    "<javascript:alert(1)>",
    "| a |\n| - |\n| <script>alert(1)</script> |",
  ])("keeps %s as text", (text) => {
    const markup = written(markdownView(text)).replace(/«[^»]*»/g, "");
    expect(markup).not.toMatch(/script|onerror|onclick|javascript|data:|<img|<b/);
  });

  it("follows links to the web", () => {
    expect(written(markdownView("[a](https://example.org/x)"))).toContain("href=«https://example.org/x»");
  });

});
