// What `npm run release -- <version>` runs.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bump } from "./bump.mjs";
import { manifestFaults } from "./checkManifest.mjs";
import { pack } from "./pack.mjs";
import { Refusal } from "./refusal.mjs";

const usage = "Usage: npm run release -- <version> [--skip-tests]";
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

function run(args) {
  const skip = args.includes("--skip-tests");
  const [version, ...more] = args.filter((arg) => arg !== "--skip-tests");
  if (version === undefined || more.length > 0) throw new Refusal(usage);
  checkCommitted();
  bump(root, version);
  const manifest = readJson("manifest.json");
  const faults = manifestFaults(manifest, readJson("versions.json"));
  if (faults.length > 0) throw new Refusal(`manifest.json would be refused: ${faults.join("; ")}.`);
  buildTwice();
  for (const script of ["typecheck", "lint", ...(skip ? [] : ["test"])]) npm(script);
  const target = join(root, "dist", "release", version);
  const sums = pack(root, target, manifest.id, version);
  console.log(`\n${sums.join("\n")}\n\nPacked into ${target}`);
  if (skip) console.log("THE TESTS WERE NOT RUN. Run npm test before you publish this.");
  console.log(`Next: commit the version, tag it ${version} (without a v), and attach main.js, manifest.json and styles.css to the release.`);
}

/** A release that cannot be built again from a commit cannot be checked by anybody. */
function checkCommitted() {
  const { status, stdout } = spawnSync("git", ["status", "--porcelain"], { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Refusal("This folder is no git checkout, so nobody could build the release again. Clone the project.");
  if (stdout !== "") throw new Refusal(`There are changes that are not committed:\n${stdout}Commit or put them away first.`);
}

function buildTwice() {
  const [first, second] = [0, 1].map(() => {
    npm("build");
    return createHash("sha256").update(readFileSync(join(root, "main.js"))).digest("hex");
  });
  if (first !== second) throw new Refusal("Two builds of the same sources differ, so nobody could check the release. Find out what changes in main.js.");
}

function npm(script) {
  console.log(`\n== npm run ${script}`);
  const { status } = spawnSync("npm", ["run", "--silent", script], { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) throw new Refusal(`npm run ${script} failed, so nothing was packed. The version is set in the files; git checkout . takes it back.`);
}

function readJson(file) {
  return JSON.parse(readFileSync(join(root, file), "utf8"));
}

try {
  run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
