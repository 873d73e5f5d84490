import { describe, expect, it } from "vitest";
import type { FailureClass, StoreFailure } from "../../../../src/engine/graph/port";
import type { StoreBatch } from "../../../../src/engine/graph/rows";
import { away, MemoryGraphStore } from "../../../fakes/memoryGraphStore";
import { seededRandom } from "../../../fakes/seededRandom";
import { ManualClock } from "../../../fakes/manualClock";
import { event, events, madeRows, newWorld, OwedEvents, startedWorld, vault, type World } from "./dispatchWorld";

function failure(of: FailureClass, more: Partial<StoreFailure> = {}): StoreFailure {
  return { kind: "failed", class: of, code: of.toUpperCase(), message: `It is ${of}.`, ...more };
}

function holds(batch: StoreBatch, id: string): boolean {
  return batch.events.some((row) => row.id === id);
}

describe("a store that is away", () => {
  it("blames no event, keeps everything pending, and drains by itself when the store is back", async () => {
    const world = await startedWorld();
    world.store.down = away;
    const early = events(30);
    world.offer(early);
    await world.clock.advance(600_000);
    world.offer(events(5_000));
    await world.clock.advance(600_000);
    expect(world.dispatcher.state.kind).toBe("unavailable");
    expect(world.owed.pending).toBe(5_030);
    expect(world.owed.letters).toEqual([]);
    expect(world.stats().counts.waiting).toBeLessThanOrEqual(1_000);
    expect(world.store.connects).toBeLessThan(35);
    world.store.down = null;
    await world.clock.advance(70_000);
    expect(world.dispatcher.state.kind).toBe("ok");
    expect(world.owed.pending).toBe(0);
    expect(Math.max(...world.owed.acknowledged.values())).toBe(1);
    expect(world.clock.pending).toBe(0);
  });

  it("puts a batch back in its order and probes with one connection and one batch", async () => {
    const world = await startedWorld({ settings: { batchSize: 5, concurrency: 4 } });
    world.store.down = away;
    const list = ["a", "b", "c", "d"].flatMap((canvas) => events(20, { canvas }));
    world.offer(list);
    await world.clock.advance(1_999);
    const connects = world.store.connects;
    const batches = world.store.batches.length;
    expect(world.stats().counts).toMatchObject({ waiting: 80, inFlight: 0 });
    world.store.down = null;
    world.store.latencyMs = 10;
    await world.clock.advance(10);
    expect(world.store.connects).toBe(connects + 1);
    await world.clock.advance(5);
    expect(world.store.running).toBe(1);
    expect(world.stats().breaker.state).toBe("half-open");
    await world.clock.advance(10);
    expect(world.store.running).toBe(4);
    expect(world.store.batches.length).toBe(batches + 5);
    await world.clock.advance(1_000);
    const order = world.order();
    for (const canvas of ["a", "b", "c", "d"]) {
      expect(order.get(canvas)).toEqual(list.filter((one) => one.canvas?.id === canvas).map((one) => one.id));
    }
    expect(world.stats().breaker).toMatchObject({ state: "closed", opens: 1, probes: 1 });
    expect(world.stats().breaker.openMs).toBeCloseTo(2_000, -1);
  });

  it("is asked at once when somebody says that it may be back", async () => {
    const world = newWorld();
    world.store.down = away;
    world.dispatcher.start();
    world.offer(events(3));
    await world.clock.advance(300_000);
    world.store.down = null;
    world.dispatcher.reconnect();
    await world.clock.advance(100);
    expect(world.owed.pending).toBe(0);
  });

  it("is bounded by an own deadline when it never says anything, also while connecting", async () => {
    const world = await startedWorld();
    const real = world.store.write.bind(world.store);
    let silentWrites = 2;
    world.store.write = (batch, signal) => {
      silentWrites -= 1;
      return silentWrites >= 0 ? new Promise(() => undefined) : real(batch, signal);
    };
    world.offer([...events(2, { canvas: "a" })]);
    await world.clock.advance(100 + 25_000);
    expect(world.dispatcher.state.kind).toBe("unavailable");
    const connect = world.store.connect.bind(world.store);
    world.store.connect = () => new Promise(() => undefined);
    await world.clock.advance(2_000 + 25_000);
    expect(world.dispatcher.state.kind).toBe("unavailable");
    world.store.connect = connect;
    await world.clock.advance(120_000);
    expect(world.owed.pending).toBe(0);
    expect(world.owed.letters).toEqual([]);
    expect(Math.max(...world.owed.acknowledged.values())).toBe(1);
  });

  it("gets again what was written when the answer was lost, and counts it once", async () => {
    const world = await startedWorld();
    world.store.faults.push({ kind: "lost", failure: away });
    world.offer(events(20));
    await world.clock.advance(10_000);
    expect(world.store.database.snapshot(vault).events).toHaveLength(20);
    expect(world.stats().counts).toMatchObject({ accepted: 20, stored: 20 });
    expect(Math.max(...world.owed.acknowledged.values())).toBe(1);
  });

  it("is another store when it comes back wiped: everything that is pending for that one is sent", async () => {
    const owed = new OwedEvents();
    const world = await startedWorld({ owed, parts: { connected: () => owed.acknowledged.clear() } });
    world.offer(events(40));
    await world.clock.advance(200);
    expect(world.owed.pending).toBe(0);
    world.store.database.wipe(vault);
    world.offer(events(2));
    await world.clock.advance(70_000);
    expect(world.store.database.snapshot(vault).events).toHaveLength(42);
    expect(world.owed.pending).toBe(0);
  });

  it("gets the old before the new when it comes back wiped while a batch is under way", async () => {
    const owed = new OwedEvents();
    const world = await startedWorld({ owed, parts: { connected: () => owed.acknowledged.clear() } });
    const list = events(6);
    world.offer(list.slice(0, 5));
    await world.clock.advance(200);
    world.store.database.wipe(vault);
    world.store.faults.push({ kind: "hang" });
    world.offer(list.slice(5));
    await world.clock.advance(200);
    world.dispatcher.reconnect();
    await world.clock.advance(1_000);
    expect(world.order().get("c1")).toEqual(list.map((one) => one.id));
  });

  it("does not keep other batches waiting for its deadline once it is known to be away", async () => {
    const world = await startedWorld({ settings: { batchSize: 1 } });
    world.store.faults.push({ kind: "hang" }, away, away, away);
    world.offer([event({ canvas: "a" }), event({ canvas: "b" }), event({ canvas: "c" }), event({ canvas: "d" })]);
    await world.clock.advance(10);
    expect(world.dispatcher.state.kind).toBe("unavailable");
    expect(world.stats().counts).toMatchObject({ inFlight: 0, waiting: 4 });
    await world.clock.advance(3_000);
    expect(world.owed.pending).toBe(0);
  });

  it("gives up what is under way when somebody asks to connect anew", async () => {
    const world = await startedWorld();
    world.store.faults.push({ kind: "hang" });
    const list = events(3);
    world.offer(list);
    await world.clock.advance(200);
    world.dispatcher.reconnect();
    await world.clock.advance(200);
    expect(world.owed.pending).toBe(0);
    expect(world.order().get("c1")).toEqual(list.map((one) => one.id));
  });
});

describe("what a person must end", () => {
  it.each(["auth", "config", "query"] as const)("stops after one connection that meets %s", async (of) => {
    const world = newWorld();
    world.store.down = failure(of);
    world.dispatcher.start();
    world.offer(events(2_000));
    await world.clock.advance(3_600_000);
    expect(world.store.connects).toBe(1);
    expect(world.store.batches).toEqual([]);
    expect(world.clock.pending).toBe(0);
    expect(world.dispatcher.state.kind).toBe(of === "auth" ? "auth" : "config");
    expect(world.facts.filter((fact) => fact.kind === "store-state" && fact.message !== null)).toHaveLength(1);
    expect(await world.dispatcher.drain(60_000)).toBe(false);
    world.store.down = null;
    world.dispatcher.reconnect();
    await world.clock.advance(1_000);
    expect(world.owed.pending).toBe(0);
  });

  it("stops all lanes when a write meets it, and answers who waits", async () => {
    const world = await startedWorld({ settings: { batchSize: 1, concurrency: 5 } });
    world.store.latencyMs = 20;
    const list = Array.from({ length: 50 }, (_, index) => event({ canvas: `c${index}` }));
    world.offer(list);
    const settled = world.settled(list, 60_000);
    await world.clock.advance(10);
    world.store.down = failure("auth");
    await world.clock.advance(100);
    expect(world.store.batches.length).toBeLessThanOrEqual(10);
    expect([...(await settled).outcomes.values()].filter((as) => as === "deferred").length).toBeGreaterThanOrEqual(40);
    expect(world.dispatcher.state.kind).toBe("auth");
    expect(world.owed.letters).toEqual([]);
    await world.clock.advance(3_600_000);
    expect(world.store.batches.length).toBeLessThanOrEqual(10);
  });
});

describe("contention, load and size", () => {
  it("sends the same batch again after a jittered wait and holds its key meanwhile", async () => {
    const world = await startedWorld({ settings: { batchSize: 2 } });
    world.store.faults.push(failure("contention"), failure("contention"));
    const list = events(4);
    world.offer(list);
    await world.clock.advance(5_000);
    expect(world.owed.pending).toBe(0);
    const sent = world.store.batches.map((batch) => batch.events.map((row) => row.id));
    const [a, b, c, d] = list.map((one) => one.id);
    expect(sent).toEqual([
      [a, b],
      [a, b],
      [a, b],
      [c, d],
    ]);
    expect(world.stats().totals).toMatchObject({ retried: 4, failedWrites: 2 });
  });

  it("halves the lanes after two in a row, and gives them back", async () => {
    const world = await startedWorld({ settings: { batchSize: 1 } });
    world.store.faults.push(failure("contention"), failure("contention"));
    world.offer(events(1));
    await world.clock.advance(5_000);
    expect(world.stats().lanes).toBe(5);
    for (let index = 0; index < 100; index += 1) {
      world.offer(events(1));
      await world.clock.advance(200);
    }
    expect(world.stats().lanes).toBe(10);
  });

  it("counts contention without end as a store that is away, never as a fault of the events", async () => {
    const world = await startedWorld();
    world.store.refuse = () => failure("contention");
    world.offer(events(5));
    await world.clock.advance(600_000);
    expect(world.owed.pending).toBe(5);
    expect(world.owed.letters).toEqual([]);
    expect(world.dispatcher.state.kind).toBe("unavailable");
    world.store.refuse = () => null;
    await world.clock.advance(70_000);
    expect(world.owed.pending).toBe(0);
  });

  it("waits as long as the store asks for", async () => {
    const world = await startedWorld({ settings: { batchSize: 1 } });
    world.store.faults.push(failure("throttled", { retryAfterMs: 7_000 }));
    world.offer(events(3));
    await world.clock.advance(6_900);
    expect(world.store.batches).toHaveLength(1);
    await world.clock.advance(300);
    expect(world.owed.pending).toBe(0);
  });

  it("makes batches smaller and remembers, and buries a single event that is too big alone", async () => {
    const world = await startedWorld({ settings: { batchSize: 100 } });
    const giant = event();
    world.store.refuse = (batch) => (batch.events.length > 30 || holds(batch, giant.id) ? failure("too-big") : null);
    world.offer([...events(150), giant, ...events(149)]);
    await world.clock.advance(30_000);
    expect(world.owed.pending).toBe(0);
    expect(world.owed.letters.map((letter) => letter.event)).toEqual([giant]);
    const sizes = world.store.batches.map((batch) => batch.events.length);
    expect(sizes.slice(0, 3)).toEqual([100, 50, 25]);
    expect(world.stats().counts).toMatchObject({ stored: 299, dead: 1 });
  });
});

describe("refused events", () => {
  it("finds one among 500 in few writes and stores the rest", async () => {
    const world = await startedWorld({ settings: { batchSize: 500 } });
    const list = Array.from({ length: 500 }, (_, index) => event({ node: `n${index}` }));
    const bad = list[317];
    world.store.refuse = (batch) =>
      bad !== undefined && holds(batch, bad.id) ? failure("data", { code: "Neo.Bad" }) : null;
    world.offer(list);
    await world.clock.advance(1_000);
    expect(world.stats().counts).toMatchObject({ accepted: 500, stored: 499, dead: 1 });
    expect(world.store.batches.length).toBeLessThanOrEqual(1 + 1 + 19);
    expect(world.store.batches[1]?.events).toEqual([]);
    expect(world.owed.letters).toHaveLength(1);
    expect(world.owed.letters[0]).toMatchObject({
      store: "neo4j",
      event: bad,
      class: "data",
      code: "Neo.Bad",
      message: "It is data.",
    });
    expect(world.owed.letters[0]?.attempts).toBeGreaterThan(5);
    expect(world.dispatcher.state.kind).toBe("ok");
  });

  it("finds an event of which no rows can be made", async () => {
    const bad = event({ node: "bad" });
    const world = await startedWorld({
      parts: {
        rowsFor: (list) => {
          if (list.includes(bad)) throw new Error("no rows");
          return Promise.resolve(madeRows(list));
        },
      },
    });
    world.offer([...events(10), bad, ...events(10)]);
    await world.clock.advance(1_000);
    expect(world.owed.letters.map((letter) => [letter.event, letter.code])).toEqual([[bad, "ROWS_FAILED"]]);
    expect(world.stats().counts).toMatchObject({ stored: 20, dead: 1 });
  });

  it("stops instead of blaming events when an empty batch is refused too", async () => {
    const world = await startedWorld();
    world.store.refuse = () => failure("data");
    world.offer(events(20));
    await world.clock.advance(600_000);
    expect(world.store.batches).toHaveLength(2);
    expect(world.owed.letters).toEqual([]);
    expect(world.owed.pending).toBe(20);
    expect(world.dispatcher.state.kind).toBe("config");
  });

  it("stops when most events are refused, and sets them aside when a person asks again", async () => {
    const world = await startedWorld();
    const list = Array.from({ length: 50 }, (_, index) => event({ node: `n${index}` }));
    const good = list[49];
    world.store.refuse = (batch) => (batch.events.some((row) => row.id !== good?.id) ? failure("data") : null);
    world.offer(list);
    await world.clock.advance(600_000);
    expect(world.dispatcher.state.kind).toBe("config");
    expect(world.owed.letters).toEqual([]);
    expect(world.owed.pending).toBe(50);
    world.dispatcher.reconnect();
    await world.clock.advance(1_000);
    expect(world.owed.letters).toHaveLength(49);
    expect(world.stats().counts).toMatchObject({ stored: 1, dead: 49 });
    expect(world.dispatcher.state.kind).toBe("ok");
  });

  it("blames nobody when the store goes away during the search", async () => {
    const world = await startedWorld();
    const bad = event({ node: "bad" });
    let writes = 0;
    world.store.refuse = (batch) => {
      writes += 1;
      if (writes === 6) world.store.down = away;
      return holds(batch, bad.id) ? failure("data") : null;
    };
    const list = [...events(30, { node: "x" }), bad, ...events(30, { node: "y" })];
    world.offer(list);
    await world.clock.advance(60_000);
    expect(world.owed.letters).toEqual([]);
    expect(world.owed.pending).toBeGreaterThan(0);
    world.store.down = null;
    await world.clock.advance(70_000);
    expect(world.owed.letters.map((letter) => letter.event)).toEqual([bad]);
    expect(world.owed.pending).toBe(0);
    expect(Math.max(...world.owed.acknowledged.values())).toBe(1);
  });

  it("tries what is unknown again before it looks for a culprit", async () => {
    const world = await startedWorld();
    world.store.faults.push(failure("unknown"));
    world.offer(events(5));
    await world.clock.advance(5_000);
    expect(world.store.batches).toHaveLength(2);
    expect(world.stats().counts).toMatchObject({ stored: 5, dead: 0 });
  });

  it.each([1, 2, 3, 4, 5])("blames nobody for an hour in which nothing can be committed, seed %i", async (seed) => {
    const world = await startedWorld({ seed });
    world.store.latencyMs = 20;
    const until = world.clock.monotonic() + 3_600_000;
    world.store.refuse = () => (world.clock.monotonic() < until ? failure("unknown") : null);
    world.offer(events(1));
    await world.clock.advance(3_700_000);
    expect(world.owed.letters).toEqual([]);
    expect(world.stats().counts).toMatchObject({ stored: 1, dead: 0 });
  });

  it.each([1, 2, 3, 4, 5])("blames nobody when rows alone are refused for some seconds, seed %i", async (seed) => {
    const world = await startedWorld({ seed });
    world.store.latencyMs = 20;
    const until = world.clock.monotonic() + 4_000;
    world.store.refuse = (batch) =>
      batch.events.length > 0 && world.clock.monotonic() < until ? failure("unknown") : null;
    world.offer(events(5));
    await world.clock.advance(20_000);
    expect(world.owed.letters).toEqual([]);
    expect(world.stats().counts).toMatchObject({ stored: 5, dead: 0 });
  });

  it("blames nobody when an outage begins while a suspect waits", async () => {
    const world = await startedWorld();
    let out = false;
    world.store.refuse = (batch) => (out || batch.events.length > 0 ? failure("unknown") : null);
    world.offer(events(1));
    await world.clock.advance(1_200);
    expect(world.dispatcher.state.kind).toBe("ok");
    out = true;
    await world.clock.advance(3_600_000);
    expect(world.owed.letters).toEqual([]);
    world.store.refuse = () => null;
    await world.clock.advance(120_000);
    expect(world.stats().counts).toMatchObject({ stored: 1, dead: 0 });
  });

  it("waits out what is unknown and met by empty batches too, and drains by itself", async () => {
    const world = await startedWorld();
    world.store.refuse = () => failure("unknown");
    const list = events(20);
    world.offer(list);
    await world.clock.advance(600_000);
    expect(world.owed.letters).toEqual([]);
    expect(world.owed.pending).toBe(20);
    expect(world.dispatcher.state).toMatchObject({ kind: "unavailable", failure: { message: "It is unknown." } });
    world.store.refuse = () => null;
    await world.clock.advance(120_000);
    expect(world.owed.pending).toBe(0);
    expect(world.dispatcher.state.kind).toBe("ok");
  });

  it("finds an event that fails for an unknown reason, in 15 seconds, and stores other canvases at once", async () => {
    const world = await startedWorld();
    const bad = event({ canvas: "poisoned", node: "bad" });
    const behind = event({ canvas: "poisoned", node: "good" });
    world.store.refuse = (batch) => (holds(batch, bad.id) ? failure("unknown") : null);
    world.offer([...events(20, { canvas: "a" }), bad, behind, ...events(20, { canvas: "b" })]);
    await world.clock.advance(1_200);
    expect(world.stats().counts).toMatchObject({ stored: 40, waiting: 2, dead: 0 });
    expect(world.dispatcher.trouble).toMatchObject({ message: "It is unknown." });
    world.offer(events(5, { canvas: "a" }));
    await world.clock.advance(200);
    expect(world.stats().counts).toMatchObject({ stored: 45, waiting: 2, dead: 0 });
    await world.clock.advance(13_000);
    expect(world.owed.letters.map((letter) => [letter.event, letter.class])).toEqual([[bad, "unknown"]]);
    expect(world.stats().counts).toMatchObject({ stored: 46, waiting: 0, dead: 1 });
    expect(world.dispatcher.trouble).toBeNull();
    expect(world.clock.pending).toBe(0);
  });

  it("decides about many such events of one node nearly as fast as about one", async () => {
    const world = await startedWorld();
    const bad = events(12, { node: "bad" });
    const ids = new Set(bad.map((one) => one.id));
    world.store.refuse = (batch) => (batch.events.some((row) => ids.has(row.id)) ? failure("unknown") : null);
    world.offer([...events(5), ...bad, ...events(5)]);
    await world.clock.advance(14_000);
    expect(new Set(world.owed.letters.map((letter) => letter.event.id))).toEqual(ids);
    expect(world.stats().counts).toMatchObject({ stored: 10, waiting: 0, dead: 12 });
  });

  it("counts as away, and sets events aside when asked again, where most fail for an unknown reason", async () => {
    const world = await startedWorld();
    const list = Array.from({ length: 20 }, (_, index) => event({ canvas: `c${index}` }));
    const good = list[19];
    world.store.refuse = (batch) => (batch.events.some((row) => row.id !== good?.id) ? failure("unknown") : null);
    world.offer(list);
    await world.clock.advance(60_000);
    expect(world.dispatcher.state).toMatchObject({ kind: "unavailable" });
    expect(world.owed.letters).toEqual([]);
    world.dispatcher.reconnect();
    await world.clock.advance(15_000);
    expect(world.owed.letters).toHaveLength(19);
    expect(world.dispatcher.state.kind).toBe("ok");
  });

  it("leaves a suspect to the journal when sending stops, without waiting for it", async () => {
    const world = await startedWorld();
    world.store.refuse = (batch) => (batch.events.length > 0 ? failure("unknown") : null);
    world.offer(events(1));
    await world.clock.advance(1_500);
    let ended = false;
    const stopped = world.dispatcher.stop(60_000).then(() => (ended = true));
    await world.clock.advance(10);
    expect(ended).toBe(true);
    await stopped;
    expect(world.stats().counts).toMatchObject({ accepted: 1, deferred: 1, dead: 0 });
    expect(world.clock.pending).toBe(0);
    world.store.refuse = () => null;
    world.dispatcher.start();
    await world.clock.advance(1_000);
    expect(world.stats().counts).toMatchObject({ stored: 1 });
  });

  it("keeps a letter's event in flight until the letter is written", async () => {
    let full = true;
    const world: World = await startedWorld({
      parts: {
        bury: (letter) => {
          if (full) throw new Error("the disk is full");
          world.owed.bury(letter);
        },
      },
    });
    const bad = event();
    world.store.refuse = (batch) => (holds(batch, bad.id) ? failure("data") : null);
    world.offer([bad]);
    await world.clock.advance(30_000);
    expect(world.stats().counts).toMatchObject({ inFlight: 1, dead: 0 });
    full = false;
    await world.clock.advance(70_000);
    expect(world.stats().counts).toMatchObject({ inFlight: 0, dead: 1 });
    expect(world.clock.pending).toBe(0);
  });

  it("leaves an event to the journal when sending stops before its letter is written", async () => {
    const world = await startedWorld({
      parts: {
        bury: () => {
          throw new Error("the disk is full");
        },
      },
    });
    world.store.refuse = (batch) => (batch.events.length > 0 ? failure("data") : null);
    world.offer(events(1));
    await world.clock.advance(10_000);
    const stopped = world.dispatcher.stop(1_000);
    await world.clock.advance(1_000);
    await stopped;
    expect(world.stats().counts).toMatchObject({ accepted: 1, deferred: 1, dead: 0 });
    expect(world.clock.pending).toBe(0);
  });

  it("sends a dead letter again when asked to, with room and without", async () => {
    for (const queueEvents of [1_000, 4]) {
      const world = await startedWorld({ settings: { queueEvents, batchSize: 2 } });
      const bad = event({ node: "bad" });
      world.store.refuse = (batch) => (holds(batch, bad.id) ? failure("data") : null);
      world.offer([bad]);
      await world.clock.advance(1_000);
      expect(world.stats().counts).toMatchObject({ dead: 1, stored: 0 });
      world.store.refuse = () => null;
      world.store.latencyMs = 10;
      world.offer(events(20));
      world.owed.dead.delete(bad.id);
      world.dispatcher.retryDead([bad]);
      const settled = world.settled([bad], 30_000);
      await world.clock.advance(5_000);
      expect([...(await settled).outcomes.values()]).toEqual(["stored"]);
      expect(world.stats().counts).toMatchObject({ accepted: 21, stored: 21, dead: 0 });
    }
  });
});

describe("trouble on this device", () => {
  const local = { kind: "local", reason: "the disk is gone" } as const;

  it("puts batches back without blame, leaves the breaker alone, and goes on by itself", async () => {
    let troubled = true;
    let asked = 0;
    const world = await startedWorld({
      settings: { batchSize: 5 },
      parts: {
        rowsFor: async (list) => {
          asked += 1;
          return troubled ? local : madeRows(list);
        },
      },
    });
    const list = ["a", "b", "c"].flatMap((canvas) => events(10, { canvas }));
    world.offer(list);
    await world.clock.advance(600_000);
    expect(world.store.batches).toEqual([]);
    expect(world.owed.letters).toEqual([]);
    expect(world.dispatcher.state.kind).toBe("ok");
    expect(world.stats()).toMatchObject({ breaker: { opens: 0 }, counts: { waiting: 30 }, totals: { failedWrites: 0, attempts: 0 } });
    // Three canvases at once, after waits that grow to a minute.
    expect(asked).toBeGreaterThan(3 * 10);
    expect(asked).toBeLessThan(3 * 60);
    troubled = false;
    await world.clock.advance(61_000);
    expect(world.owed.pending).toBe(0);
    for (const canvas of ["a", "b", "c"])
      expect(world.order().get(canvas)).toEqual(list.filter((one) => one.canvas?.id === canvas).map((one) => one.id));
    expect(world.clock.pending).toBe(0);
  });

  it("in a search for a refused event blames nobody before it is over", async () => {
    const bad = event({ node: "bad" });
    let asked = 0;
    const world = await startedWorld({
      parts: { rowsFor: async (list) => ((asked += 1) > 4 && asked < 8 ? local : madeRows(list)) },
    });
    world.store.refuse = (batch) => (holds(batch, bad.id) ? failure("data") : null);
    world.offer([...events(10), bad, ...events(10)]);
    await world.clock.advance(400);
    expect(asked).toBe(5);
    expect(world.owed.letters).toEqual([]);
    await world.clock.advance(60_000);
    expect(world.owed.letters.map((letter) => letter.event)).toEqual([bad]);
    expect(world.stats().counts).toMatchObject({ stored: 20, dead: 1 });
  });

  it("that keeps rows waiting is not taken for a silent store, and does not hold up a stop", async () => {
    const world = await startedWorld({ parts: { rowsFor: () => new Promise(() => undefined) } });
    world.offer(events(5));
    await world.clock.advance(600_000);
    expect(world.dispatcher.state.kind).toBe("ok");
    expect(world.stats().counts).toMatchObject({ inFlight: 5 });
    const stopped = world.dispatcher.stop(1_000);
    await world.clock.advance(1_000);
    await stopped;
    expect(world.owed.pending).toBe(5);
    expect(world.clock.pending).toBe(0);
  });

  it("does not cut short a wait that the store asked for", async () => {
    let asked = 0;
    const clock = new ManualClock();
    const later = (): Promise<typeof local> => new Promise((resolve) => clock.after(10, () => resolve(local)));
    const world = await startedWorld({
      clock,
      settings: { batchSize: 1 },
      parts: { rowsFor: async (list) => ((asked += 1) === 2 ? later() : madeRows(list)) },
    });
    world.store.latencyMs = 1;
    world.store.faults.push(failure("throttled", { retryAfterMs: 30_000 }));
    world.offer([event({ canvas: "a" }), event({ canvas: "b" })]);
    await world.clock.advance(29_000);
    expect(world.store.batches).toHaveLength(1);
    await world.clock.advance(2_000);
    expect(world.owed.pending).toBe(0);
  });
});

describe("a fault of our own", () => {
  it("loses nothing and does not end the loop", async () => {
    let broken = true;
    const good = seededRandom(1);
    const next = (): number => {
      if (broken) throw new Error("no chance");
      return good.next();
    };
    const world = await startedWorld({ parts: { random: { ...good, next } } });
    world.store.faults.push(failure("contention"));
    world.offer(events(5));
    await world.clock.advance(150);
    broken = false;
    await world.clock.advance(10_000);
    expect(world.owed.pending).toBe(0);
    expect(world.stats().counts).toMatchObject({ accepted: 5, stored: 5 });
    expect(world.logs.some((line) => line.includes("no chance"))).toBe(true);
  });
});

describe("an adapter with a fault of its own", () => {
  it("cannot end the loop by rejecting or throwing", async () => {
    const clock = new ManualClock();
    const memory = new MemoryGraphStore({ vault, clock });
    const world = await startedWorld({ clock, store: memory });
    const real = memory.write.bind(memory);
    let calls = 0;
    memory.write = (batch, signal) => {
      calls += 1;
      if (calls === 1) throw new Error("synchronous");
      if (calls === 2) return Promise.reject(new Error("rejected"));
      return real(batch, signal);
    };
    world.offer(events(5));
    await clock.advance(60_000);
    expect(world.owed.pending).toBe(0);
    expect(world.owed.letters).toEqual([]);
  });
});
