import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { findRoot, isGone, untilBack, untilGone, type Waiting } from "../../../src/adapters/node/vaultRoot";
import { ManualClock } from "../../fakes/manualClock";

let base: string;
let vault: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "canvas-engram-root-"));
  vault = join(base, "vault");
  await mkdir(join(vault, "notes"), { recursive: true });
});

afterEach(() => rm(base, { recursive: true, force: true }));

/** Lets the next look happen, and waits until it has come to its end. */
async function look(clock: ManualClock, seen: () => boolean): Promise<void> {
  await clock.advance(1_000);
  await vi.waitFor(() => expect(seen() || clock.pending > 0).toBe(true), 45_000);
}

function followed(waiting: Waiting): () => boolean {
  let isOver = false;
  void waiting.over.then(() => (isOver = true));
  return () => isOver;
}

describe("the folder of a vault", () => {
  it("is the same whatever comes and goes in it", async () => {
    const root = await findRoot(vault);
    await writeFile(join(vault, "a.canvas"), "{}");
    await rm(join(vault, "notes"), { recursive: true });
    expect(await isGone(root)).toBe(false);
  });

  it("is gone when it is moved or removed, and not when it is back", async () => {
    const root = await findRoot(vault);
    await rename(vault, `${vault}-elsewhere`);
    expect(await isGone(root)).toBe(true);
    await rename(`${vault}-elsewhere`, vault);
    expect(await isGone(root)).toBe(false);
    await rm(vault, { recursive: true });
    expect(await isGone(root)).toBe(true);
  });

  it("is another one when it was made again, whether or not the disk gives it the same number", async () => {
    // Until the clock of the disk has moved on, the time of its making may be that of its last change.
    const root = await vi.waitFor(async () => {
      await writeFile(join(vault, "a.canvas"), "{}");
      await rm(join(vault, "a.canvas"));
      const found = await findRoot(vault);
      expect(found.folder?.isSure).toBe(true);
      return found;
    }, 45_000);
    for (let time = 0; time < 20; time += 1) {
      await rm(vault, { recursive: true });
      await mkdir(join(vault, "notes"), { recursive: true });
      expect(await isGone(root)).toBe(true);
    }
  });

  it("is never gone where there was none", async () => {
    expect(await isGone(await findRoot(join(base, "nowhere")))).toBe(false);
  });
});

describe("waiting for the folder of a vault", () => {
  it("notices that it is gone", async () => {
    const clock = new ManualClock();
    const waiting = untilGone(await findRoot(vault), clock);
    const isOver = followed(waiting);
    await look(clock, isOver);
    expect(isOver()).toBe(false);
    await rm(vault, { recursive: true });
    await look(clock, isOver);
    expect({ over: isOver(), timers: clock.pending }).toEqual({ over: true, timers: 0 });
  });

  it("takes it for back when it holds something and nothing more comes", async () => {
    const clock = new ManualClock();
    await rm(vault, { recursive: true });
    const waiting = untilBack(vault, clock);
    const isOver = followed(waiting);
    const happenings = [
      async () => undefined,
      () => mkdir(vault),
      async () => undefined,
      () => mkdir(join(vault, ".git")),
      async () => undefined,
      () => writeFile(join(vault, "a.canvas"), "{}"),
      () => writeFile(join(vault, "b.canvas"), "{}"),
    ];
    for (const happens of happenings) {
      await happens();
      await look(clock, isOver);
      expect(isOver()).toBe(false);
    }
    await look(clock, isOver);
    expect({ over: isOver(), timers: clock.pending }).toEqual({ over: true, timers: 0 });
  });

  it("looks no more when it is ended, also in the middle of a look", async () => {
    const clock = new ManualClock();
    const waiting = untilGone(await findRoot(vault), clock);
    const other = untilBack(join(base, "nowhere"), clock);
    other.end();
    await clock.advance(1_000);
    waiting.end();
    await rm(vault, { recursive: true });
    await clock.advance(60_000);
    expect(clock.pending).toBe(0);
  });
});
