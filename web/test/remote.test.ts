/** The page's side of a worker, where the runtime comes from another origin than the page. */

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { loadInWorker } from "../runtime/src/worker/remote.js";

const BLOB = "blob:https://page.example/1";
const OPENED = { schema: { labels: [], tasks: [] }, answers: [] };

/** A worker that answers the first request, or fails to start. */
class FakeWorker {
  static starts = true;
  onmessage?: (event: { readonly data: unknown }) => void;
  onerror?: (event: { readonly message: string; readonly preventDefault: () => void }) => void;
  readonly terminate = (): void => undefined;

  postMessage({ id }: { readonly id: number }): void {
    queueMicrotask(() => {
      expect(URL.revokeObjectURL).not.toHaveBeenCalled(); // browsers read it after the constructor
      if (FakeWorker.starts) this.onmessage?.({ data: { id, answer: OPENED } });
      else this.onerror?.({ message: "", preventDefault: () => undefined });
    });
  }
}

beforeEach(() => {
  FakeWorker.starts = true;
  vi.stubGlobal("Worker", FakeWorker);
  vi.stubGlobal("location", { origin: "https://page.example" });
  vi.spyOn(URL, "createObjectURL").mockReturnValue(BLOB);
  vi.spyOn(URL, "revokeObjectURL").mockReturnValue(undefined);
});
afterEach(() => (vi.unstubAllGlobals(), void vi.restoreAllMocks()));

test("the address that a worker was started from is given back once it runs", async () => {
  const model = await loadInWorker("https://models.example/m/", {});
  expect(URL.revokeObjectURL).toHaveBeenCalledWith(BLOB);
  model.close();
});

test("and when it cannot be started", async () => {
  FakeWorker.starts = false;
  await expect(loadInWorker("https://models.example/m/", {})).rejects.toThrow("the worker cannot be started");
  expect(URL.revokeObjectURL).toHaveBeenCalledWith(BLOB);
});
