import { mkdtemp, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inTurn } from "../../../src/adapters/node/processTurn";

let folder = "";
let lock = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "canvas-engram-turn-"));
  lock = join(folder, ".a.canvas.lock");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Ten at once; resolves with the most that were in their turn together. */
async function most(): Promise<number> {
  let inside = 0;
  let peak = 0;
  const work = async (): Promise<void> => {
    inside += 1;
    peak = Math.max(peak, inside);
    await stat(folder);
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 10 }, () => inTurn(lock, work)));
  return peak;
}

describe("turns of processes", () => {
  it("are one at a time and leave nothing behind", async () => {
    expect(await most()).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it("are one at a time too after one that died in its turn, which all find at once", async () => {
    await writeFile(lock, "1.1");
    const longAgo = Date.now() / 1000 - 60;
    await utimes(lock, longAgo, longAgo);
    expect(await most()).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it("end when the work throws", async () => {
    await expect(inTurn(lock, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await readdir(folder)).toEqual([]);
  });

  it("leave the lock of another that came while one slept through its turn", async () => {
    await inTurn(lock, () => writeFile(lock, "another process"));
    expect(await readdir(folder)).toEqual([".a.canvas.lock"]);
  });
});
