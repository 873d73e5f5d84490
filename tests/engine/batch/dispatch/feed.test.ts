import { describe, expect, it } from "vitest";
import { Feed } from "../../../../src/engine/batch/dispatch/feed";
import type { LearningEvent } from "../../../../src/engine/learning/event";
import { ManualClock } from "../../../fakes/manualClock";
import { events, OwedEvents } from "./dispatchWorld";

describe("reading what waits in the journal", () => {
  it("reads again what could not be taken, and skips nothing", async () => {
    const clock = new ManualClock();
    const source = new OwedEvents();
    source.all.push(...events(600));
    const taken: LearningEvent[] = [];
    const failures: unknown[] = [];
    let broken = true;
    const feed = new Feed<number>({
      source,
      clock,
      chance: () => 0.5,
      room: () => 250,
      isHeld: (id) => taken.some((one) => one.id === id),
      take: (list) => {
        for (const one of list) {
          if (broken && taken.length === 300) throw new Error("no place for it");
          taken.push(one);
        }
      },
      taken: () => feed.fill(),
      caughtUp: () => undefined,
      failed: (error) => failures.push(error),
    });
    feed.fill();
    await clock.advance(100);
    expect([taken.length, failures.length]).toEqual([300, 1]);
    broken = false;
    await clock.advance(10_000);
    expect(taken).toEqual(source.all);
    expect(feed.behind).toBe(false);
    expect(clock.pending).toBe(0);
  });
});
