import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Batcher } from "../../../../src/engine/batch/batcher/batcher";
import type { ItemEnd, SubmitOptions } from "../../../../src/engine/batch/batcher/submission";
import { createSignal, type SignalSource } from "../../../../src/engine/index";
import { MemoryOverflow } from "../../../fakes/memoryOverflow";
import { done, failure, type SinkCall } from "../../../fakes/scriptedSink";
import { batcherWorld, expectIdentity, type BatcherWorld } from "./batcherWorld";

const CONCURRENCY = 3;
const priorities = ["LOW", "NORMAL", "HIGH", "CRITICAL"] as const;

type Command =
  | { readonly do: "submit"; readonly count: number; readonly key: number; readonly level: number; readonly domain: number; readonly deadlineMs: number; readonly dedupe: number }
  | { readonly do: "cancel"; readonly pick: number }
  | { readonly do: "answer"; readonly pick: number; readonly how: "done" | "half" | "data" | "contention" | "unavailable" | "reject" }
  | { readonly do: "pause" | "resume"; readonly domain: number }
  | { readonly do: "wait"; readonly ms: number }
  | { readonly do: "stop"; readonly ms: number }
  | { readonly do: "start" };

const commands: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("submit" as const),
      count: fc.integer({ min: 1, max: 6 }),
      key: fc.integer({ min: 0, max: 3 }),
      level: fc.integer({ min: 0, max: 3 }),
      domain: fc.integer({ min: 0, max: 1 }),
      deadlineMs: fc.constantFrom(0, 0, 0, 30, 500),
      dedupe: fc.integer({ min: 0, max: 5 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("cancel" as const), pick: fc.nat(100) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("answer" as const),
      pick: fc.nat(10),
      how: fc.constantFrom("done", "done", "half", "data", "contention", "unavailable", "reject"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("pause" as const, "resume" as const), domain: fc.integer({ min: 0, max: 1 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.constantFrom(0, 1, 10, 100, 2_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("stop" as const), ms: fc.constantFrom(0, 50) }) },
  { weight: 2, arbitrary: fc.constant({ do: "start" as const }) },
);

/** One caller that waits for an item, and how the item ended for it. */
interface Waiter {
  readonly signal: SignalSource;
  end: ItemEnd<string> | null;
}

/** An item that was accepted, with everyone who waits for it. */
interface Known {
  readonly name: string;
  readonly place: string;
  readonly ordered: boolean;
  readonly dedupeKey: string | null;
  readonly waiters: Waiter[];
}

/** What a batcher must have done so far, as plainly as it can be said: every item in a list, and a look at all of them. */
class PlainBatcher {
  readonly items: Known[] = [];
  readonly waiters: Waiter[] = [];
  readonly paused = new Set<string>();
  private seen = 0;

  constructor(private readonly world: BatcherWorld) {}

  holder(dedupeKey: string | null): Known | null {
    return dedupeKey === null ? null : (this.items.find((item) => item.dedupeKey === dedupeKey && isLive(item)) ?? null);
  }

  /** Looks at every batch that left since the last look. */
  checkBatches(): void {
    const { sink } = this.world;
    for (; this.seen < sink.calls.length; this.seen += 1) this.checkBatch(sink.calls[this.seen] as SinkCall<string, string>, this.seen);
  }

  checkCounts(batcher: Batcher<string, string>): void {
    expectIdentity(batcher);
    const { counts } = batcher.metrics();
    const ended = (kind: string): number => this.items.filter(({ waiters }) => waiters.some(({ end }) => end?.kind === kind)).length;
    const live = this.items.filter(isLive).length;
    expect(counts.accepted).toBe(this.items.length);
    expect(counts.stored).toBe(ended("done"));
    expect(counts.dead).toBe(ended("failed"));
    expect(counts.waiting + counts.inFlight + counts.deferred).toBe(live);
    expect(counts.cancelled).toBe(this.items.length - live - counts.stored - counts.dead);
  }

  private checkBatch({ items, context }: SinkCall<string, string>, index: number): void {
    expect(this.paused.has(context.domain)).toBe(false);
    expect(new Set(items).size).toBe(items.length);
    for (const [position, name] of items.entries()) {
      const known = this.items.find((item) => item.name === name);
      if (known === undefined) throw new Error(`the sink got ${name}, which was not accepted`);
      expect(known.place.startsWith(context.domain)).toBe(true);
      const others = this.world.sink.calls.slice(0, index).filter((call) => !answered.has(call) && !call.context.signal.aborted);
      expect(others.flatMap((call) => call.items)).not.toContain(name);
      if (!known.ordered) continue;
      const before = this.items.slice(0, this.items.indexOf(known)).filter((item) => item.place === known.place);
      for (const item of before) if (isLive(item)) expect(items.slice(0, position)).toContain(item.name);
    }
  }
}

function isLive({ waiters }: Known): boolean {
  return waiters.some(({ end }) => end === null);
}

const answered = new WeakSet<SinkCall<string, string>>();

function submit(world: BatcherWorld, plain: PlainBatcher, command: Extract<Command, { do: "submit" }>): void {
  const domain = `d${command.domain}`;
  const key = command.key === 0 ? null : `k${command.key}`;
  const dedupeKey = command.dedupe === 0 ? "same" : null;
  for (let count = 0; count < command.count; count += 1) {
    const name = `i${plain.waiters.length}`;
    const waiter: Waiter = { signal: createSignal(), end: null };
    const holder = plain.holder(dedupeKey);
    const before = world.batcher.metrics();
    const options: SubmitOptions = {
      domain,
      priority: priorities[command.level] ?? "NORMAL",
      ...(key === null ? {} : { key }),
      ...(dedupeKey === null ? {} : { dedupeKey }),
      ...(command.deadlineMs === 0 ? {} : { deadlineMs: command.deadlineMs }),
      signal: waiter.signal.signal,
    };
    void world.batcher.submitAll([name], options).then((ends) => {
      expect(waiter.end).toBeNull();
      waiter.end = ends[0] ?? null;
    });
    const after = world.batcher.metrics();
    plain.waiters.push(waiter);
    expect(after.duplicates - before.duplicates).toBe(holder !== null && after.refused === before.refused ? 1 : 0);
    if (after.duplicates > before.duplicates) holder?.waiters.push(waiter);
    else if (after.counts.accepted > before.counts.accepted)
      plain.items.push({ name, place: `${domain} ${key}`, ordered: key !== null, dedupeKey, waiters: [waiter] });
    else expect(after.refused).toBe(before.refused + 1);
  }
}

function answer(world: BatcherWorld, { pick, how }: Extract<Command, { do: "answer" }>): void {
  const open = world.sink.calls.filter((call) => !answered.has(call));
  const call = open[pick % Math.max(1, open.length)];
  if (call === undefined) return;
  answered.add(call);
  if (how === "done") call.answer(done(call.items));
  else if (how === "half") call.answer(call.items.map((value, index) => (index % 2 === 0 ? { kind: "done", value } : failure("unknown"))));
  else if (how === "reject") call.reject(new Error("no"));
  else call.answer(failure(how));
}

async function follow(world: BatcherWorld, plain: PlainBatcher, command: Command): Promise<void> {
  const { batcher, clock } = world;
  switch (command.do) {
    case "submit":
      return submit(world, plain, command);
    case "cancel":
      return plain.waiters[command.pick % Math.max(1, plain.waiters.length)]?.signal.abort();
    case "answer":
      return answer(world, command);
    case "pause":
      batcher.pause(`d${command.domain}`);
      return void plain.paused.add(`d${command.domain}`);
    case "resume":
      batcher.resume(`d${command.domain}`);
      return void plain.paused.delete(`d${command.domain}`);
    case "wait":
      return clock.advance(command.ms);
    case "stop":
      void batcher.stop(command.ms);
      return clock.advance(command.ms);
    case "start":
      return batcher.start();
  }
}

describe("any sequence of calls, answers and times", () => {
  it("keeps order inside keys, runs nothing twice at once, ends every item once and counts each in one place", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(commands, { maxLength: 60 }), async (list) => {
        const overflow = new MemoryOverflow<string>();
        const world = batcherWorld(
          { concurrency: CONCURRENCY, batchSize: 4, lingerMs: 5, queueItems: 8, perKey: 1, batchTimeoutMs: 3_600_000 },
          { overflow },
        );
        const { batcher, clock, sink } = world;
        sink.script = () => null;
        const plain = new PlainBatcher(world);
        for (const command of list) {
          await follow(world, plain, command);
          await clock.flush();
          plain.checkBatches();
          plain.checkCounts(batcher);
          expect(Object.values(Object.fromEntries(batcher.metrics().domains)).reduce((sum, { inFlight }) => sum + inFlight, 0)).toBeLessThanOrEqual(CONCURRENCY);
        }
        void batcher.stop(0);
        await clock.advance(1);
        await clock.flush();
        expect(plain.waiters.filter(({ end }) => end === null)).toEqual([]);
        plain.checkCounts(batcher);
        expect(overflow.size).toBe(0);
        expect(clock.pending).toBe(0);
      }),
      { numRuns: 150, seed: 7 },
    );
  });
});
