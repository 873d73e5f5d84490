import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

// Takes the pictures anew that the tests compare with, and those of the manual. Look at every one that git says has changed.
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const tests = ["tests/host/gallery.test.ts", "tests/host/manual.test.ts"];
const result = spawnSync(process.execPath, [join(root, "node_modules", "vitest", "vitest.mjs"), "run", ...tests], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, TAKE_PICTURES: "1", NEO4J_TESTS: "0", REQUIRE_BROWSER: "1" },
});
process.exitCode = result.status ?? 1;
