import { describe, expect, it } from "vitest";
import { defaultBatcherSettings } from "../../../../src/engine/batch/batcher/batcherSettings";
import type { FailureClass } from "../../../../src/engine/index";
import { createSignal } from "../../../../src/engine/index";
import { done, failure } from "../../../fakes/scriptedSink";
import { batcherWorld, expectIdentity } from "./batcherWorld";

const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => `i${index}`);
const minute = 60_000;

describe("an item that fails by itself", () => {
  it.each<FailureClass>(["unknown", "contention"])("of class %s is tried five times, and then has failed for good", async (of) => {
    const { batcher, clock, sink, dead } = batcherWorld();
    sink.script = (items) => items.map((value) => (value === "bad" ? failure(of) : { kind: "done", value }));
    const startedAt = clock.now();
    const bad = expect(batcher.submit("bad")).rejects.toMatchObject({ name: "ItemFailed", attempts: 5 });
    const good = batcher.submit("good");
    await clock.advance(10 * minute);
    await bad;
    expect(await good).toBe("good");
    expect(sink.batches).toEqual([["bad", "good"], ["bad"], ["bad"], ["bad"], ["bad"]]);
    expect(sink.calls.map(({ context }) => context.attempt)).toEqual([1, 2, 3, 4, 5]);
    expect(dead).toMatchObject([{ item: "bad", attempts: 5, firstTriedAt: startedAt }]);
    expect(dead[0]?.lastTriedAt).toBeGreaterThan(startedAt);
    expect(batcher.metrics()).toMatchObject({ dead: 1, retried: 4, counts: { stored: 1 } });
    expect(clock.pending).toBe(0);
  });

  it.each<FailureClass>(["data", "too-big"])("of class %s has failed at once", async (of) => {
    const { batcher, sink } = batcherWorld();
    sink.script = (items) => items.map(() => failure(of));
    await expect(batcher.submit("a")).rejects.toMatchObject({ attempts: 1 });
    expect(sink.calls).toHaveLength(1);
  });

  it("waits a random part of a time that doubles", async () => {
    const waits = async (chance: number): Promise<number[]> => {
      const random = { next: () => chance, uuid: () => "" };
      const { batcher, clock, sink } = batcherWorld({}, { random });
      const starts: number[] = [];
      sink.script = () => {
        starts.push(clock.monotonic());
        return [failure("unknown")];
      };
      void batcher.submitAll(["a"]);
      await clock.advance(minute);
      return starts.slice(1).map((at, index) => at - (starts[index] ?? 0));
    };
    expect(await waits(0)).toEqual([0, 0, 0, 0]);
    expect(await waits(0.999_999)).toEqual([1_000, 2_000, 4_000, 8_000]);
  });

  it("is not overtaken by anything of its key", async () => {
    const { batcher, clock, sink } = batcherWorld({ batchSize: 1 });
    let failures = 2;
    sink.script = (items) => (items[0] === "k1" && failures-- > 0 ? failure("unknown") : done(items));
    const ends = batcher.submitAll(["k1", "k2", "other"], (item) => ({ key: item[0] ?? "" }));
    await clock.advance(minute);
    await ends;
    const ofKey = sink.batches.flat().filter((item) => item.startsWith("k"));
    expect(ofKey).toEqual(["k1", "k1", "k1", "k2"]);
    expect(sink.batches[1]).toEqual(["other"]);
  });
});

describe("a batch that fails as a whole", () => {
  it("of class data is halved until those are found who are to blame", async () => {
    const { batcher, clock, sink, dead } = batcherWorld();
    sink.script = (items) => (items.includes("i5") ? failure("data") : done(items));
    const ends = batcher.submitAll(numbers(16), { key: "k" });
    await clock.advance(1);
    expect((await ends).map(({ kind }) => kind).filter((kind) => kind === "done")).toHaveLength(15);
    expect(dead.map(({ item }) => item)).toEqual(["i5"]);
    const stored = sink.batches.filter((items) => !items.includes("i5")).flat();
    expect(stored).toEqual(numbers(16).filter((item) => item !== "i5"));
    expectIdentity(batcher);
  });

  it("of class too-big comes again in smaller ones", async () => {
    const { batcher, clock, sink } = batcherWorld({ batchSize: 16 });
    sink.script = (items) => (items.length > 4 ? failure("too-big") : done(items));
    const ends = batcher.submitAll(numbers(16), { key: "k" });
    await clock.advance(1);
    expect((await ends).every(({ kind }) => kind === "done")).toBe(true);
    expect(sink.batches.map((items) => items.length)).toEqual([16, 8, 4, 4, 4, 4]);
  });

  it.each<readonly [string, (items: readonly string[]) => ReturnType<typeof done<string>>]>([
    ["throws", (): never => { throw new Error("thrown"); }],
    ["answers for too few", (items: readonly string[]) => done(items.slice(1))],
    ["answers nothing at all", () => undefined as unknown as ReturnType<typeof done<string>>],
    ["answers with holes", (items: readonly string[]) => items.map(() => undefined) as unknown as ReturnType<typeof done<string>>],
  ])("because the sink %s is tried again, and the batcher goes on", async (_, script) => {
    const { batcher, clock, sink } = batcherWorld();
    let broken = true;
    sink.script = (items) => (broken ? script(items) : done(items));
    const ends = batcher.submitAll(["a", "b"]);
    await clock.flush();
    broken = false;
    expect(await batcher.submit("c")).toBe("c");
    await clock.advance(minute);
    expect((await ends).map(({ kind }) => kind)).toEqual(["done", "done"]);
    expect(batcher.metrics().lastFailure).toMatchObject({ class: "unknown" });
    expectIdentity(batcher);
  });

  it("because its promise is rejected is tried again", async () => {
    const { batcher, clock, sink } = batcherWorld();
    sink.script = () => null;
    const ends = batcher.submitAll(["a"]);
    await clock.flush();
    sink.script = done;
    sink.calls[0]?.reject(new Error("gone"));
    await clock.advance(minute);
    expect(await ends).toMatchObject([{ kind: "done", attempts: 2 }]);
  });
});

describe("a failure that no rule is made for", () => {
  it.each([{ class: "strange" as FailureClass }, { class: "constructor" as FailureClass }])("because of its $class class counts as unknown, for an item and for a batch", async (wrong) => {
    const { batcher, clock, sink } = batcherWorld({ maxAttempts: 2 });
    sink.script = (items) => (items.length === 2 ? items.map(() => failure("unknown", wrong)) : failure("unknown", wrong));
    const ends = batcher.submitAll(["a", "b"], { key: "k" });
    await clock.advance(10 * minute);
    expect(await Promise.race([ends, clock.flush()])).toMatchObject([{ failure: { class: "unknown" } }, { failure: { class: "unknown" } }]);
    expect(batcher.metrics()).toMatchObject({ dead: 2, lastFailure: { class: "unknown" } });
  });

  it.each<FailureClass>(["throttled", "unavailable"])("because its wait never ends counts as one of class %s without a wait", async (of) => {
    for (const retryAfterMs of [Number.NaN, Number.POSITIVE_INFINITY, -1]) {
      const { batcher, clock, sink } = batcherWorld();
      sink.script = (items) => (sink.calls.length < 5 ? failure(of, { retryAfterMs }) : done(items));
      const end = batcher.submitAll(["a"]);
      await clock.flush();
      expect(sink.calls).toHaveLength(1);
      await clock.advance(10 * minute);
      expect(await Promise.race([end, clock.flush()])).toMatchObject([{ kind: "done" }]);
    }
  });
});

describe("a sink that hangs", () => {
  it("is not waited for longer than the time of a batch, and its late answer is ignored", async () => {
    const { batcher, clock, sink } = batcherWorld({ batchTimeoutMs: 1_000 });
    sink.script = () => null;
    const end = batcher.submitAll(["a"]);
    await clock.advance(1_000);
    expect(sink.calls[0]?.context.signal.aborted).toBe(true);
    sink.script = done;
    await clock.advance(minute);
    sink.calls[0]?.answer([failure("data")]);
    expect(await end).toMatchObject([{ kind: "done", attempts: 2 }]);
    await clock.flush();
    expect(batcher.metrics()).toMatchObject({ dead: 0, counts: { stored: 1 } });
    expect(clock.pending).toBe(0);
  });

  it("is waited for only as long as the settings said when its batch left, whatever they said before", async () => {
    const settings = { batchSize: 1, concurrency: 2, maxAttempts: 1 };
    const { batcher, clock, sink } = batcherWorld({ ...settings, batchTimeoutMs: 60 * minute });
    sink.script = () => null;
    void batcher.submitAll(["patient"]);
    await clock.flush();
    batcher.updateSettings({ ...defaultBatcherSettings, lingerMs: 0, ...settings, batchTimeoutMs: 1_000 });
    const end = batcher.submitAll(["brief"]);
    await clock.advance(1_000);
    expect(await Promise.race([end, clock.flush()])).toMatchObject([{ kind: "failed", failure: { code: "timeout" } }]);
    expect(batcher.metrics().counts).toMatchObject({ inFlight: 1, dead: 1 });
  });

  it("for one item only fails that item, and the others are done", async () => {
    const { batcher, clock, sink, dead } = batcherWorld({ batchSize: 1, batchTimeoutMs: 1_000, concurrency: 2 });
    sink.script = (items) => (items.includes("hangs") ? null : done(items));
    const ends = batcher.submitAll(["hangs", ...numbers(20)]);
    for (let round = 0; round < 40; round += 1) {
      await clock.advance(5_000);
      await Promise.race([batcher.submit(`later${round}`), clock.advance(minute)]);
    }
    expect((await ends).map(({ kind }) => kind)).toEqual(["failed", ...numbers(20).map(() => "done")]);
    expect(dead).toMatchObject([{ item: "hangs", failure: { code: "timeout" } }]);
  });
});

describe("a throttled domain", () => {
  it("is left alone for as long as it asks, and nobody is blamed", async () => {
    const { batcher, clock, sink } = batcherWorld({ batchSize: 1 });
    let refusals = 8;
    sink.script = (items, { domain }) =>
      domain === "busy" && refusals-- > 0 ? failure("throttled", { retryAfterMs: 5_000 }) : done(items);
    const end = batcher.submitAll(["a"], { domain: "busy" });
    await clock.advance(4_999);
    expect(sink.calls).toHaveLength(1);
    expect(await batcher.submit("b", { domain: "calm" })).toBe("b");
    await clock.advance(1);
    expect(sink.calls).toHaveLength(3);
    await clock.advance(minute);
    expect(await end).toMatchObject([{ kind: "done", attempts: 9 }]);
    expect(batcher.metrics().retried).toBe(8);
  });

  it("gets fewer batches at once", async () => {
    const { batcher, clock, sink } = batcherWorld({ batchSize: 1, concurrency: 8 });
    let throttled = true;
    sink.script = () => (throttled ? failure("throttled", { retryAfterMs: 1_000 }) : null);
    void batcher.submitAll(numbers(30));
    await clock.flush();
    throttled = false;
    const before = sink.calls.length;
    await clock.advance(1_000);
    expect(sink.calls.length - before).toBeLessThan(8);
    expect(batcher.metrics().domains.get("default")?.concurrency).toBe(sink.calls.length - before);
  });
});

describe("a domain that is away", () => {
  it("is asked by one batch at a time after growing waits, while everything waits unblamed", async () => {
    const { batcher, clock, sink } = batcherWorld({ batchSize: 1 });
    let away = true;
    sink.script = (items) => (away ? failure("unavailable") : done(items));
    const ends = batcher.submitAll(numbers(5));
    const times: number[] = [];
    await clock.flush();
    const first = sink.calls.length;
    for (let at = 0; at < 16_000; at += 100) {
      const before = sink.calls.length;
      await clock.advance(100);
      for (let call = before; call < sink.calls.length; call += 1) times.push(at + 100);
    }
    expect(first).toBe(5);
    expect(times).toEqual([2_000, 6_000, 14_000]);
    expect(batcher.metrics()).toMatchObject({ dead: 0, breaker: { state: "open", opens: 4, probes: 3, openMs: 16_000 } });
    expect(batcher.metrics().counts).toMatchObject({ waiting: 5, inFlight: 0 });
    away = false;
    await clock.advance(minute);
    expect((await ends).every(({ kind }) => kind === "done")).toBe(true);
    expect(batcher.metrics().breaker.state).toBe("closed");
    expect(clock.pending).toBe(0);
    expectIdentity(batcher);
  });

  it("does not hold up another one", async () => {
    const { batcher, sink } = batcherWorld();
    sink.script = (items, { domain }) => (domain === "away" ? failure("unavailable") : done(items));
    void batcher.submitAll(numbers(5), { domain: "away" });
    expect(await batcher.submit("a", { domain: "here" })).toBe("a");
    expect(batcher.metrics().domains.get("here")?.breaker.state).toBe("closed");
  });

  it("lets what waits for it be cancelled and time out", async () => {
    const { batcher, clock, sink } = batcherWorld();
    sink.script = () => failure("unavailable");
    const source = createSignal();
    const ends = batcher.submitAll(["a", "b"], (item) => (item === "a" ? { signal: source.signal } : {}));
    await clock.flush();
    const late = batcher.submitAll(["c"], { deadlineMs: 500 });
    source.abort();
    await clock.advance(500);
    expect(await late).toEqual([{ kind: "timed-out" }]);
    await batcher.stop(0);
    expect(await ends).toEqual([
      { kind: "cancelled", started: true },
      { kind: "cancelled", started: true },
    ]);
    expectIdentity(batcher);
  });
});

describe("a failure that a person has to mend", () => {
  it.each<FailureClass>(["auth", "config", "query"])("of class %s stops its domain until it is resumed", async (of) => {
    const { batcher, clock, sink } = batcherWorld();
    let wrong = true;
    sink.script = (items) => (wrong ? failure(of) : done(items));
    const end = batcher.submit("a");
    await clock.advance(10 * minute);
    expect(sink.calls).toHaveLength(1);
    expect(clock.pending).toBe(0);
    expect(batcher.metrics().domains.get("default")?.trouble).toMatchObject({ class: of });
    wrong = false;
    batcher.resume("default");
    expect(await end).toBe("a");
    expect(batcher.metrics().domains.get("default")?.trouble).toBeNull();
  });
});

describe("a listener that throws", () => {
  it("changes nothing", async () => {
    const { batcher, sink, errors, dead } = batcherWorld();
    batcher.onDead(() => {
      throw new Error("listener");
    });
    sink.script = (items) => items.map((value) => (value === "bad" ? failure("data") : { kind: "done", value }));
    const ends = await batcher.submitAll(["bad", "good"]);
    expect(ends.map(({ kind }) => kind)).toEqual(["failed", "done"]);
    expect(dead).toHaveLength(1);
    expect(errors).toEqual(["a listener to dead items threw: listener"]);
    expect(await batcher.submit("next")).toBe("next");
  });

  it("to the end of a batch changes nothing either", async () => {
    const { batcher, clock, sink, errors } = batcherWorld({ batchTimeoutMs: 100 });
    sink.script = (_, { signal }) => {
      signal.onAbort(() => {
        throw new Error("listener");
      });
      return null;
    };
    const end = batcher.submitAll(["a"]);
    await clock.advance(100);
    sink.script = done;
    await clock.advance(minute);
    expect(await end).toMatchObject([{ kind: "done" }]);
    expect(errors).toEqual(["a sink's listener to the end of its batch threw: listener"]);
  });
});
