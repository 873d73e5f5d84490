import { describe, expect, it } from "vitest";
import type { Clock } from "../../../../src/engine/index";
import { importBackup } from "../../../../src/engine/flow/record/backup";
import { readEvent } from "../../../../src/engine/learning/readEvent";
import { testHasher } from "../../../fakes/testHasher";
import { VAULT, DEVICE } from "../engineWorld";

/** A host that is as slow as a phone: it needs a millisecond between any two looks at the clock. */
class SlowClock implements Clock {
  pauses = 0;
  private elapsed = 0;

  now(): number {
    return this.elapsed;
  }

  monotonic(): number {
    this.elapsed += 1;
    return this.elapsed;
  }

  after(_: number, run: () => void): () => void {
    this.pauses += 1;
    queueMicrotask(run);
    return () => undefined;
  }
}

describe("a backup of what is here already", () => {
  it("leaves the host its thread, however many lines bring nothing", async () => {
    const clock = new SlowClock();
    const codec = { hasher: testHasher, readEvent };
    const parts = { clock, codec, device: DEVICE, vault: VAULT, journal: { has: () => true }, adopt: () => Promise.resolve([]) };
    expect(await importBackup("no line\n".repeat(1_000), parts)).toEqual({ added: 0, duplicates: 0, bad: 1_000 });
    expect(clock.pauses).toBeGreaterThan(100);
  });
});
