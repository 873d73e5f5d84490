import { describe, expect, it } from "vitest";
import { createSignal } from "../../../../src/engine/index";
import { MemoryOverflow } from "../../../fakes/memoryOverflow";
import { done, failure } from "../../../fakes/scriptedSink";
import { batcherWorld, type BatcherWorld } from "./batcherWorld";

/** More domains than are remembered once they have nothing to do. */
async function passOthers({ batcher }: BatcherWorld): Promise<void> {
  const others = Array.from({ length: 300 }, () => "other");
  await batcher.submitAll(others, (_, index) => ({ domain: `other ${index}` }));
}

describe("a domain that has nothing to do while hundreds of others come and go", () => {
  it("keeps its rate", async () => {
    const world = batcherWorld({ batchSize: 1, domains: { slow: { concurrency: 50, rps: 1, burst: 1 } } });
    const { batcher, clock, sink } = world;
    await batcher.submit("first", { domain: "slow" });
    await passOthers(world);
    void batcher.submit("second", { domain: "slow" });
    await clock.advance(999);
    expect(sink.batches.flat()).not.toContain("second");
    await clock.advance(1);
    expect(sink.batches.flat()).toContain("second");
  });

  it("keeps the wait that it asked for", async () => {
    const world = batcherWorld({ batchSize: 1 });
    const { batcher, clock, sink } = world;
    sink.script = (items) => (items[0] === "first" ? failure("throttled", { retryAfterMs: 60_000 }) : done(items));
    const source = createSignal();
    void batcher.submitAll(["first"], { domain: "busy", signal: source.signal });
    await clock.flush();
    source.abort();
    await passOthers(world);
    void batcher.submit("second", { domain: "busy" });
    await clock.advance(59_000);
    expect(sink.batches.flat()).not.toContain("second");
    await clock.advance(1_001);
    expect(sink.batches.flat()).toContain("second");
  });

  it("lets nothing overtake what was cancelled while its sink had it", async () => {
    const world = batcherWorld({ batchSize: 1 });
    const { batcher, clock, sink } = world;
    sink.script = (items) => (items[0] === "hung" ? null : done(items));
    const source = createSignal();
    void batcher.submitAll(["hung"], { domain: "files", key: "a.canvas", signal: source.signal });
    await clock.flush();
    source.abort();
    await passOthers(world);
    void batcher.submit("next", { domain: "files", key: "a.canvas" });
    await clock.flush();
    expect(sink.batches.flat()).not.toContain("next");
    sink.calls[0]?.answer(done(["hung"]));
    await clock.flush();
    expect(sink.batches.flat()).toContain("next");
  });

  it("gets its own items back from the overflow, and not those that were cancelled there", async () => {
    const overflow = new MemoryOverflow<string>();
    const world = batcherWorld({ batchSize: 1, concurrency: 1, queueItems: 1 }, { overflow });
    const { batcher, clock, sink } = world;
    sink.script = () => null;
    const source = createSignal();
    void batcher.submitAll(["old 1", "old 2", "old 3"], { domain: "files", signal: source.signal });
    await clock.flush();
    overflow.failing = new Error("no disk");
    source.abort();
    await clock.flush();
    sink.script = done;
    await passOthers(world);
    overflow.failing = null;
    const ends = batcher.submitAll(["new 1", "new 2", "new 3"], { domain: "files" });
    await clock.advance(5_000);
    expect((await ends).map((end) => (end.kind === "done" ? end.value : end.kind))).toEqual(["new 1", "new 2", "new 3"]);
  });
});
