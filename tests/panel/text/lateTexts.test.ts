import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { projectRoot, sourceFiles } from "../../architecture/sourceFiles";

const read: string[] = [];

vi.mock("../../../src/panel/text/spoken", () => ({ spoken: (table: object) => watched(table, "") }));
vi.mock("obsidian", () => new Proxy({ __esModule: true }, { has: () => true, get: (_, key) => (key === "then" ? undefined : key === "__esModule" ? true : class {}) }));
vi.mock("uplot", () => ({ default: class {} }));

/** The texts, noting each that is read. */
function watched(table: object, path: string): object {
  const shown: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(table) as [string, unknown][]) {
    const name = `${path}${key}`;
    if (typeof value === "object" && value !== null && !("other" in value)) shown[key] = watched(value, `${name}.`);
    else Object.defineProperty(shown, key, { enumerable: true, get: () => (read.push(name), value) });
  }
  return shown;
}

it("reads no text while the files are loaded, since the language is not known by then", { timeout: 60_000 }, async () => {
  const paths = sourceFiles("src")
    .map(({ path }) => path)
    .filter((path) => /^src\/(panel|adapters\/obsidian)\//.test(path) && !path.startsWith("src/panel/text/"));
  expect(paths.length).toBeGreaterThan(80);
  const early: string[] = [];
  for (const path of paths) {
    // eslint-disable-next-line no-unsanitized/method -- the path is of a file of ours that was listed just now
    await import(/* @vite-ignore */ join(projectRoot, `${path}.ts`));
    if (read.length > 0) early.push(`${path}: ${read.splice(0).join(", ")}`);
  }
  expect(early).toEqual([]);
});
