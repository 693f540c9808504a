import { offsetsOf } from "textwright";
import { describe, expect, it } from "vitest";

describe("offsetsOf", () => {
  it.each([
    ["", [0]],
    ["abc", [0, 1, 2, 3]],
    ["👩a", [0, 2, 3]],
    ["a👩👩b", [0, 1, 3, 5, 6]],
    ["\ud800a", [0, 1, 2]],
    ["a\udc00\ud800", [0, 1, 2, 3]],
  ])("%j", (text, units) => {
    const { toPoints, toUnits } = offsetsOf(text);
    units.forEach((unit, point) => {
      expect([toPoints(unit), toUnits(point)]).toEqual([point, unit]);
    });
  });
});
