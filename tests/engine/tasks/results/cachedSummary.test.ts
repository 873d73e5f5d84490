import { describe, expect, it } from "vitest";
import type { ItemResult } from "../../../../src/engine/tasks/itemResult";
import { CachedSummary } from "../../../../src/engine/tasks/results/cachedSummary";
import { ManualClock } from "../../../fakes/manualClock";
import { done, streamed } from "./madeResults";

function log(): { readonly cached: CachedSummary; readonly add: (line: ItemResult) => void; readonly seen: { readings: number; broken: boolean } } {
  const lines: ItemResult[] = [];
  const seen = { readings: 0, broken: false };
  const stream = async function* (): AsyncGenerator<ItemResult> {
    seen.readings += 1;
    if (seen.broken) throw new Error("unreadable");
    yield* streamed([...lines]);
  };
  const cached = new CachedSummary({ lines: () => lines.length, stream }, { clock: new ManualClock() });
  return { cached, add: (line) => void lines.push(line), seen };
}

describe("a summary that is kept", () => {
  it("is made once, also for callers at the same time, until a line is added", async () => {
    const { cached, add, seen } = log();
    add(done(0));
    const [one, two] = await Promise.all([cached.get(), cached.get()]);
    expect(await cached.get()).toBe(one);
    expect([one.done, two === one, seen.readings]).toEqual([1, true, 1]);
    add(done(1));
    expect((await cached.get()).done).toBe(2);
    expect(seen.readings).toBe(2);
  });

  it("counts a line that came while it was made", async () => {
    const { cached, add } = log();
    add(done(0));
    const early = cached.get();
    add(done(1));
    expect((await cached.get()).done).toBe(2);
    await early;
    expect((await cached.get()).done).toBe(2);
  });

  it("is tried again after it could not be made", async () => {
    const { cached, add, seen } = log();
    add(done(0));
    seen.broken = true;
    await expect(cached.get()).rejects.toThrow("unreadable");
    seen.broken = false;
    expect((await cached.get()).done).toBe(1);
  });
});
