import { describe, expect, it } from "vitest";
import type { StoreFailure } from "../../../../src/engine/graph/port";
import { defaultBatchSettings } from "../../../../src/engine/batch/policy/settings";
import { events, startedWorld, type World } from "./dispatchWorld";

const throttled: StoreFailure = { kind: "failed", class: "throttled", code: "429", message: "Too many.", retryAfterMs: 1_000 };
const contended: StoreFailure = { kind: "failed", class: "contention", code: "Deadlock", message: "In the way." };

/** Offers one event for each of so many canvases. */
function offerEach(world: World, canvases: number): void {
  for (let index = 0; index < canvases; index += 1) world.offer(events(1, { canvas: `c${index}` }));
}

async function offerSlowly(world: World, batches: number): Promise<void> {
  for (let index = 0; index < batches; index += 1) {
    world.offer(events(1));
    await world.clock.advance(200);
  }
}

function levels(world: World): readonly string[] {
  return world.facts.flatMap((fact) => (fact.kind === "backpressure" ? [fact.level] : []));
}

describe("parallelism that adapts", () => {
  it("is shown before anything was sent, and after a change of the settings", async () => {
    const world = await startedWorld({ settings: { batchSize: 50 } });
    expect([world.stats().lanes, world.stats().targetSize]).toEqual([10, 50]);
    world.dispatcher.updateSettings({ ...defaultBatchSettings, concurrency: 4, batchSize: 80 });
    expect([world.stats().lanes, world.stats().targetSize]).toEqual([4, 80]);
  });

  it("halves once where batches under way together are refused for load, and comes back one by one", async () => {
    const world = await startedWorld({ settings: { batchSize: 1 } });
    world.store.latencyMs = 50;
    world.store.faults.push(...Array.from({ length: 10 }, () => throttled));
    offerEach(world, 10);
    await world.clock.advance(900);
    expect(world.stats().totals.failedWrites).toBe(10);
    expect(world.stats().lanes).toBe(5);
    await world.clock.advance(5_000);
    expect(world.owed.pending).toBe(0);
    await offerSlowly(world, 50);
    expect(world.stats().lanes).toBe(10);
  });

  it("halves again where what left after the cut is refused too", async () => {
    const world = await startedWorld({ settings: { batchSize: 1 } });
    world.store.faults.push(throttled);
    world.offer(events(1));
    await world.clock.advance(500);
    world.store.faults.push(throttled);
    await world.clock.advance(1_000);
    expect(world.stats().lanes).toBe(2);
  });

  it("halves while the store is slower than it should be, to one at last, and recovers with it", async () => {
    const world = await startedWorld({ settings: { batchSize: 1, targetLatencyMs: 300 } });
    world.store.latencyMs = 301;
    offerEach(world, 60);
    await world.clock.advance(30_000);
    expect([world.owed.pending, world.stats().lanes]).toEqual([0, 1]);
    world.store.latencyMs = 20;
    await offerSlowly(world, 90);
    expect(world.stats().lanes).toBe(10);
  });

  it("sends no more at once than is allowed", async () => {
    const world = await startedWorld({ settings: { batchSize: 1, targetLatencyMs: 300 } });
    world.store.latencyMs = 400;
    offerEach(world, 11);
    await world.clock.advance(30_000);
    expect(world.stats().lanes).toBe(2);
    world.store.peak = 0;
    offerEach(world, 20);
    await world.clock.advance(1_000);
    expect(world.store.peak).toBe(2);
  });

  it("stays as it is set where it is turned off, and so does the size", async () => {
    const world = await startedWorld({ settings: { batchSize: 20, adaptive: false, targetLatencyMs: 10 } });
    world.store.latencyMs = 50;
    world.store.faults.push(contended, contended, throttled);
    for (let round = 0; round < 20; round += 1) {
      world.offer(events(20, { canvas: `c${round}` }));
      await world.clock.advance(400);
    }
    await world.clock.advance(20_000);
    expect(world.owed.pending).toBe(0);
    expect([world.stats().lanes, world.stats().targetSize]).toEqual([10, 20]);
    expect(world.stats().load).toBeGreaterThan(0);
  });

  it("begins anew when it is turned on again", async () => {
    const world = await startedWorld({ settings: { batchSize: 1 } });
    world.store.faults.push(throttled);
    world.offer(events(1));
    await world.clock.advance(2_000);
    expect(world.stats().lanes).toBe(5);
    const settings = { ...defaultBatchSettings, batchSize: 1 };
    world.dispatcher.updateSettings({ ...settings, adaptive: false });
    expect(world.stats().lanes).toBe(10);
    world.dispatcher.updateSettings(settings);
    expect(world.stats().lanes).toBe(10);
  });
});

describe("the rate of batches", () => {
  it("lets a burst go and then one for each interval, and no timer is left when all is sent", async () => {
    const world = await startedWorld({ settings: { batchSize: 1, lingerMs: 0, rate: { rps: 2, burst: 2 } } });
    offerEach(world, 6);
    const sent: number[] = [];
    for (const ms of [0, 499, 1, 500, 500, 500]) {
      await world.clock.advance(ms);
      sent.push(world.store.batches.length);
    }
    expect(sent).toEqual([2, 2, 3, 4, 5, 6]);
    expect(world.owed.pending).toBe(0);
    expect(world.clock.pending).toBe(0);
  });

  it("follows a change while a batch waits for its turn", async () => {
    const world = await startedWorld({ settings: { batchSize: 1, lingerMs: 0, rate: { rps: 0.1, burst: 1 } } });
    offerEach(world, 3);
    await world.clock.advance(1_000);
    expect(world.store.batches).toHaveLength(1);
    world.dispatcher.updateSettings({ ...defaultBatchSettings, batchSize: 1, rate: null });
    await world.clock.advance(0);
    expect(world.store.batches).toHaveLength(3);
  });
});

describe("the rate of writes that are tried again", () => {
  const rate = { rps: 2, burst: 1 };
  const stepMs = 10;

  /** When each write reached the store, to a step exactly. */
  async function writeTimes(world: World, ms: number): Promise<readonly number[]> {
    const times: number[] = [];
    const from = world.clock.monotonic();
    for (let now = 0; now <= ms; now += stepMs) {
      while (times.length < world.store.batches.length) times.push(world.clock.monotonic() - from);
      await world.clock.advance(stepMs);
    }
    return times;
  }

  function expectApart(times: readonly number[], ms: number): void {
    for (const [index, time] of times.entries()) if (index > 0) expect(time - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(ms);
  }

  it("counts every repetition of a batch", async () => {
    const world = await startedWorld({ settings: { lingerMs: 0, rate } });
    world.store.faults.push(contended, contended, contended);
    world.offer(events(2));
    const times = await writeTimes(world, 3_000);
    expect(times).toHaveLength(4);
    expectApart(times, 500 - stepMs);
    expect(world.owed.pending).toBe(0);
    expect(world.clock.pending).toBe(0);
  });

  it("counts each write of the search for what is refused, beside new batches", async () => {
    const world = await startedWorld({ settings: { batchSize: 4, lingerMs: 0, rate } });
    const [bad, ...good] = events(4);
    world.store.refuse = (batch) => (batch.events.some(({ id }) => id === bad?.id) ? { kind: "failed", class: "data", code: "Bad", message: "No." } : null);
    world.offer(bad === undefined ? [] : [bad, ...good]);
    await world.clock.flush();
    offerEach(world, 2);
    const times = await writeTimes(world, 8_000);
    expect(times.length).toBeGreaterThan(4);
    expectApart(times, 500 - stepMs);
    expect(world.owed.letters.map(({ event: { id } }) => id)).toEqual([bad?.id]);
    expect(world.owed.pending).toBe(0);
  });

  it("holds no stop up, and what waited for its turn is still owed", async () => {
    const world = await startedWorld({ settings: { lingerMs: 0, rate: { rps: 0.01, burst: 1 } } });
    world.store.faults.push(contended);
    world.offer(events(1));
    await world.clock.advance(10_000);
    expect(world.store.batches).toHaveLength(1);
    await world.dispatcher.stop(5_000);
    expect(world.owed.pending).toBe(1);
    expect(world.clock.pending).toBe(0);
  });
});

describe("batches of one event without linger", () => {
  it("write each event at once and alone, in the order of its canvas", async () => {
    const world = await startedWorld({ settings: { batchSize: 1, lingerMs: 0, adaptive: false } });
    const list = events(3);
    for (const one of list) {
      world.offer([one]);
      await world.clock.advance(0);
    }
    expect(world.store.batches.map((batch) => batch.events.map((row) => row.id))).toEqual(list.map((one) => [one.id]));
    expect(world.stats().counts).toMatchObject({ accepted: 3, stored: 3 });
  });
});

describe("back-pressure", () => {
  it("rises with what waits, and falls when it is sent", async () => {
    const world = await startedWorld({ settings: { queueEvents: 10, batchSize: 1 } });
    world.store.latencyMs = 100;
    world.offer(events(6));
    await world.clock.advance(0);
    expect(levels(world)).toEqual([]);
    world.offer(events(3));
    expect(levels(world)).toEqual(["slow"]);
    world.offer(events(10));
    expect(levels(world)).toEqual(["slow", "spill"]);
    expect(world.stats()).toMatchObject({ pressure: "spill" });
    await world.clock.advance(10_000);
    expect(world.owed.pending).toBe(0);
    expect(levels(world).at(-1)).toBe("ok");
    expect(world.stats().pressure).toBe("ok");
  });

  it("does not stand for a store that is away while memory has room", async () => {
    const world = await startedWorld();
    world.store.down = { kind: "failed", class: "unavailable", code: "Away", message: "Away." };
    world.offer(events(20));
    await world.clock.advance(60_000);
    expect(levels(world)).toEqual([]);
  });

  it("is over when sending stops", async () => {
    const world = await startedWorld({ settings: { queueEvents: 5, batchSize: 1 } });
    world.store.faults.push({ kind: "hang" });
    world.offer(events(9));
    await world.clock.advance(1);
    expect(world.stats().pressure).toBe("spill");
    const stopped = world.dispatcher.stop(100);
    await world.clock.advance(200);
    await stopped;
    expect(world.stats().pressure).toBe("ok");
  });
});
