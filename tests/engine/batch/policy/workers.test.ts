import { describe, expect, it } from "vitest";
import { workersFor, type WorkersView } from "../../../../src/engine/batch/policy/workers";

const calm: WorkersView = { workers: 4, min: 1, max: 10, waiting: 6, lagMs: 0, hidden: false };

describe("the number of workers", () => {
  it.each([
    ["stays between the thresholds", {}, 4],
    ["grows by one when more than two items wait for each", { waiting: 9 }, 5],
    ["does not grow at exactly two for each", { waiting: 8 }, 4],
    ["grows no further than its most", { workers: 10, waiting: 1_000 }, 10],
    ["does not grow while the host is rather busy", { waiting: 1_000, lagMs: 21 }, 4],
    ["stays at a lag that nobody feels", { lagMs: 50 }, 4],
    ["halves when the host is held up, whatever waits", { waiting: 1_000, lagMs: 51 }, 2],
    ["shrinks by one when one would stand idle", { waiting: 3 }, 3],
    ["stays when each has one", { waiting: 4 }, 4],
    ["shrinks no further than its least", { workers: 2, min: 2, waiting: 0 }, 2],
    ["does not fall below its least when the host is held up", { workers: 3, min: 2, lagMs: 900 }, 2],
    ["is the least while nobody looks", { waiting: 1_000, hidden: true }, 1],
    ["comes within bounds that were changed", { workers: 20, max: 6, waiting: 30 }, 6],
  ] as const)("%s", (_, view, workers) => {
    expect(workersFor({ ...calm, ...view })).toBe(workers);
  });

  it("goes all the way up under load and all the way down afterwards", () => {
    let workers = 1;
    for (let step = 0; step < 20; step += 1) workers = workersFor({ ...calm, workers, waiting: 100 });
    expect(workers).toBe(10);
    for (let step = 0; step < 20; step += 1) workers = workersFor({ ...calm, workers, waiting: 0 });
    expect(workers).toBe(1);
  });
});
