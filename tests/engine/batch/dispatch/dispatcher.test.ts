import { defaultBatchSettings } from "../../../../src/engine/batch/policy/settings";
import { describe, expect, it } from "vitest";
import { event, events, newWorld, startedWorld, vault } from "./dispatchWorld";
import type { LearningEvent } from "../../../../src/engine/learning/event";
import { away, MemoryGraphStore } from "../../../fakes/memoryGraphStore";
import { ManualClock } from "../../../fakes/manualClock";

describe("batches", () => {
  it("sends a lone event after its linger, with what came meanwhile, and acknowledges it", async () => {
    const world = await startedWorld();
    world.offer(events(1));
    await world.clock.advance(60);
    world.offer(events(2));
    await world.clock.advance(39);
    expect(world.store.batches).toHaveLength(0);
    await world.clock.advance(1);
    expect(world.store.batches.map((batch) => batch.events.length)).toEqual([3]);
    expect(world.owed.pending).toBe(0);
    expect(world.stats().counts).toMatchObject({ accepted: 3, stored: 3, waiting: 0, inFlight: 0, deferred: 0 });
  });

  it("does not linger when a full batch waits", async () => {
    const world = await startedWorld({ settings: { batchSize: 5 } });
    world.offer(events(5));
    await world.clock.flush();
    expect(world.store.batches.map((batch) => batch.events.length)).toEqual([5]);
  });

  it("leaves by bytes, and a larger event travels alone", async () => {
    const world = await startedWorld({ settings: { batchBytes: 10_000 } });
    world.offer([event({ text: "x" }), event({ text: "y".repeat(20_000) }), event({ text: "z" })]);
    await world.clock.advance(100);
    expect(world.store.batches.map((batch) => batch.events.length)).toEqual([1, 1, 1]);
  });

  it("keeps no timer while there is nothing to do", async () => {
    const world = await startedWorld();
    expect(world.clock.pending).toBe(0);
    world.offer(events(50));
    await world.clock.advance(200);
    expect(world.owed.pending).toBe(0);
    expect(world.clock.pending).toBe(0);
    const reads = world.owed.reads;
    await world.clock.advance(3_600_000);
    expect(world.owed.reads).toBe(reads);
  });

  it("stores 50 events of one canvas or of 50 in one round trip of a slow store", async () => {
    for (const canvases of [1, 50]) {
      const world = await startedWorld();
      world.store.latencyMs = 200;
      for (let index = 0; index < 50; index += 1) world.offer(events(1, { canvas: `c${index % canvases}` }));
      await world.clock.advance(1_000);
      const slowest = Math.max(
        ...world.facts.flatMap((fact) => (fact.kind === "batch-settled" ? fact.latenciesMs : [])),
      );
      expect(world.owed.pending).toBe(0);
      expect(slowest).toBeLessThan(500);
      expect(world.store.batches).toHaveLength(1);
    }
  });

  it("never lets a later event of one key overtake, and keeps other keys moving", async () => {
    const world = await startedWorld({ settings: { batchSize: 10, concurrency: 4 } });
    world.store.latencyMs = 50;
    const sent = new Map<string, string[]>();
    for (let round = 0; round < 40; round += 1) {
      const list = ["a", "b", "c", "d", "e"].flatMap((canvas) =>
        events(3, { canvas, priority: round % 3 === 0 ? "CRITICAL" : "LOW" }),
      );
      for (const one of list) sent.set(one.canvas?.id ?? "", [...(sent.get(one.canvas?.id ?? "") ?? []), one.id]);
      world.offer(list);
      await world.clock.advance(20);
    }
    await world.clock.advance(60_000);
    expect(world.owed.pending).toBe(0);
    expect(world.order()).toEqual(sent);
    expect(world.store.peak).toBe(4);
  });

  it("never has more writes under way than the limit that it shares, and follows a live change", async () => {
    const clock = new ManualClock();
    const one = await startedWorld({ clock, settings: { batchSize: 1, concurrency: 3 } });
    const two = await startedWorld({ clock, slots: one.slots, settings: { batchSize: 1, concurrency: 3 } });
    one.store.latencyMs = two.store.latencyMs = 100;
    const many = (): void => {
      for (let index = 0; index < 60; index += 1) {
        one.offer(events(1, { canvas: `c${index}` }));
        two.offer(events(1, { canvas: `c${index}` }));
      }
    };
    many();
    let peak = 0;
    for (let step = 0; step < 20; step += 1) {
      await clock.advance(50);
      peak = Math.max(peak, one.store.running + two.store.running);
    }
    expect(peak).toBe(3);
    one.dispatcher.updateSettings({ ...settingsOf({ batchSize: 1 }), concurrency: 8 });
    one.slots.setLimit(8);
    expect(one.store.concurrency).toBe(8);
    for (let step = 0; step < 20; step += 1) {
      await clock.advance(50);
      peak = Math.max(peak, one.store.running + two.store.running);
    }
    expect(peak).toBe(8);
    await clock.advance(60_000);
    expect(one.owed.pending + two.owed.pending).toBe(0);
  });

  it("refuses settings that make no sense", async () => {
    const world = await startedWorld();
    expect(() => world.dispatcher.updateSettings({ ...settingsOf({}), concurrency: 51 })).toThrow(
      /concurrency.*1 to 50.*51/,
    );
  });

  it("starts a LOW event within its ageing bound among a flood of HIGH ones", async () => {
    const world = await startedWorld({ settings: { batchSize: 10, concurrency: 1, queueEvents: 100_000 } });
    world.store.latencyMs = 100;
    for (let index = 0; index < 300; index += 1) world.offer(events(10, { canvas: `high${index}`, priority: "HIGH" }));
    const low = event({ canvas: "low", priority: "LOW" });
    world.offer([low]);
    await world.clock.advance(3_900);
    expect(world.owed.acknowledged.has(low.id)).toBe(false);
    await world.clock.advance(400);
    expect(world.owed.acknowledged.has(low.id)).toBe(true);
    expect(world.owed.pending).toBeGreaterThan(2_000);
  });

  it("logs what a burst took and what it would have taken one by one", async () => {
    const world = await startedWorld({ settings: { batchSize: 10 } });
    world.store.latencyMs = 200;
    for (let index = 0; index < 3; index += 1) world.offer(events(20, { canvas: `c${index}` }));
    await world.clock.advance(400);
    expect(world.logs.filter((line) => line.startsWith("Batch processed"))).toEqual([
      "Batch processed 60 events in 400ms (parallel, concurrency=10); " +
        "one write after the other: about 1200ms, speedup 3.0x",
    ]);
  });
});

describe("the bounded memory", () => {
  it("leaves to the journal what has no room, and brings it in order", async () => {
    const world = await startedWorld({ settings: { batchSize: 10, queueEvents: 40, concurrency: 2 } });
    world.store.latencyMs = 10;
    const list = Array.from({ length: 500 }, (_, index) => event({ canvas: `c${index % 7}` }));
    world.offer(list.slice(0, 300));
    expect(world.stats().counts).toMatchObject({ accepted: 300, waiting: 40, deferred: 260 });
    for (const one of list.slice(300)) {
      world.offer([one]);
      await world.clock.advance(1);
      expect(world.stats().counts.waiting).toBeLessThanOrEqual(40);
    }
    await world.clock.advance(10_000);
    expect(world.owed.pending).toBe(0);
    expect([...world.owed.acknowledged.values()].every((times) => times === 1)).toBe(true);
    const order = world.order();
    for (let index = 0; index < 7; index += 1) {
      expect(order.get(`c${index}`)).toEqual(list.filter((one) => one.canvas?.id === `c${index}`).map((one) => one.id));
    }
    expect(world.stats().counts).toMatchObject({ accepted: 500, stored: 500, waiting: 0, deferred: 0 });
  });

  it("lets an event of another canvas pass a backlog in the journal", async () => {
    const world = await startedWorld({ settings: { batchSize: 10, queueEvents: 40, concurrency: 2 } });
    world.store.latencyMs = 100;
    world.offer(events(2_000, { canvas: "huge", priority: "LOW" }));
    await world.clock.advance(500);
    const edit = event({ canvas: "other", priority: "HIGH" });
    world.offer([edit]);
    await world.clock.advance(400);
    expect(world.owed.acknowledged.has(edit.id)).toBe(true);
    expect(world.owed.pending).toBeGreaterThan(1_000);
  });

  it.each([0, 7, 25])("sends what another device brings before a place that was read already, %i ms a read", async (readMs) => {
    const world = await startedWorld({ settings: { batchSize: 10, queueEvents: 40, concurrency: 2 } });
    world.store.latencyMs = 10;
    world.owed.readMs = readMs;
    const list = events(400);
    world.offer(list);
    for (let step = 0; step < 60; step += 1) {
      await world.clock.advance(3);
      const late = event({ canvas: "c1", priority: "LOW" });
      world.owed.putFirst(late);
      world.dispatcher.offer([late]);
    }
    await world.clock.advance(60_000);
    expect(world.owed.pending).toBe(0);
    expect(Math.max(...world.owed.acknowledged.values())).toBe(1);
    expect(world.stats().counts).toMatchObject({ accepted: 460, stored: 460, waiting: 0, deferred: 0 });
  });

  it("sends what was pending before the start, and reads on after the journal failed", async () => {
    const world = newWorld();
    world.owed.all.push(...events(700));
    world.owed.failing = true;
    world.dispatcher.start();
    await world.clock.advance(5_000);
    expect(world.owed.pending).toBe(700);
    world.owed.failing = false;
    await world.clock.advance(60_000);
    expect(world.owed.pending).toBe(0);
    expect(world.clock.pending).toBe(0);
  });

  it("sends an event once that is acknowledged while the journal is being read", async () => {
    const world = await startedWorld({ settings: { batchSize: 1, queueEvents: 4, concurrency: 1, lingerMs: 0 } });
    world.owed.readMs = 30;
    world.store.latencyMs = 10;
    const list = events(30);
    world.offer(list);
    await world.clock.advance(5_000);
    expect(world.owed.pending).toBe(0);
    expect(Math.max(...world.owed.acknowledged.values())).toBe(1);
    expect(world.stats().counts).toMatchObject({ accepted: 30, stored: 30 });
  });

  it("reads from the start of what is pending when it is stopped and started while it reads", async () => {
    for (let at = 10; at <= 200; at += 10) {
      const world = newWorld({ settings: { batchSize: 10, queueEvents: 40 } });
      world.owed.all.push(...events(200));
      world.owed.readMs = 50;
      world.store.latencyMs = 20;
      world.dispatcher.start();
      await world.clock.advance(at);
      const stopped = world.dispatcher.stop(0);
      world.dispatcher.start();
      await world.clock.flush();
      await stopped;
      await world.clock.advance(20_000);
      expect(world.owed.pending).toBe(0);
      expect(world.order().get("c1")).toEqual(world.owed.all.map((one) => one.id));
    }
  });

  it("does not miss what is journaled while the journal is being read to its end", async () => {
    const world = await startedWorld({ settings: { batchSize: 2, queueEvents: 4 } });
    world.owed.readMs = 50;
    world.offer(events(10));
    const late: LearningEvent[] = [];
    for (let index = 0; index < 40; index += 1) {
      await world.clock.advance(20);
      late.push(event());
      world.offer(late.slice(-1));
    }
    await world.clock.advance(5_000);
    expect(world.owed.pending).toBe(0);
    expect(world.order().get("c1")?.slice(-40)).toEqual(late.map((one) => one.id));
  });
});

describe("start, stop, pause", () => {
  it("flushes what is in memory on stop, and leaves no timer", async () => {
    const world = await startedWorld();
    world.store.latencyMs = 50;
    world.offer(events(30));
    const stopped = world.dispatcher.stop(5_000);
    await world.clock.advance(60);
    await stopped;
    expect(world.owed.pending).toBe(0);
    expect(world.clock.pending).toBe(0);
    expect(world.dispatcher.state.kind).toBe("off");
  });

  it("leaves the rest pending at the deadline of a store that hangs, and works again after a start", async () => {
    const world = await startedWorld();
    world.store.faults.push({ kind: "hang" });
    world.offer(events(30));
    await world.clock.advance(100);
    const stopped = world.dispatcher.stop(2_000);
    world.offer(events(1));
    await world.clock.advance(2_000);
    await stopped;
    expect(world.clock.pending).toBe(0);
    expect(world.owed.pending).toBe(31);
    expect(world.stats().counts).toMatchObject({ accepted: 31, deferred: 31, inFlight: 0, waiting: 0 });
    world.dispatcher.start();
    await world.clock.advance(200);
    expect(world.owed.pending).toBe(0);
    expect(world.stats().counts).toMatchObject({ accepted: 31, stored: 31 });
  });

  it("starts again when asked to while it still stops", async () => {
    const world = await startedWorld();
    world.store.latencyMs = 50;
    world.offer(events(5));
    const stopped = world.dispatcher.stop(1_000);
    world.dispatcher.start();
    await world.clock.advance(100);
    await stopped;
    await world.clock.flush();
    world.offer(events(5));
    await world.clock.advance(300);
    expect(world.owed.pending).toBe(0);
    expect(world.dispatcher.state.kind).toBe("ok");
  });

  it("sends nothing while paused, and everything after", async () => {
    const world = await startedWorld();
    world.dispatcher.pause();
    world.offer(events(5));
    await world.clock.advance(10_000);
    expect(world.store.batches).toHaveLength(0);
    expect(world.dispatcher.state.kind).toBe("paused");
    expect(world.clock.pending).toBe(0);
    world.dispatcher.resume();
    await world.clock.advance(100);
    expect(world.owed.pending).toBe(0);
  });

  it("does not try a store that is away while paused", async () => {
    const world = newWorld();
    world.store.latencyMs = 100;
    world.store.down = away;
    world.dispatcher.start();
    await world.clock.advance(50);
    world.dispatcher.pause();
    await world.clock.advance(600_000);
    expect(world.store.connects).toBe(1);
    expect(world.clock.pending).toBe(0);
    world.store.down = null;
    world.dispatcher.resume();
    await world.clock.advance(200);
    expect(world.dispatcher.state.kind).toBe("ok");
  });

  it("makes one connection at a time, however often it is asked for", async () => {
    const world = newWorld();
    world.store.latencyMs = 100;
    world.dispatcher.start();
    await world.clock.advance(50);
    world.dispatcher.reconnect();
    await world.clock.advance(10);
    world.dispatcher.pause();
    world.dispatcher.resume();
    await world.clock.advance(1_000);
    expect(world.store.connects).toBe(2);
    expect(world.dispatcher.state.kind).toBe("ok");
  });

  it("does not connect while paused from the start", async () => {
    const world = newWorld();
    world.dispatcher.pause();
    world.dispatcher.start();
    await world.clock.advance(1_000);
    expect(world.store.connects).toBe(0);
    world.dispatcher.resume();
    await world.clock.flush();
    expect(world.store.connects).toBe(1);
    expect(world.dispatcher.state.kind).toBe("ok");
  });
});

describe("callers that wait", () => {
  it("tells what became of each event, at once when it is stored, and does not linger for them", async () => {
    const world = await startedWorld();
    world.store.latencyMs = 20;
    const list = events(3);
    world.offer(list);
    const settled = world.settled(list, 30_000);
    await world.clock.advance(20);
    const { outcomes, batchLatenciesMs } = await settled;
    expect([...outcomes.values()]).toEqual(["stored", "stored", "stored"]);
    expect(batchLatenciesMs).toEqual([20]);
    const late = await world.settled(list, 30_000);
    expect([...late.outcomes.values()]).toEqual(["stored", "stored", "stored"]);
  });

  it("calls deferred what is not there in time, and counts it", async () => {
    const world = await startedWorld();
    world.store.faults.push({ kind: "hang" });
    const list = events(2);
    world.offer(list);
    const settled = world.settled(list, 1_000);
    await world.clock.advance(1_000);
    expect([...(await settled).outcomes.values()]).toEqual(["deferred", "deferred"]);
    expect(world.stats().totals.timeouts).toBe(2);
  });

  it("drains without lingering, and says so when time is over or a person must act", async () => {
    const world = await startedWorld();
    world.store.latencyMs = 20;
    world.offer(events(3));
    const drained = world.dispatcher.drain(1_000);
    await world.clock.advance(20);
    expect(await drained).toBe(true);
    world.store.latencyMs = 5_000;
    world.offer(events(3));
    const late = world.dispatcher.drain(1_000);
    await world.clock.advance(1_000);
    expect(await late).toBe(false);
    world.dispatcher.pause();
    expect(await world.dispatcher.drain(1_000)).toBe(false);
  });

  it("drains at once when there is nothing", async () => {
    const world = await startedWorld();
    expect(await world.dispatcher.drain(1_000)).toBe(true);
    expect(world.clock.pending).toBe(0);
  });
});

describe("whoever listens", () => {
  it("cannot stop the work by throwing", async () => {
    const world = await startedWorld({
      parts: {
        record: () => {
          throw new Error("a listener");
        },
      },
    });
    world.offer(events(10));
    await world.clock.advance(100);
    expect(world.owed.pending).toBe(0);
    expect(world.logs.some((line) => line.includes("a listener"))).toBe(true);
  });

  it("cannot lose an event by failing to acknowledge it", async () => {
    let fail = true;
    const world = await startedWorld();
    const again = await startedWorld({
      owed: world.owed,
      store: new MemoryGraphStore({ vault, clock: world.clock, database: world.store.database }),
      clock: world.clock,
      parts: {
        acknowledge: (list) => {
          if (fail) throw new Error("the disk is full");
          world.owed.acknowledge(list);
        },
      },
    });
    again.offer(events(3));
    await world.clock.advance(100);
    expect(world.owed.pending).toBe(3);
    fail = false;
    const stopped = again.dispatcher.stop(0);
    await world.clock.flush();
    await stopped;
    again.dispatcher.start();
    await world.clock.advance(100);
    expect(world.owed.pending).toBe(0);
    expect(world.store.database.snapshot(vault).events).toHaveLength(3);
  });
});

function settingsOf(over: {
  batchSize?: number;
}): Parameters<Awaited<ReturnType<typeof startedWorld>>["dispatcher"]["updateSettings"]>[0] {
  return { ...defaultBatchSettings, ...over };
}
