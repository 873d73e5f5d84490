import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    globalSetup: ["tests/build/globalSetup.ts", "tests/neo4j/globalSetup.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A second is the default, and a busy machine may take longer over one write to the disk.
    expect: { poll: { timeout: 45_000 } },
    maxWorkers: 2,
    coverage: {
      provider: "v8",
      include: ["src/engine/**/*.ts"],
      reporter: ["text-summary", "json-summary"],
      thresholds: { lines: 90, statements: 90 },
    },
  },
});
