import { describe, expect, it } from "vitest";
import { createSignal } from "../../../../src/engine/kernel/signal";
import { silentLogger, type Logger } from "../../../../src/engine/index";
import { batcherWorld, type BatcherWorld } from "./batcherWorld";

function loggingWorld(): BatcherWorld & { readonly lines: string[] } {
  const lines: string[] = [];
  const logger: Logger = { ...silentLogger, debug: (message) => void lines.push(message) };
  const world = batcherWorld({ batchSize: 10, concurrency: 3, leastConcurrency: 3 }, { logger });
  world.sink.script = () => null;
  return { ...world, lines };
}

function answer({ sink }: BatcherWorld, call: number): void {
  const { items, answer: give } = sink.calls[call] ?? { items: [], answer: () => undefined };
  give(items.map((value) => ({ kind: "done", value })));
}

const thirty = Array.from({ length: 30 }, (_, item) => `item ${item}`);

describe("the line about batches beside each other", () => {
  it("comes when nothing is under way any more, with the time that one write after the other would have taken", async () => {
    const world = loggingWorld();
    const ends = world.batcher.submitAll(thirty);
    await world.clock.advance(100);
    answer(world, 0);
    await world.clock.advance(50);
    answer(world, 1);
    answer(world, 2);
    await ends;
    expect(world.lines).toEqual([
      "Batch processed 30 events in 150ms (parallel, concurrency=3); one write after the other: about 400ms, speedup 2.7x",
    ]);
    await world.batcher.stop(0);
    expect(world.lines).toHaveLength(1);
  });

  it("counts neither what failed nor what was cancelled, and begins anew after it", async () => {
    const world = loggingWorld();
    const source = createSignal();
    const cancelled = world.batcher.submitAll(thirty.slice(0, 10), { signal: source.signal });
    await world.clock.advance(40);
    source.abort();
    await cancelled;
    await world.clock.advance(1_000);
    expect(world.lines).toEqual([]);
    const ends = world.batcher.submitAll(thirty.slice(10, 20));
    await world.clock.advance(20);
    world.sink.calls[1]?.answer(
      thirty.slice(10, 20).map((value, index) =>
        index < 4 ? { kind: "failed", class: "data", code: "bad", message: "It is bad." } : { kind: "done", value },
      ),
    );
    await ends;
    expect(world.lines).toEqual([
      "Batch processed 6 events in 20ms (parallel, concurrency=3); one write after the other: about 20ms, speedup 1.0x",
    ]);
  });
});
