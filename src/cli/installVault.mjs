import { copyFileSync, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildIfStale } from "./buildIfStale.mjs";

const usage = "Usage: npm run install:vault -- <vault folder> [--create]";
const files = ["main.js", "manifest.json", "styles.css"];
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** A mistake of the person at the keyboard: the message says what to do. */
class Refusal extends Error {}

/**
 * Copies the built plugin into a vault. What the plugin keeps there (data.json, devices/) stays as it is.
 * Returns the plugin's folder.
 */
export function installInto(vault, { create = false, from = root } = {}) {
  const folder = resolve(vault);
  checkVault(folder, create);
  const missing = files.filter((file) => !existsSync(join(from, file)));
  if (missing.length > 0) throw new Refusal(`${missing.join(", ")} is not built. Run: npm run build`);
  const target = join(folder, ".obsidian", "plugins", "canvas-engram");
  mkdirSync(target, { recursive: true });
  for (const file of files) copyFileSync(join(from, file), join(target, file));
  return target;
}

function checkVault(folder, create) {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined && !create) throw new Refusal(`There is no folder ${folder}. Add --create to make one.`);
  if (found?.isDirectory() === false) throw new Refusal(`${folder} is a file, not a vault folder.`);
  if (found !== undefined && !create && !existsSync(join(folder, ".obsidian"))) {
    throw new Refusal(`${folder} is no Obsidian vault: it has no .obsidian folder. Open it in Obsidian once, or add --create.`);
  }
}

function run(args) {
  const create = args.includes("--create");
  const unknown = args.find((arg) => arg.startsWith("-") && arg !== "--create");
  const folders = args.filter((arg) => !arg.startsWith("-"));
  if (unknown !== undefined || folders.length !== 1) throw new Refusal(usage);
  checkVault(resolve(folders[0]), create);
  if (!buildIfStale()) throw new Refusal("The build failed; nothing was installed.");
  const target = installInto(folders[0], { create });
  console.log(`Installed into ${target}`);
  console.log("Now in Obsidian: Settings → Community plugins → turn on community plugins, then Canvas Engram.");
  console.log("If it was on already, turn it off and on again.");
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    run(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof Refusal) && error?.code === undefined) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
