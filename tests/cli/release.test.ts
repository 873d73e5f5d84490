import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const project = join(import.meta.dirname, "..", "..");
let root = "";

const fine = `node -e ""`;
const build = `node -e "require('fs').copyFileSync('source.js', 'main.js')"`;
const changing = `node -e "require('fs').writeFileSync('main.js', String(process.hrtime.bigint()))"`;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "engram-release-"));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(file: string, text: string): void {
  writeFileSync(join(root, file), text);
}

function json(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(root, file), "utf8")) as Record<string, unknown>;
}

function git(...args: readonly string[]): void {
  const { status, stderr } = spawnSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...args], { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

/** A small project with the real script and the real manifest in it, committed. */
function makeProject(scripts: Readonly<Record<string, string>> = {}): void {
  mkdirSync(join(root, "src", "cli"), { recursive: true });
  cpSync(join(project, "src", "cli", "release"), join(root, "src", "cli", "release"), { recursive: true });
  symlinkSync(join(project, "node_modules"), join(root, "node_modules"));
  for (const file of ["manifest.json", "versions.json"]) cpSync(join(project, file), join(root, file));
  const all = { build, typecheck: fine, lint: fine, test: fine, ...scripts };
  write("package.json", JSON.stringify({ name: "canvas-engram", version: "0.1.0", scripts: all }));
  write("package-lock.json", JSON.stringify({ version: "0.1.0", packages: { "": { version: "0.1.0" } } }));
  write("CHANGELOG.md", "# Changelog\n\n## 0.2.0\n\n- Better.\n\n## 0.1.9\n\n## 0.1.0\n\n- First.\n");
  write("source.js", "module.exports = 1;\n");
  write("styles.css", ".a {}\n");
  write(".gitignore", "main.js\ndist/\nnode_modules\n");
  git("init", "-q");
  commit();
}

function commit(): void {
  git("add", "-A");
  git("commit", "-qm", "All");
}

function release(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(root, "src", "cli", "release", "release.mjs"), ...args], { encoding: "utf8" });
}

describe("release", () => {
  it("sets the version everywhere and packs the three files, a zip of them and their checksums", () => {
    makeProject({ test: `node -e "console.log('tests ran')"` });
    const { status, stdout } = release("0.2.0");
    expect([status, stdout]).toEqual([0, expect.stringContaining("tests ran")]);
    const versions = ["manifest.json", "package.json", "package-lock.json"].map((file) => json(file).version);
    expect(versions).toEqual(["0.2.0", "0.2.0", "0.2.0"]);
    expect(json("package-lock.json").packages).toEqual({ "": { version: "0.2.0" } });
    expect(readFileSync(join(root, "versions.json"), "utf8")).toBe('{ "0.1.0": "1.13.0", "0.2.0": "1.13.0" }\n');
    const target = join(root, "dist", "release", "0.2.0");
    expect(readdirSync(target).sort()).toEqual(["SHA256SUMS", "canvas-engram-0.2.0.zip", "main.js", "manifest.json", "styles.css"]);
    const zip = unzipSync(readFileSync(join(target, "canvas-engram-0.2.0.zip")));
    expect(Object.keys(zip)).toEqual(["canvas-engram/main.js", "canvas-engram/manifest.json", "canvas-engram/styles.css"]);
    expect(new TextDecoder().decode(zip["canvas-engram/manifest.json"])).toBe(readFileSync(join(root, "manifest.json"), "utf8"));
    expect(spawnSync("sha256sum", ["-c", "SHA256SUMS"], { cwd: target }).status).toBe(0);
  });

  it("gives the same bytes when the same version is packed again", () => {
    makeProject();
    const sums = (): string => readFileSync(join(root, "dist", "release", "0.2.0", "SHA256SUMS"), "utf8");
    expect(release("0.2.0", "--skip-tests").stdout).toContain("THE TESTS WERE NOT RUN");
    const first = sums();
    commit();
    expect(release("0.2.0").status).toBe(0);
    expect(sums()).toBe(first);
  });

  it.each([
    ["no version", [], /Usage: npm run release -- <version>/],
    ["a v", ["v0.2.0"], /v0\.2\.0 is no version\. Obsidian wants three numbers/],
    ["a suffix", ["0.2.0-beta.1"], /is no version/],
    ["an older version", ["0.0.9"], /0\.0\.9 is older than 0\.1\.0/],
    ["a version without changes", ["0.1.9"], /CHANGELOG\.md says nothing of 0\.1\.9/],
    ["a version that the changelog does not know", ["0.3.0"], /Add a section "## 0\.3\.0"/],
  ])("refuses %s and changes nothing", (_what, args, message) => {
    makeProject();
    const before = readFileSync(join(root, "package.json"), "utf8");
    const { status, stderr } = release(...args);
    expect([status, stderr]).toEqual([2, expect.stringMatching(message)]);
    expect(readFileSync(join(root, "package.json"), "utf8")).toBe(before);
  });

  it("refuses a folder with changes that are not committed", () => {
    makeProject();
    write("styles.css", ".b {}\n");
    expect(release("0.2.0").stderr).toMatch(/not committed:\n M styles\.css/);
  });

  it("refuses a build that comes out differently each time", () => {
    makeProject({ build: changing });
    expect(release("0.2.0").stderr).toMatch(/Two builds of the same sources differ/);
  });

  it.each(["build", "typecheck", "lint", "test"])("packs nothing when npm run %s fails", (script) => {
    makeProject({ [script]: "exit 3" });
    const { status, stderr } = release("0.2.0");
    expect([status, stderr]).toEqual([2, expect.stringContaining(`npm run ${script} failed`)]);
    expect(readdirSync(root)).not.toContain("dist");
  });

  it("refuses a manifest that Obsidian's reviewers would refuse, with each reason", () => {
    makeProject();
    const manifest = { ...json("manifest.json"), id: "obsidian-engram", description: "Learn \u{1F600}", isDesktopOnly: "no" };
    write("manifest.json", JSON.stringify(manifest));
    commit();
    const { stderr } = release("0.2.0");
    expect(stderr).toMatch(/without "obsidian"; the description must end .* without emoji; isDesktopOnly must be/);
  });
});
