import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LockHeld } from "../../src/cli/holdLock";
import { withVault } from "../../src/cli/openVault";
import { makeHeadlessVault, type HeadlessVault } from "../scenarios/headlessVault";

let vault: HeadlessVault;

beforeEach(async () => {
  vault = await makeHeadlessVault();
});

afterEach(async () => {
  vi.useRealTimers();
  await vault.remove();
});

const devices = (): string => join(vault.folder, ".obsidian/plugins/canvas-engram/devices");

/** Every file of the plugin's devices, by path. */
async function everything(): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(devices(), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(files.sort().map(async (file) => [file, await readFile(file, "utf8")] as const)));
}

const score = (value: number): object => ({ type: "score_submitted", note: "n.md", score: value });

describe("a headless process whose vault was taken over while it was silent", () => {
  it("writes nothing from then on, not even when it ends, and says so", async () => {
    let left: ReadonlyMap<string, string> = new Map();
    const work = withVault(vault.host, async ({ engine }) => {
      await engine.record(score(1));
      const other = { pid: 1, host: "elsewhere", start: 1, heartbeat: Date.now() + 61_000, nonce: "other" };
      await writeFile(join(devices(), engine.device, "lock.json"), JSON.stringify(other));
      left = await everything();
      vi.useFakeTimers({ toFake: ["Date"] });
      vi.setSystemTime(Date.now() + 61_000);
      await expect(engine.record(score(2))).rejects.toMatchObject({ name: "StorageError" });
      return new Promise<never>(() => undefined);
    });
    await expect(work).rejects.toThrow(LockHeld);
    expect(left.size).toBeGreaterThan(1);
    expect(await everything()).toEqual(left);
  });
});
