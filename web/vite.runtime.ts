import { defineConfig } from "vite";

/** Builds the runtime: one ES module without dependencies, for pages and Node. */
export default defineConfig({
  publicDir: false,
  build: {
    target: "es2022",
    outDir: "../src/textwright/server/web/runtime",
    emptyOutDir: true,
    lib: { entry: "runtime/src/index.ts", formats: ["es"], fileName: () => "textwright.js" },
    minify: false,
    rolldownOptions: { external: /^node:/ },
  },
});
