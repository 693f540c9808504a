import { defineConfig } from "vitest/config";

/** The unit tests and the shared vectors of spec/, in Node. */
export default defineConfig({
  resolve: { alias: { textwright: new URL("runtime/src/index.ts", import.meta.url).pathname } },
  test: { include: ["test/**/*.test.ts"], testTimeout: 30_000 },
});
