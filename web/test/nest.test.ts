import type { Schema, Span } from "textwright";
import { describe, expect, it } from "vitest";
import { nest, type Piece } from "../components/nest.js";

const SCHEMA: Schema = {
  name: "",
  labels: [{ name: "CORE", meaning: "", parent: "JOB" }, { name: "JOB", meaning: "" }, { name: "A", meaning: "" }],
  tasks: [],
  rules: [],
  open: true,
};

/** Write the tree as `[LABEL words]`; `…` stands where a crossing span goes on. */
function written(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) =>
      typeof piece === "string" ? piece : `[${piece.continued ? "…" : ""}${piece.span.label} ${written(piece.pieces)}]`,
    )
    .join("");
}

function spans(...found: [number, number, string][]): Span[] {
  return found.map(([start, end, label]) => ({ start, end, label }));
}

describe("nest", () => {
  it.each([
    ["no span", "abc", spans(), "abc"],
    ["an empty text", "", spans(), ""],
    ["side by side", "ab cd", spans([0, 2, "A"], [3, 5, "B"]), "[A ab] [B cd]"],
    ["touching", "abcd", spans([0, 2, "A"], [2, 4, "B"]), "[A ab][B cd]"],
    ["one in the other", "ab cd", spans([0, 5, "A"], [3, 5, "B"]), "[A ab [B cd]]"],
    ["three deep", "abc", spans([0, 3, "A"], [0, 2, "B"], [1, 2, "C"]), "[A [B a[C b]]c]"],
    ["the parent outside, whatever the order", "ab", spans([0, 2, "CORE"], [0, 2, "JOB"]), "[JOB [CORE ab]]"],
    ["crossing", "abcd", spans([0, 3, "A"], [1, 4, "B"]), "[A a[B bc]][…B d]"],
    ["crossing out of a nested one", "abcd", spans([0, 3, "A"], [0, 2, "C"], [1, 4, "B"]), "[A [C a[B b]][…B c]][…B d]"],
  ])("%s", (_, text, found, tree) => {
    expect(written(nest(text, found, SCHEMA))).toBe(tree);
  });

  it("ends where the schema's parents go round in a circle", () => {
    const labels = [{ name: "A", meaning: "", parent: "B" }, { name: "B", meaning: "", parent: "A" }];
    expect(written(nest("a", spans([0, 1, "A"]), { ...SCHEMA, labels }))).toBe("[A a]");
  });
});
