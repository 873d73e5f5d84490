import { describe, expect, it } from "vitest";
import { Lag } from "../../../../src/engine/batch/batcher/lag";
import type { Clock } from "../../../../src/engine/kernel/clock";
import { ManualClock } from "../../../fakes/manualClock";

/** A host whose timers ring when a test says so, however late. */
class HeldTimers implements Clock {
  time = 0;
  readonly held: (() => void)[] = [];

  now(): number {
    return this.time;
  }

  monotonic(): number {
    return this.time;
  }

  after(_ms: number, run: () => void): () => void {
    this.held.push(run);
    return () => undefined;
  }

  ring(lateBy: number): void {
    this.time += lateBy;
    this.held.shift()?.();
  }
}

describe("how late a host's timers are", () => {
  it("is unknown, and so none, until the first measured one rings", () => {
    const host = new HeldTimers();
    const lag = new Lag(host);
    expect(lag.ms).toBe(0);
    lag.measure();
    expect(lag.ms).toBe(0);
    host.ring(35);
    expect(lag.ms).toBe(35);
  });

  it("is that of the last one, not the worst", () => {
    const host = new HeldTimers();
    const lag = new Lag(host);
    for (const lateBy of [80, 3]) {
      lag.measure();
      host.ring(lateBy);
    }
    expect(lag.ms).toBe(3);
  });

  it("is measured once at a time, from the first call on", () => {
    const host = new HeldTimers();
    const lag = new Lag(host);
    lag.measure();
    host.time += 10;
    lag.measure();
    expect(host.held).toHaveLength(1);
    host.ring(10);
    expect(lag.ms).toBe(20);
    expect(host.held).toHaveLength(0);
  });

  it("is none where a clock was set back", () => {
    const host = new HeldTimers();
    const lag = new Lag(host);
    lag.measure();
    host.ring(-5);
    expect(lag.ms).toBe(0);
  });

  it("leaves no timer behind", async () => {
    const clock = new ManualClock();
    new Lag(clock).measure();
    expect(clock.pending).toBe(1);
    await clock.advance(0);
    expect(clock.pending).toBe(0);
  });
});
