import { describe, expect, it } from "vitest";
import type { Random } from "../../../../src/engine/kernel/random";
import type { LearningEvent, Priority } from "../../../../src/engine/learning/event";
import type { FailureClass } from "../../../../src/engine/graph/port";
import { away, MemoryGraphStore, type Fault } from "../../../fakes/memoryGraphStore";
import { ManualClock } from "../../../fakes/manualClock";
import { seededRandom } from "../../../fakes/seededRandom";
import { event, newWorld, vault, type World } from "./dispatchWorld";

const priorities: readonly Priority[] = ["LOW", "NORMAL", "HIGH", "CRITICAL"];
const soft: readonly FailureClass[] = ["too-big", "unavailable", "contention", "throttled", "contention", "unknown"];

function pick<T>(random: Random, list: readonly T[]): T {
  const found = list[Math.floor(random.next() * list.length)];
  if (found === undefined) throw new Error("nothing to pick from");
  return found;
}

/** A store that is slow, hangs, refuses, loses its answers and goes away, by chance. */
function chaosStore(clock: ManualClock, random: Random, poison: ReadonlySet<string>): MemoryGraphStore {
  const memory = new MemoryGraphStore({ vault, clock, deadlineMs: 24_000 });
  memory.refuse = (batch) =>
    batch.events.some((row) => poison.has(row.id))
      ? { kind: "failed", class: "data", code: "Bad", message: "Refused." }
      : null;
  const write = memory.write.bind(memory);
  memory.write = (batch, signal) => {
    memory.latencyMs = Math.floor(random.next() * 300);
    if (random.next() < 0.3) memory.faults.push(fault(random, batch.events.length));
    return write(batch, signal);
  };
  return memory;
}

function fault(random: Random, events: number): Fault {
  const chance = random.next();
  if (chance < 0.1) return { kind: "hang" };
  if (chance < 0.4) return { kind: "lost", failure: away };
  // A single event is never too big here: what the store refuses for good is said by the test.
  const of = pick(random, soft.slice(events > 1 ? 0 : 1));
  return { kind: "failed", class: of, code: of, message: `It is ${of}.` };
}

function makeEvents(random: Random, count: number): readonly LearningEvent[] {
  return Array.from({ length: count }, () => {
    const canvas = random.next() < 0.4 ? "huge" : `c${Math.floor(random.next() * 40)}`;
    return event({ canvas, node: `n${Math.floor(random.next() * 20)}`, priority: pick(random, priorities) });
  });
}

interface Chaos {
  readonly world: World;
  readonly list: readonly LearningEvent[];
  readonly poison: ReadonlySet<string>;
}

async function liveThroughChaos(seed: number, count: number, poisoned: number): Promise<Chaos> {
  const random = seededRandom(seed);
  const list = makeEvents(random, count);
  const poison = new Set(Array.from({ length: poisoned }, () => pick(random, list).id));
  const clock = new ManualClock();
  const store = chaosStore(clock, random, poison);
  const world = newWorld({ clock, store, seed, settings: { batchSize: 20, queueEvents: 150, concurrency: 5 } });
  world.owed.readMs = 30;
  world.dispatcher.start();
  for (let sent = 0; sent < list.length;) {
    const more = Math.ceil(random.next() * 60);
    world.offer(list.slice(sent, sent + more));
    sent += more;
    await clock.advance(Math.floor(random.next() * 100));
    await disturb(world, random);
  }
  for (let rounds = 0; rounds < 400 && world.owed.pending > 0; rounds += 1) {
    await clock.advance(30_000);
    if (world.dispatcher.state.kind === "config") world.dispatcher.reconnect();
  }
  return { world, list, poison };
}

/** What people and machines do meanwhile. */
async function disturb(world: World, random: Random): Promise<void> {
  const chance = random.next();
  if (chance < 0.02) world.dispatcher.reconnect();
  else if (chance < 0.04) {
    world.dispatcher.pause();
    await world.clock.advance(random.next() * 2_000);
    world.dispatcher.resume();
  } else if (chance < 0.05) {
    const stopped = world.dispatcher.stop(random.next() * 500);
    await world.clock.advance(500);
    await stopped;
    world.dispatcher.start();
  } else if (chance < 0.07) {
    world.store.down = away;
    await world.clock.advance(random.next() * 10_000);
    world.store.down = null;
  }
}

describe("a store that does its worst", () => {
  it.each([1, 2, 3])("loses nothing, doubles nothing and lets nothing overtake, seed %i", async (seed) => {
    const { world, list } = await liveThroughChaos(seed, 3_000, 0);
    expect(world.owed.pending).toBe(0);
    expect(world.owed.letters).toEqual([]);
    expect(world.owed.acknowledged.size).toBe(list.length);
    expect(Math.max(...world.owed.acknowledged.values())).toBe(1);
    expect(world.store.database.snapshot(vault).events).toHaveLength(list.length);
    const order = world.order();
    for (const canvas of new Set(list.map((one) => one.canvas?.id ?? ""))) {
      expect(order.get(canvas)).toEqual(list.filter((one) => one.canvas?.id === canvas).map((one) => one.id));
    }
    expect(world.stats().counts).toMatchObject({ accepted: list.length, stored: list.length });
    expect(world.stats().totals.retried).toBeGreaterThan(0);
    expect(world.store.peak).toBeLessThanOrEqual(5);
  });

  it("buries exactly what is refused", async () => {
    const { world, list, poison } = await liveThroughChaos(11, 2_000, 12);
    expect(world.owed.pending).toBe(0);
    expect(new Set(world.owed.letters.map((letter) => letter.event.id))).toEqual(poison);
    expect(world.owed.letters).toHaveLength(poison.size);
    expect(world.owed.acknowledged.size).toBe(list.length - poison.size);
    expect(world.stats().counts).toMatchObject({
      accepted: list.length,
      stored: list.length - poison.size,
      dead: poison.size,
    });
  });

  it("leaves no timer when all is done", async () => {
    const { world } = await liveThroughChaos(5, 200, 0);
    expect(world.owed.pending).toBe(0);
    await world.clock.advance(120_000);
    expect(world.clock.pending).toBe(0);
  });
});
