/** The playground's way to the server. */

import { afterEach, expect, test, vi } from "vitest";
import type { Choice } from "../pages/playground/models.js";

afterEach(() => vi.unstubAllGlobals());

test.each([
  [new Response("<html>Bad Gateway</html>", { status: 502 }), "the server answered 502"],
  [new Response("null", { status: 500 }), "the server answered 500"],
  [Response.json({ detail: "the server is stopping" }, { status: 503 }), "the server is stopping"],
])("what is no answer is said, whoever sent it: %#", async (response, message) => {
  const { openChoice } = await import("../pages/playground/models.js");
  vi.stubGlobal("fetch", async () => response);
  const choice: Choice = { name: "m", folder: null, served: {} };
  const model = await openChoice(choice, "on the server", {});
  await expect(model.predict(["Nurse"])).rejects.toThrow(new Error(message));
});
