import { describe, expect, it } from "vitest";
import { bucketConfigured, openBucket, taken, type TokenBucket } from "../../../../src/engine/batch/policy/tokenBucket";
import { seededRandom } from "../../../fakes/seededRandom";

/** Starts as soon as the bucket lets, and gives the times of the starts. */
function starts(bucket: TokenBucket, from: number, count: number): readonly number[] {
  const times: number[] = [];
  let now = from;
  let rest = bucket;
  while (times.length < count) {
    const { bucket: next, waitMs } = taken(rest, now);
    rest = next;
    if (waitMs === 0) times.push(now);
    now += waitMs;
  }
  return times;
}

describe("a token bucket", () => {
  it("lets a burst go at once and then one for each interval", () => {
    expect(starts(openBucket({ rps: 10, burst: 3 }, 1_000), 1_000, 6)).toEqual([1_000, 1_000, 1_000, 1_100, 1_200, 1_300]);
  });

  it("takes nothing when it says to wait", () => {
    const empty = taken(openBucket({ rps: 2, burst: 1 }, 0), 0).bucket;
    const asked = taken(taken(empty, 0).bucket, 100);
    expect([taken(empty, 0).waitMs, asked.waitMs, taken(asked.bucket, 500).waitMs]).toEqual([500, 400, 0]);
  });

  it("saves up no more than its burst, however long the rest was", () => {
    const used = taken(openBucket({ rps: 5, burst: 2 }, 0), 0).bucket;
    expect(starts(used, 3_600_000, 3)).toEqual([3_600_000, 3_600_000, 3_600_200]);
  });

  it("takes a clock that stands or went back for no time at all", () => {
    const used = taken(openBucket({ rps: 1, burst: 1 }, 1_000), 1_000).bucket;
    expect(taken(used, 500).waitMs).toBe(1_000);
    expect(taken(taken(used, 500).bucket, 2_000).waitMs).toBe(0);
  });

  it("keeps its rate at any rate, and whoever waits as told is let go", () => {
    const random = seededRandom(7);
    for (let round = 0; round < 200; round += 1) {
      const rps = 0.01 + random.next() * 900;
      const empty = taken(openBucket({ rps, burst: 1 }, 0), 0).bucket;
      const { bucket, waitMs } = taken(empty, random.next() * 3);
      if (waitMs > 0) expect(taken(bucket, 3 + waitMs).waitMs, `${rps} a second`).toBe(0);
      const times = starts(openBucket({ rps, burst: 1 }, 0), 0, 50);
      expect(times[49] ?? 0).toBeGreaterThanOrEqual((49 * 1_000) / rps - 1);
    }
  });

  it("goes over to another rate with what it has", () => {
    const used = taken(openBucket({ rps: 1, burst: 10 }, 0), 0).bucket;
    expect(starts(bucketConfigured(used, { rps: 10, burst: 2 }, 0), 0, 4)).toEqual([0, 0, 100, 200]);
  });

  it.each([
    [{ rps: 0, burst: 1 }, "above 0"],
    [{ rps: Number.NaN, burst: 1 }, "above 0"],
    [{ rps: Number.POSITIVE_INFINITY, burst: 1 }, "above 0"],
    [{ rps: 1, burst: 0.5 }, "at least 1"],
  ])("refuses %j", (rate, reason) => {
    expect(() => openBucket(rate, 0)).toThrow(reason);
  });
});
