import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../../src/engine/kernel/json";
import { neverAborted } from "../../../src/engine/kernel/signal";
import type { ItemRunner } from "../../../src/engine/tasks/itemRunner";
import { TaskFailure } from "../../../src/engine/tasks/taskFailure";
import { MemoryItemRunner } from "../../fakes/memoryItemRunner";
import { base, crashed, HeldKind, identity, numbers, quickKind, resultsOf, settle, started, until } from "./deskWorld";

describe("create", () => {
  it("keeps a task and its items with one append, and gives its id", async () => {
    const world = await started({ kinds: [new HeldKind()] });
    const created = await world.desk.create(numbers(100), { kind: "held", title: "Hundred" });
    expect(created.kind).toBe("created");
    expect(world.folder.appended.filter(({ path }) => path.includes("items"))).toHaveLength(1);
    const view = world.desk.status(created.id);
    expect(view).toMatchObject({ title: "Hundred", kind: "held", status: "queued", priority: "NORMAL", progress: 0, eta: null });
    expect(view?.counts).toEqual({ total: 100, waiting: 100, running: 0, done: 0, failed: 0, cancelled: 0 });
  });

  it("names the first bad item and writes nothing", async () => {
    const world = await started({ kinds: [new HeldKind()] });
    await expect(world.desk.create([1, 2, "bad", "bad"], { kind: "held", title: "x" })).rejects.toThrow(new RangeError("Item 2 of the task is refused: it is bad"));
    expect(world.folder.paths()).toEqual([]);
    expect(world.desk.list()).toEqual([]);
  });

  it("refuses what cannot be a task, in words", async () => {
    const world = await started({ kinds: [new HeldKind()], settings: { mostItems: 3 } });
    const kind = "held";
    await expect(world.desk.create([1], { kind: "other", title: "x" })).rejects.toThrow('There is no kind of task "other". There are: held.');
    await expect(world.desk.create([1, 2, 3, 4], { kind, title: "x" })).rejects.toThrow("at most 3 items");
    await expect(world.desk.create([1], { kind, title: " " })).rejects.toThrow("needs a title");
    await expect(world.desk.create([1], { kind, title: "x", priority: "soon" as "low" })).rejects.toThrow('no priority "soon"');
    await expect(world.desk.create([undefined as unknown as null], { kind, title: "x" })).rejects.toThrow("Item 0 of the task is refused: undefined is no JSON");
    await expect(world.desk.create(["x".repeat(1_000_000)], { kind, title: "x" })).rejects.toThrow("1000000 are allowed");
  });

  it("takes items one after another, and leaves nothing behind when one of them is bad", async () => {
    async function* items(bad: boolean): AsyncIterable<number | string> {
      for (const item of numbers(1_200)) yield item;
      if (bad) yield "bad";
    }
    const world = await started({ kinds: [new HeldKind(), quickKind()] });
    await expect(world.desk.create(items(true), { kind: "held", title: "x" })).rejects.toThrow("Item 1200 of the task");
    expect(world.folder.paths()).toEqual([]);
    const { id } = await world.desk.create(items(false), { kind: "quick", title: "x" });
    await until(world, () => world.desk.status(id)?.counts.done === 1_200);
  });

  it("ends a task without items at once", async () => {
    const world = await started({ kinds: [quickKind()] });
    const { id } = await world.desk.create([], { kind: "quick", title: "Nothing" });
    await settle(world);
    expect(world.desk.status(id)).toMatchObject({ status: "done", progress: 1 });
    expect(world.ends.map((view) => view.id)).toEqual([id]);
  });

  it("knows both vocabularies of priorities", async () => {
    const world = await started({ kinds: [new HeldKind()] });
    const { id } = await world.desk.create([1], { kind: "held", title: "x", priority: "immediate" });
    expect(world.desk.status(id)?.priority).toBe("CRITICAL");
  });
});

describe("a task", () => {
  it("runs its items, keeps what came of each, and tells its end once", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind] });
    const done: string[] = [];
    const { id } = await world.desk.create(["a", "b", "c"], { kind: "held", title: "Three", onDone: (view) => done.push(view.status) });
    await settle(world);
    expect(world.desk.status(id)).toMatchObject({ status: "running", counts: { running: 3 } });
    await world.clock.advance(50);
    kind.of(0).done({ nodes: 4 });
    kind.of(1).fail(new TaskFailure("data", "too-long", "The text is too long."));
    kind.of(2).done();
    await settle(world);
    const view = world.desk.status(id);
    expect(view).toMatchObject({ status: "failed", progress: 1, lastError: "The text is too long.", counts: { done: 2, failed: 1 } });
    expect(await resultsOf(world.desk, id)).toMatchObject([
      { item: 0, status: "done", value: { nodes: 4 }, attempts: 1, runMs: 50, domain: "vault" },
      { item: 1, status: "failed", error: { class: "data", code: "too-long", message: "The text is too long." } },
      { item: 2, status: "done", value: null },
    ]);
    expect(await world.desk.items(id, 0, 2)).toMatchObject([
      { item: 0, input: "a", status: "done", attempts: 1, waitMs: 0, runMs: 50, error: null },
      { item: 1, input: "b", status: "failed", attempts: 1, error: "The text is too long." },
    ]);
    expect(world.ends).toEqual([view]);
    expect(done).toEqual(["failed"]);
    await world.clock.advance(10_000);
    expect(world.clock.pending).toBe(0);
    const later = await crashed(world, { kinds: [kind] });
    await settle(later);
    expect(later.desk.status(id)).toEqual(view);
    expect(later.ends).toEqual([]);
    expect(kind.runs).toHaveLength(3);
  });

  it("takes an item for done that was done when the runner let go of it", async () => {
    const runner: ItemRunner = {
      troubleOf: () => null,
      async submitAll(runs) {
        for (const run of runs) await run.run(neverAborted);
        return runs.map(() => ({ kind: "cancelled", started: true }));
      },
    };
    const world = await started({ kinds: [quickKind()], runner });
    const { id } = await world.desk.create(["a"], { kind: "quick", title: "x" });
    await settle(world);
    expect(await resultsOf(world.desk, id)).toMatchObject([{ status: "done", value: "a", attempts: 1 }]);
  });

  it("is not harmed by listeners and handlers that throw, nor by a result that is no JSON", async () => {
    const world = await started({ kinds: [quickKind("odd", async (item) => (item === 0 ? undefined : (1n as unknown)) as null)] });
    world.desk.onEnd(() => {
      throw new Error("listener");
    });
    const { id } = await world.desk.create([0, 1], { kind: "odd", title: "x", onDone: () => expect.fail("done") });
    await settle(world);
    expect(await resultsOf(world.desk, id)).toMatchObject([
      { status: "done", value: null },
      { status: "failed", error: { code: "not-json" } },
    ]);
    expect(world.ends).toHaveLength(1);
    expect(world.log).toHaveLength(2);
  });

  it("keeps the results of a kind that says no domain, no code and no message, as plugins may, over a restart", async () => {
    const nothing = undefined as unknown as string;
    const kind = {
      ...quickKind("loose", async (item) => {
        if (item === 1) throw new TaskFailure("data", nothing, nothing);
        return item;
      }),
      domainOf: (item: JsonValue) => (item === 2 ? nothing : "vault"),
    };
    const world = await started({ kinds: [kind] });
    const { id } = await world.desk.create([0, 1, 2], { kind: "loose", title: "x" });
    await until(world, () => world.ends.length === 1);
    const lines = await resultsOf(world.desk, id);
    expect(lines.map(({ item, status }) => [item, status]).sort()).toEqual([[0, "done"], [1, "failed"], [2, "failed"]]);
    const next = await crashed(world, { kinds: [kind] });
    expect(next.desk.status(id)).toMatchObject({ status: "failed", counts: { done: 1, failed: 2 } });
    expect(await resultsOf(next.desk, id)).toEqual(lines);
  });

  it("pauses: what runs comes to its end, nothing new starts, also after a restart", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind], runner: new MemoryItemRunner(2) });
    const { id } = await world.desk.create(numbers(10), { kind: "held", title: "x" });
    await settle(world);
    expect(await world.desk.pause({ id })).toEqual({ kind: "changed" });
    kind.of(0).done();
    kind.of(1).done();
    await settle(world);
    expect(kind.started).toEqual([0, 1]);
    expect(world.desk.status(id)).toMatchObject({ status: "paused", counts: { done: 2, waiting: 8, running: 0 } });
    const later = await crashed(world, { kinds: [kind] });
    await settle(later);
    expect(later.desk.status(id)).toMatchObject({ status: "paused", counts: { done: 2, waiting: 8 } });
    expect(kind.runs).toHaveLength(2);
    expect(await later.desk.resume({ id })).toEqual({ kind: "changed" });
    await settle(later);
    expect(kind.started).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("pauses together with all others, those that come later too", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind] });
    await world.desk.pause("all");
    const { id } = await world.desk.create(numbers(3), { kind: "held", title: "x" });
    await settle(world);
    expect(world.desk.status(id)?.status).toBe("paused");
    expect(await world.desk.resume({ id })).toMatchObject({ kind: "not-now" });
    const later = await crashed(world, { kinds: [kind] });
    await settle(later);
    expect(later.desk.status(id)?.status).toBe("paused");
    expect(kind.runs).toEqual([]);
    await later.desk.resume("all");
    await settle(later);
    expect(kind.started).toEqual([0, 1, 2]);
    expect((await crashed(later)).desk.status(id)?.status).toBe("running");
  });

  it("is cancelled: what waits goes, what runs is told to end, and none of it failed", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind], runner: new MemoryItemRunner(2) });
    const { id } = await world.desk.create(numbers(1_000), { kind: "held", title: "x" });
    await settle(world);
    kind.of(0).done();
    await settle(world);
    expect(await world.desk.cancel({ id })).toEqual({ kind: "changed" });
    await settle(world);
    expect(kind.of(1).context.signal.aborted).toBe(true);
    expect(kind.started).toEqual([0, 1, 2]);
    expect(world.desk.status(id)).toMatchObject({ status: "cancelled", progress: 1, counts: { done: 1, failed: 0, cancelled: 999 } });
    expect(world.ends).toHaveLength(1);
    expect(await world.desk.retryFailed(id)).toMatchObject({ kind: "not-now" });
    const results = await resultsOf(world.desk, id);
    expect(results).toHaveLength(1_000);
    expect(results.filter(({ status }) => status === "cancelled").every(({ domain }) => domain === "vault")).toBe(true);
    // An item that ends all the same changes nothing.
    kind.of(1).done();
    await settle(world);
    const later = await crashed(world, { kinds: [kind] });
    expect(later.desk.status(id)).toEqual(world.desk.status(id));
  });

  it("runs what failed again, all of it or some, and only that", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind] });
    const { id } = await world.desk.create(numbers(4), { kind: "held", title: "x" });
    await settle(world);
    for (const item of [0, 1, 2]) kind.of(item).fail("no");
    kind.of(3).done();
    await settle(world);
    expect(world.desk.status(id)?.status).toBe("failed");
    await world.clock.advance(1_000);
    expect(await world.desk.retryFailed(id, [1, 3, 77, -1])).toEqual({ kind: "changed" });
    await settle(world);
    expect(world.desk.status(id)).toMatchObject({ status: "running", endedAt: null, counts: { done: 1, failed: 2, running: 1 } });
    await world.clock.advance(5);
    kind.of(1).done();
    await settle(world);
    expect(await world.desk.retryFailed(id, [3])).toMatchObject({ kind: "not-now" });
    expect(await world.desk.retryFailed(id)).toEqual({ kind: "changed" });
    await settle(world);
    kind.of(0).done();
    kind.of(2).done();
    await settle(world);
    expect(world.desk.status(id)).toMatchObject({ status: "done", counts: { done: 4 } });
    expect(await world.desk.items(id, 1, 1)).toMatchObject([{ attempts: 2, waitMs: 0, runMs: 5 }]);
    expect(world.ends.map(({ status }) => status)).toEqual(["failed", "failed", "done"]);
    expect(kind.started).toEqual([0, 1, 2, 3, 1, 0, 2]);
    expect(await world.desk.retryFailed("none")).toEqual({ kind: "unknown-task" });
  });

  it("is retried after a restart, and a restart does not forget that", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind] });
    const { id } = await world.desk.create(numbers(2), { kind: "held", title: "x" });
    await settle(world);
    kind.of(0).fail("no");
    kind.of(1).done();
    await settle(world);
    const second = await crashed(world, { kinds: [kind] });
    await second.desk.retryFailed(id);
    const third = await crashed(second, { kinds: [kind] });
    await settle(third);
    expect(third.desk.status(id)).toMatchObject({ status: "running", counts: { running: 1, done: 1 } });
    kind.of(0).done();
    await settle(third);
    expect(third.desk.status(id)).toMatchObject({ status: "done" });
    expect(third.ends).toHaveLength(1);
    expect((await crashed(third)).ends).toEqual([]);
  });

  it("is forgotten with all its files, but only after its end", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind] });
    const { id } = await world.desk.create(numbers(1), { kind: "held", title: "x" });
    await settle(world);
    expect(await world.desk.forget(id)).toMatchObject({ kind: "not-now" });
    kind.of(0).done();
    await settle(world);
    expect(await world.desk.forget(id)).toEqual({ kind: "changed" });
    expect(world.desk.list()).toEqual([]);
    expect(world.folder.paths()).toEqual([]);
    expect(await world.desk.forget(id)).toEqual({ kind: "unknown-task" });
  });

  it("waits while nobody has registered its kind, and says so", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind] });
    const { id } = await world.desk.create(numbers(2), { kind: "held", title: "x" });
    const later = await crashed(world);
    await settle(later);
    expect(later.desk.status(id)).toMatchObject({ counts: { waiting: 2 }, waitsFor: 'No kind of task is registered as "held".' });
    const late = new HeldKind();
    const undo = later.kinds.register(late);
    expect(() => later.kinds.register(late)).toThrow(RangeError);
    await settle(later);
    expect(late.started).toEqual([0, 1]);
    undo();
    late.of(0).done();
    late.of(1).done();
    await settle(later);
    expect(later.desk.status(id)).toMatchObject({ status: "done", waitsFor: null });
  });
});

describe("several tasks", () => {
  it("share: a huge one does not hold up a small one", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind], runner: new MemoryItemRunner(4) });
    const huge = await world.desk.create(numbers(2_000), { kind: "held", title: "Huge" });
    await settle(world);
    const small = await world.desk.create(numbers(3), { kind: "held", title: "Small" });
    let ended = 0;
    while (world.desk.status(small.id)?.status !== "done") {
      kind.runs[ended]?.done();
      ended += 1;
      await settle(world, 2);
      expect(ended).toBeLessThan(60);
    }
    expect(world.desk.status(huge.id)?.counts.done).toBeGreaterThan(20);
  });

  it("take turns by priority, and a change of it counts for what waits already", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind], runner: new MemoryItemRunner(1) });
    const low = await world.desk.create(numbers(20), { kind: "held", title: "Low", priority: "LOW" });
    const high = await world.desk.create(numbers(2), { kind: "held", title: "High", priority: "HIGH" });
    const late = await world.desk.create(numbers(20), { kind: "held", title: "Late", priority: "LOW" });
    await settle(world);
    expect(await world.desk.setPriority(late.id, "CRITICAL")).toEqual({ kind: "changed" });
    const order: string[] = [];
    for (let run = 0; run < 24; run += 1) {
      const { context } = kind.runs[run] ?? expect.fail("nothing runs");
      order.push(context.task);
      kind.runs[run]?.done();
      await settle(world, 3);
    }
    expect(order.slice(1, 21)).toEqual(numbers(20).map(() => late.id));
    expect(order.slice(21, 23)).toEqual([high.id, high.id]);
    expect([order[0], order[23]]).toEqual([low.id, low.id]);
    expect((await crashed(world)).desk.status(late.id)?.priority).toBe("CRITICAL");
  });

  it("never give the runner more than a few hundred items", async () => {
    const runner = new MemoryItemRunner(1);
    const kind = new HeldKind();
    const world = await started({ kinds: [kind], runner });
    for (const priority of ["LOW", "NORMAL", "HIGH", "CRITICAL"] as const) {
      for (let task = 0; task < 12; task += 1) await world.desk.create(numbers(100), { kind: "held", title: "x", priority });
      await settle(world);
    }
    expect(runner.mostWaiting).toBeLessThan(800);
    await world.desk.cancel("all");
    await settle(world);
    expect(world.desk.list().every((view) => view.status === "cancelled" && view.endedAt !== null && identity(view) === 0)).toBe(true);
    expect(world.ends).toHaveLength(48);
  });

  it("of a lower priority never take the places of a higher one", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind], runner: new MemoryItemRunner(1) });
    for (let task = 0; task < 10; task += 1) await world.desk.create(numbers(100), { kind: "held", title: "x", priority: "LOW" });
    await settle(world);
    const high = await world.desk.create(numbers(1), { kind: "held", title: "x", priority: "HIGH" });
    await settle(world);
    kind.of(0).done();
    await settle(world);
    expect(kind.runs.at(-1)?.context.task).toBe(high.id);
  });

  it("get their turn also where more of them are than places", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind], runner: new MemoryItemRunner(1) });
    await world.desk.pause("all");
    for (let task = 0; task < 203; task += 1) await world.desk.create(numbers(3), { kind: "held", title: "x" });
    await world.desk.resume("all");
    await settle(world);
    for (let run = 0; run < 203; run += 1) {
      kind.runs[run]?.done();
      await settle(world, 2);
    }
    expect(new Set(kind.runs.slice(0, 203).map(({ context }) => context.task)).size).toBe(203);
  });
});

it("keeps its files where it was told to", async () => {
  const world = await started({ kinds: [quickKind()] });
  const { id } = await world.desk.create([1], { kind: "quick", title: "x" });
  await settle(world);
  expect(world.folder.paths()).toEqual([`${base}/${id}.head.a.json`, `${base}/${id}.items-0.ndjson`, `${base}/${id}.log.ndjson`]);
});
