import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "./refusal.mjs";

const shape = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/;

/** Sets the version in every file that names it, each with the layout that it has. `root` is the project's folder. */
export function bump(root, version) {
  const manifest = readJson(root, "manifest.json");
  checkVersion(manifest.version, version);
  checkChangelog(readFileSync(join(root, "CHANGELOG.md"), "utf8"), version);
  const lock = readJson(root, "package-lock.json");
  lock.version = version;
  lock.packages[""].version = version;
  writeJson(root, "package-lock.json", lock);
  writeJson(root, "package.json", { ...readJson(root, "package.json"), version });
  writeJson(root, "manifest.json", { ...manifest, version });
  const versions = { ...readJson(root, "versions.json"), [version]: manifest.minAppVersion };
  const lines = Object.entries(versions).map(([plugin, app]) => `${JSON.stringify(plugin)}: ${JSON.stringify(app)}`);
  writeFileSync(join(root, "versions.json"), `{ ${lines.join(", ")} }\n`);
}

/** Obsidian takes x.y.z without a v and without a suffix, and never goes back. The current one may be packed again. */
function checkVersion(current, version) {
  if (!shape.test(version)) throw new Refusal(`${version} is no version. Obsidian wants three numbers such as 1.2.0, without a v.`);
  if (compare(version, current) < 0) throw new Refusal(`${version} is older than ${current}, which manifest.json has. Choose a later one.`);
}

function compare(one, other) {
  const [a, b] = [one, other].map((version) => version.split(".").map(Number));
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

function checkChangelog(text, version) {
  const lines = text.split("\n");
  const at = lines.indexOf(`## ${version}`);
  const next = lines.findIndex((line, index) => index > at && line.startsWith("## "));
  const said = at < 0 ? [] : lines.slice(at + 1, next < 0 ? undefined : next).filter((line) => line.trim() !== "");
  if (said.length === 0) throw new Refusal(`CHANGELOG.md says nothing of ${version}. Add a section "## ${version}" for the people who update.`);
}

function readJson(root, file) {
  return JSON.parse(readFileSync(join(root, file), "utf8"));
}

function writeJson(root, file, value) {
  writeFileSync(join(root, file), `${JSON.stringify(value, null, 2)}\n`);
}
