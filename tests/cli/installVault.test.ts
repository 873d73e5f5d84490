import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const script = join(import.meta.dirname, "..", "..", "src", "cli", "installVault.mjs");
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "engram-install-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function run(...args: readonly string[]): { status: number | null; stderr: string; stdout: string } {
  return spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
}

/** Installs made-up build results, so that no test depends on what is built now. */
function install(vault: string, options: object): { status: number | null; stderr: string } {
  const source = join(folder, "built");
  mkdirSync(source, { recursive: true });
  for (const file of ["main.js", "manifest.json", "styles.css"]) writeFileSync(join(source, file), `new ${file}`);
  const code = `const { installInto } = await import(${JSON.stringify(pathToFileURL(script).href)});
    installInto(${JSON.stringify(vault)}, ${JSON.stringify({ from: source, ...options })});`;
  return spawnSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" });
}

describe("install:vault", () => {
  it.each([[[]], [["--force", "x"]], [["one", "two"]]])("explains itself after %j", (args) => {
    const result = run(...args);
    expect(result.status).toBe(2);
    expect(result.stderr).toContain("Usage: npm run install:vault -- <vault folder> [--create]");
  });

  it("refuses a folder that is not there, a file, and a folder that is no vault", () => {
    expect(run(join(folder, "nowhere")).stderr).toMatch(/There is no folder .*nowhere\. Add --create/);
    writeFileSync(join(folder, "file"), "");
    expect(run(join(folder, "file")).stderr).toMatch(/is a file, not a vault folder/);
    expect(run(folder).stderr).toMatch(/has no \.obsidian folder/);
    expect(existsSync(join(folder, ".obsidian"))).toBe(false);
  });

  it("replaces the three files and keeps settings and data", () => {
    const vault = join(folder, "vault");
    const plugin = join(vault, ".obsidian", "plugins", "canvas-engram");
    mkdirSync(join(plugin, "devices", "d1"), { recursive: true });
    writeFileSync(join(plugin, "main.js"), "old");
    writeFileSync(join(plugin, "data.json"), "settings");
    writeFileSync(join(plugin, "devices", "d1", "journal"), "line");
    expect(install(vault, {}).status).toBe(0);
    const read = (file: string): string => readFileSync(join(plugin, file), "utf8");
    expect(["main.js", "manifest.json", "styles.css"].map(read)).toEqual(["new main.js", "new manifest.json", "new styles.css"]);
    expect([read("data.json"), read("devices/d1/journal")]).toEqual(["settings", "line"]);
  });

  it("makes a vault where it is asked to, and nothing where a file is not built", () => {
    const vault = join(folder, "fresh");
    expect(install(vault, { create: true }).status).toBe(0);
    expect(existsSync(join(vault, ".obsidian", "plugins", "canvas-engram", "main.js"))).toBe(true);
    const other = join(folder, "other");
    const result = install(other, { create: true, from: join(folder, "nothing") });
    expect(result.status).not.toBe(0);
    expect(result.stderr).toContain("main.js, manifest.json, styles.css is not built. Run: npm run build");
    expect(existsSync(other)).toBe(false);
  });
});
