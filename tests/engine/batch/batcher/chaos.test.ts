import { describe, expect, it } from "vitest";
import { Batcher } from "../../../../src/engine/batch/batcher/batcher";
import { defaultBatcherSettings } from "../../../../src/engine/batch/batcher/batcherSettings";
import type { BatchSink, ItemAnswer, SinkContext } from "../../../../src/engine/batch/batcher/sink";
import { silentLogger, type FailureClass, type Random, type StoreFailure } from "../../../../src/engine/index";
import { ManualClock } from "../../../fakes/manualClock";
import { MemoryOverflow } from "../../../fakes/memoryOverflow";
import { failure } from "../../../fakes/scriptedSink";
import { seededRandom } from "../../../fakes/seededRandom";
import { expectIdentity } from "./batcherWorld";

interface Item {
  readonly id: number;
  readonly key: string | null;
  readonly poison: boolean;
}

const ITEMS = 10_000;
const soft: readonly FailureClass[] = ["unavailable", "contention", "throttled"];

/**
 * A sink with every fault: slow, silent, refusing, half done and then failing, answering in another order than it was
 * asked. It keeps what it was asked to do, and the effect of each item once, as a store with ids does.
 */
class ChaosSink implements BatchSink<Item, number> {
  readonly effects: Item[] = [];
  readonly seen = new Set<number>();
  readonly underWay = new Map<string, number>();
  overlaps = 0;

  constructor(
    private readonly clock: ManualClock,
    private readonly random: Random,
  ) {}

  write(items: readonly Item[], { signal }: SinkContext): Promise<readonly ItemAnswer<number>[] | StoreFailure> {
    const keys = new Set(items.flatMap(({ key }) => (key === null ? [] : [key])));
    this.enter(keys);
    signal.onAbort(() => this.exit(keys));
    return new Promise((resolve, reject) => {
      this.clock.after(Math.floor(this.random.next() * 200), () => {
        if (signal.aborted) return;
        const answer = this.answer(items);
        if (answer === "silent") return;
        this.exit(keys);
        if (answer === "throws") reject(new Error("chaos"));
        else resolve(answer);
      });
    });
  }

  private answer(items: readonly Item[]): readonly ItemAnswer<number>[] | StoreFailure | "silent" | "throws" {
    const dice = this.random.next();
    if (items.some(({ poison }) => poison) && dice < 0.5) return failure("data");
    if (dice < 0.02) return "silent";
    if (dice < 0.04) return "throws";
    if (dice < 0.1) return failure(soft[Math.floor(dice * 1_000) % 3] ?? "contention", { retryAfterMs: 300 });
    if (dice < 0.15) {
      this.apply(items.slice(0, Math.floor(items.length / 2)));
      return failure("contention");
    }
    return items.map((item) => {
      if (item.poison) return failure("data");
      this.apply([item]);
      return { kind: "done", value: item.id };
    });
  }

  private apply(items: readonly Item[]): void {
    for (const item of items) {
      if (item.poison || this.seen.has(item.id)) continue;
      this.seen.add(item.id);
      this.effects.push(item);
    }
  }

  private enter(keys: ReadonlySet<string>): void {
    for (const key of keys) {
      const count = (this.underWay.get(key) ?? 0) + 1;
      if (count > 1) this.overlaps += 1;
      this.underWay.set(key, count);
    }
  }

  private exit(keys: ReadonlySet<string>): void {
    for (const key of keys) this.underWay.set(key, (this.underWay.get(key) ?? 1) - 1);
  }
}

describe("ten thousand items and a sink with every fault", () => {
  it.each([1, 2, 3])("lose, double and overtake nothing, and are counted once, seed %i", async (seed) => {
    const clock = new ManualClock();
    const random = seededRandom(seed);
    const sink = new ChaosSink(clock, random);
    const overflow = new MemoryOverflow<Item>();
    const settings = { ...defaultBatcherSettings, batchSize: 50, lingerMs: 5, queueItems: 2_000, batchTimeoutMs: 1_000, ageingMs: 500, maxAttempts: 30 };
    const batcher = new Batcher({ clock, random, logger: silentLogger, sink, overflow, settings });
    batcher.start();
    const dead: number[] = [];
    batcher.onDead(({ item }) => dead.push(item.id));
    const items = Array.from({ length: ITEMS }, (_, id): Item => {
      const key = random.next() < 0.8 ? `k${Math.floor(random.next() * 40)}` : null;
      return { id, key, poison: random.next() < 0.005 };
    });
    const ends = batcher.submitAll(items, ({ id, key }) => ({
      ...(key === null ? {} : { key }),
      priority: (["LOW", "NORMAL", "HIGH", "CRITICAL"] as const)[id % 4] ?? "NORMAL",
      domain: key === null ? "loose" : `d${Number(key.slice(1)) % 4}`,
      dedupeKey: `item${id}`,
    }));
    let ended = false;
    void ends.then(() => (ended = true));
    for (let step = 0; step < 20_000 && !ended; step += 1) {
      await clock.advance(250);
      if (step % 20 === 0) expectIdentity(batcher);
    }
    const all = await ends;
    const poison = items.filter((item) => item.poison).map(({ id }) => id);
    expect(dead.sort((a, b) => a - b)).toEqual(poison);
    expect(all.map((end, id) => (end.kind === "done" ? end.value === id : end.kind === "failed" && items[id]?.poison === true))).not.toContain(false);
    expect(sink.effects).toHaveLength(ITEMS - poison.length);
    expect(sink.overlaps).toBe(0);
    for (let key = 0; key < 40; key += 1) {
      const ids = sink.effects.filter((item) => item.key === `k${key}`).map(({ id }) => id);
      expect(ids).toEqual([...ids].sort((a, b) => a - b));
    }
    expect(batcher.metrics().counts).toEqual({ accepted: ITEMS, stored: ITEMS - poison.length, dead: poison.length, deferred: 0, waiting: 0, inFlight: 0, cancelled: 0 });
    expect(overflow.size).toBe(0);
    await clock.advance(1);
    await batcher.stop(0);
  });
});
