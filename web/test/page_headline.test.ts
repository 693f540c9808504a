/** The lines of the headline page. */

import { expect, test } from "vitest";
import { Checked, MOST } from "../pages/headline/lines.js";

const NOTHING = { spans: [], categories: null };

test("what a model said of lines that are long gone is forgotten", () => {
  const checked = new Checked({ rules: [] } as never);
  const texts = Array.from({ length: 10 * MOST }, (_, i) => `Nurse ${i}`);
  for (const text of texts) checked.learn([text], [NOTHING]);
  expect(checked.unasked(texts.slice(0, 1))).toHaveLength(1);
  expect(checked.unasked(texts.slice(-1))).toEqual([]);
  expect(checked.unasked(texts).length).toBeGreaterThan(texts.length - 5 * MOST);
});
