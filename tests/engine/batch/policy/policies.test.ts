import { describe, expect, it } from "vitest";
import type { FailureClass, StoreFailure } from "../../../../src/engine/graph/port";
import { breakerAfter, closedBreaker, type Breaker } from "../../../../src/engine/batch/policy/breaker";
import { backoffMs, nextStep, retryTable, suspectRule } from "../../../../src/engine/batch/policy/retry";
import { checkBatchSettings, defaultBatchSettings } from "../../../../src/engine/batch/policy/settings";
import { fitted, loadOf, nextTarget, nothingLearned, tooBig, withinLearned } from "../../../../src/engine/batch/policy/sizing";
import { seededRandom } from "../../../fakes/seededRandom";

describe("settings", () => {
  it("are right as they come", () => {
    expect(checkBatchSettings(defaultBatchSettings)).toMatchObject({
      batchSize: 200,
      batchBytes: 512_000,
      lingerMs: 100,
      concurrency: 10,
      queueEvents: 1_000,
    });
  });

  it.each([
    ["batchSize", 0],
    ["batchSize", 2_001],
    ["concurrency", 1.5],
    ["lingerMs", -1],
    ["queueEvents", Number.NaN],
  ] as const)("refuse %s of %d by name", (name, value) => {
    expect(() => checkBatchSettings({ ...defaultBatchSettings, [name]: value })).toThrow(name);
  });
});

describe("settings of retry and breaker", () => {
  it.each([
    ["attempts", { retry: { ...defaultBatchSettings.retry, attempts: 21 } }],
    ["baseMs", { retry: { ...defaultBatchSettings.retry, baseMs: 9 } }],
    ["failures", { breaker: { ...defaultBatchSettings.breaker, failures: 0 } }],
    ["longestWaitMs", { breaker: { ...defaultBatchSettings.breaker, longestWaitMs: 0.5 } }],
  ])("are refused by name: %s", (name, change) => {
    expect(() => checkBatchSettings({ ...defaultBatchSettings, ...change })).toThrow(name);
  });
});

describe("adaptive size", () => {
  it("multiplies by 1.5 above 0.8, by 0.7 below 0.3, and is as configured between", () => {
    expect(nextTarget(200, 200, 0.81)).toBe(300);
    expect(nextTarget(200, 200, 0.8)).toBe(200);
    expect(nextTarget(200, 200, 0.3)).toBe(200);
    expect(nextTarget(200, 200, 0.29)).toBe(140);
    expect(nextTarget(320, 200, 0.5)).toBe(200);
  });

  it("reaches both of its bounds and goes no further", () => {
    const up = [1, 2, 3, 4].reduce((size) => nextTarget(size, 200, 0.9), 200);
    const down = [1, 2, 3, 4, 5, 6].reduce((size) => nextTarget(size, 200, 0.1), 200);
    expect([up, down]).toEqual([400, 50]);
    expect(nextTarget(1, 1, 0)).toBe(1);
    expect(nextTarget(2, 1, 1)).toBe(2);
  });

  it("blends the depth of the queue with the latency of the store", () => {
    expect(loadOf(0, 1_000, false, 0)).toBe(0);
    expect(loadOf(1_000, 1_000, false, 0)).toBeCloseTo(0.85);
    expect(loadOf(0, 1_000, true, 5_000)).toBeCloseTo(1);
    expect(loadOf(500, 1_000, false, 200)).toBeCloseTo(0.425 + 0.03);
  });

  it("remembers what was too big and gives it back in steps", () => {
    let learned = tooBig(tooBig(nothingLearned, 200), 80);
    expect(withinLearned(learned, 300)).toBe(40);
    const sizes = new Set<number>();
    for (let batch = 0; batch < 60; batch += 1) {
      learned = fitted(learned, 200);
      sizes.add(withinLearned(learned, 200));
    }
    expect([...sizes]).toEqual([40, 80, 160, 200]);
  });
});

describe("retries", () => {
  const half = (): number => 0.5;
  const failure = (of: FailureClass, retryAfterMs?: number): StoreFailure => ({
    kind: "failed",
    class: of,
    code: "X",
    message: "X",
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });

  it("have one rule for each class", () => {
    const classes: readonly FailureClass[] = [
      "unavailable",
      "contention",
      "throttled",
      "too-big",
      "auth",
      "config",
      "query",
      "data",
      "unknown",
    ];
    expect(retryTable.map((rule) => rule.class)).toEqual(classes);
    expect(classes.map((of) => nextStep(failure(of), 1, half).kind)).toEqual([
      "put-back",
      "again",
      "hold",
      "smaller",
      "stop",
      "stop",
      "stop",
      "find",
      "again",
    ]);
  });

  it("hold for as long as the store asks, and by the backoff where that is no wait", () => {
    const waits = (retryAfterMs: number): readonly unknown[] => [1, 2, 3].map((count) => nextStep(failure("throttled", retryAfterMs), count, half));
    const hold = (...delays: readonly number[]): readonly unknown[] => delays.map((delayMs) => ({ kind: "hold", delayMs }));
    expect(waits(7_000)).toEqual(hold(7_000, 7_000, 7_000));
    expect(waits(0)).toEqual(hold(625, 1_125, 2_125));
  });

  it("end contention after five and the unknown after one", () => {
    expect([1, 5, 6].map((count) => nextStep(failure("contention"), count, half).kind)).toEqual([
      "again",
      "again",
      "put-back",
    ]);
    expect([1, 2].map((count) => nextStep(failure("unknown"), count, half).kind)).toEqual(["again", "find"]);
  });

  it("end contention, and wait for it, as a person says", () => {
    const limits = { attempts: 2, baseMs: 400, mostMs: 600 };
    const steps = [1, 2, 3].map((count) => nextStep(failure("contention"), count, () => 1, limits));
    expect(steps).toEqual([{ kind: "again", delayMs: 400 }, { kind: "again", delayMs: 600 }, { kind: "put-back" }]);
    expect(nextStep(failure("contention"), 1, half, { ...limits, attempts: 0 })).toEqual({ kind: "put-back" });
    expect(nextStep(failure("contention"), 1, half, { attempts: 1, baseMs: 10, mostMs: 10 })).toEqual({ kind: "again", delayMs: 10 });
    expect(nextStep(failure("unknown"), 1, () => 1, limits)).toEqual({ kind: "again", delayMs: 1_000 });
  });

  it("leave a suspect some seconds, and decide within the 15 that one run of a command gives a store", () => {
    const waits = (chance: () => number): number => {
      const search = nextStep(failure("unknown"), 1, chance);
      const before = search.kind === "again" ? search.delayMs : 0;
      const tries = Array.from({ length: suspectRule.failures - 1 }, (_, index) => index + 1);
      return tries.reduce((sum, failures) => sum + backoffMs(suspectRule.backoff, failures, chance), before);
    };
    expect(waits(() => 0)).toBeGreaterThan(4_000);
    expect(waits(() => 1)).toBeLessThan(10_000);
  });

  it("wait as long as a store asks, however long, and never give up on it", () => {
    expect(nextStep(failure("throttled", 90_000), 50, half)).toEqual({ kind: "hold", delayMs: 90_000 });
    expect(nextStep(failure("throttled"), 50, half)).toEqual({ kind: "hold", delayMs: 30_125 });
  });

  it("wait longer each time, by chance, within their bounds, and alike for one seed", () => {
    const rule = { leastMs: 50, baseMs: 100, mostMs: 2_000 };
    expect([1, 2, 3, 6, 60].map((count) => backoffMs(rule, count, half))).toEqual([75, 125, 225, 1_025, 1_025]);
    const waits = (seed: number): number[] => {
      const random = seededRandom(seed);
      return Array.from({ length: 200 }, (_, index) => backoffMs(rule, index % 8, () => random.next()));
    };
    expect(Math.min(...waits(1))).toBeGreaterThanOrEqual(50);
    expect(Math.max(...waits(1))).toBeLessThanOrEqual(2_000);
    expect(waits(1)).toEqual(waits(1));
    expect(waits(1)).not.toEqual(waits(2));
  });
});

describe("the breaker", () => {
  const failed = (breaker: Breaker, now: number, certain = false): Breaker =>
    breakerAfter(breaker, { kind: "failed", certain }, now);

  it("opens at three failures within 30 seconds, or at one that leaves no doubt", () => {
    const two = failed(failed(closedBreaker, 0), 1_000);
    expect(two.kind).toBe("closed");
    expect(failed(two, 2_000)).toEqual({ kind: "open", until: 4_000, streak: 1 });
    expect(failed(two, 31_500).kind).toBe("closed");
    expect(failed(closedBreaker, 0, true).kind).toBe("open");
    expect(failed(breakerAfter(two, { kind: "succeeded" }, 1_500), 2_000).kind).toBe("closed");
  });

  it("waits 2, 4 … 60 seconds while probes fail, and begins anew after a success", () => {
    let breaker = closedBreaker;
    const waits: number[] = [];
    for (let probe = 0; probe < 8; probe += 1) {
      breaker = failed(breaker, 0, true);
      if (breaker.kind === "open") waits.push(breaker.until);
      breaker = breakerAfter(breaker, { kind: "probe" }, 0);
      expect(breaker.kind).toBe("half-open");
    }
    expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    expect(breakerAfter(breaker, { kind: "succeeded" }, 0)).toEqual(closedBreaker);
  });

  it("waits at least as long as the store asks", () => {
    expect(breakerAfter(closedBreaker, { kind: "failed", certain: true, waitMs: 9_000 }, 0)).toMatchObject({
      until: 9_000,
    });
  });

  it("opens and waits as a person says", () => {
    const limits = { windowMs: 30_000, failures: 2, firstWaitMs: 500, longestWaitMs: 700 };
    const fails = (breaker: Breaker, now: number): Breaker => breakerAfter(breaker, { kind: "failed", certain: false }, now, limits);
    const one = fails(closedBreaker, 0);
    expect(one.kind).toBe("closed");
    const two = fails(one, 100);
    expect(two).toMatchObject({ kind: "open", until: 600 });
    const probed = breakerAfter(two, { kind: "probe" }, 600, limits);
    expect(fails(probed, 600)).toMatchObject({ kind: "open", until: 1_300 });
  });

  it("does not open twice for failures that come in late", () => {
    const open = failed(closedBreaker, 0, true);
    expect(failed(open, 500, true)).toBe(open);
  });
});
