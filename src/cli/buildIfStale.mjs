import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const built = ["main.js", "dist/cli.mjs"].map((file) => join(root, file));
const recipe = ["package-lock.json", "esbuild.config.mjs", "manifest.json"].map((file) => join(root, file));

/** Builds the plugin and the program unless both are newer than every source. Says what esbuild says; false when it failed. */
export function buildIfStale() {
  if (!isStale()) return true;
  const result = spawnSync(process.execPath, [join(root, "esbuild.config.mjs")], { cwd: root, stdio: ["ignore", 2, 2] });
  return result.status === 0;
}

function isStale() {
  if (!built.every((file) => existsSync(file))) return true;
  const oldest = Math.min(...built.map((file) => statSync(file).mtimeMs));
  return [...sources(), ...recipe].some((file) => statSync(file).mtimeMs > oldest);
}

function sources() {
  return readdirSync(join(root, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
