import { describe, expect, it } from "vitest";
import { Batcher } from "../../../src/engine/batch/batcher/batcher";
import { defaultBatcherSettings, type BatcherSettings } from "../../../src/engine/batch/batcher/batcherSettings";
import { batcherRunner } from "../../../src/engine/flow/tasks/batcherRunner";
import type { JsonValue } from "../../../src/engine/kernel/json";
import { silentLogger } from "../../../src/engine/kernel/logger";
import type { ItemRun } from "../../../src/engine/tasks/itemRunner";
import { itemSink } from "../../../src/engine/tasks/run/itemSink";
import { TaskFailure } from "../../../src/engine/tasks/taskFailure";
import { ManualClock } from "../../fakes/manualClock";
import { seededRandom } from "../../fakes/seededRandom";
import { HeldKind, numbers, quickKind, resultsOf, settle, started, until, type World } from "./deskWorld";

const single: BatcherSettings = { ...defaultBatcherSettings, batchSize: 1, lingerMs: 0, perKey: 1, concurrency: 3, batchTimeoutMs: 3_600_000 };

async function withBatcher(kind: HeldKind | ReturnType<typeof quickKind>, settings: Partial<BatcherSettings> = {}): Promise<World & { readonly batcher: Batcher<ItemRun, JsonValue> }> {
  const clock = new ManualClock();
  const batcher = new Batcher<ItemRun, JsonValue>({ clock, random: seededRandom(5), logger: silentLogger, sink: itemSink, settings: { ...single, ...settings } });
  batcher.start();
  return { ...(await started({ clock, kinds: [kind], runner: batcherRunner(batcher) })), batcher };
}

describe("tasks on a batcher", () => {
  it("run to their end, and leave no timer", async () => {
    const world = await withBatcher(quickKind());
    const ids: string[] = [];
    for (const priority of ["low", "immediate", "normal"] as const) ids.push((await world.desk.create(numbers(300), { kind: "quick", title: "x", priority })).id);
    await until(world, () => world.ends.length === 3);
    expect(ids.map((id) => world.desk.status(id)?.counts.done)).toEqual([300, 300, 300]);
    await world.clock.advance(10_000);
    expect(world.clock.pending).toBe(0);
  });

  it("pause and cancel what waits there, and change its priority", async () => {
    const kind = new HeldKind();
    const world = await withBatcher(kind);
    const first = await world.desk.create(numbers(20), { kind: "held", title: "First" });
    await settle(world);
    const second = await world.desk.create(numbers(20), { kind: "held", title: "Second" });
    await settle(world);
    await world.desk.setPriority(second.id, "HIGH");
    await world.desk.pause({ id: first.id });
    await settle(world);
    for (const item of [0, 1, 2]) kind.of(item).done();
    await settle(world);
    expect(kind.runs.slice(3).map(({ context }) => context.task)).toEqual([second.id, second.id, second.id]);
    await world.desk.resume({ id: first.id });
    await world.desk.cancel({ id: second.id });
    await settle(world);
    expect(kind.runs.slice(3, 6).every(({ context }) => context.signal.aborted)).toBe(true);
    expect(kind.runs.slice(6).map(({ context }) => [context.task, context.item])).toEqual([3, 4, 5].map((item) => [first.id, item]));
    expect(world.desk.status(second.id)).toMatchObject({ status: "cancelled", counts: { cancelled: 20 } });
    expect(world.desk.status(first.id)).toMatchObject({ status: "running", counts: { done: 3, running: 3, waiting: 14 } });
  });

  it("try again what may pass, counting each run, and give up by its rules", async () => {
    let runs = 0;
    const kind = quickKind("flaky", async (item) => {
      if (item === 0) {
        runs += 1;
        if (runs < 3) throw new TaskFailure("contention", "busy", "Somebody else was at it.");
        return "late";
      }
      throw new TaskFailure("data", "bad", "This cannot be.");
    });
    const world = await withBatcher(kind);
    const { id } = await world.desk.create([0, 1], { kind: "flaky", title: "x" });
    await settle(world);
    for (let step = 0; step < 100 && world.ends.length === 0; step += 1) await world.clock.advance(1_000);
    const results = [...(await resultsOf(world.desk, id))].sort((a, b) => a.item - b.item);
    expect(results).toMatchObject([
      { status: "done", value: "late", attempts: 3 },
      { status: "failed", error: { class: "data", code: "bad" } },
    ]);
    expect(results[0]?.runMs).toBe(0);
  });

  it("say what holds them while somebody has to act, tell it to listeners, and go on afterwards", async () => {
    let password = "wrong";
    const kind = quickKind("guarded", async () => {
      if (password === "wrong") throw new TaskFailure("auth", "no", "The password is wrong.");
      return "in";
    });
    const world = await withBatcher({ ...kind, keyOf: () => "one" });
    const told: (string | null)[] = [];
    world.desk.onChange((tasks) => void told.push(tasks[0]?.waitsFor ?? null));
    const first = await world.desk.create(numbers(5), { kind: "guarded", title: "First" });
    const behind = await world.desk.create([1], { kind: "guarded", title: "Behind" });
    await world.clock.advance(60_000);
    for (const { id } of [first, behind]) expect(world.desk.status(id)).toMatchObject({ waitsFor: "The password is wrong.", endedAt: null, eta: null, itemsPerSecond: null });
    expect(told.at(-1)).toBe("The password is wrong.");
    password = "right";
    world.batcher.resume("vault");
    await world.clock.advance(1_000);
    for (const { id } of [first, behind]) expect(world.desk.status(id)).toMatchObject({ waitsFor: null, status: "done" });
  });

  it("say nothing of the kind while something of them runs, or waits for its turn in another domain", async () => {
    const kind = { ...quickKind("mixed"), domainOf: (item: JsonValue) => (item === "held" ? "held" : "free"), run: async (item: JsonValue) => (item === "held" ? Promise.reject(new TaskFailure("config", "no", "It is paused.")) : new Promise<JsonValue>(() => undefined)) };
    const world = await withBatcher(kind);
    const { id } = await world.desk.create(["held", "free"], { kind: "mixed", title: "Mixed" });
    await world.clock.advance(60_000);
    expect(world.desk.status(id)?.waitsFor).toBeNull();
    expect(world.batcher.metrics().domains.get("held")?.trouble?.message).toBe("It is paused.");
  });

  it("take an item back between two runs when a task is paused", async () => {
    const kind = new HeldKind();
    const world = await withBatcher(kind);
    const { id } = await world.desk.create([1], { kind: "held", title: "x" });
    await settle(world);
    kind.of(0).fail(new TaskFailure("contention", "busy", "Somebody else was at it."));
    await settle(world);
    expect(world.desk.status(id)?.counts).toMatchObject({ running: 1 });
    await world.desk.pause({ id });
    await settle(world);
    await world.clock.advance(60_000);
    expect(world.desk.status(id)).toMatchObject({ status: "paused", counts: { waiting: 1, running: 0 } });
    expect(kind.runs).toHaveLength(1);
    await world.desk.resume({ id });
    await settle(world);
    expect(kind.of(0).context.attempt).toBe(2);
    kind.of(0).done();
    await settle(world);
    expect(await resultsOf(world.desk, id)).toMatchObject([{ status: "done", attempts: 2 }]);
  });

  it("wait while the batcher is stopped", async () => {
    const world = await withBatcher(quickKind());
    await world.batcher.stop(0);
    const { id } = await world.desk.create([1], { kind: "quick", title: "x" });
    await settle(world);
    expect(world.desk.status(id)?.waitsFor).toContain("takes no more");
    world.batcher.start();
    await world.clock.advance(1_000);
    await until(world, () => world.desk.status(id)?.status === "done");
  });

  it("keep the order of one key over more items than are there at once", async () => {
    const order: number[] = [];
    const kind = { ...quickKind("ordered", async (item) => order.push(Number(item))), keyOf: () => "one" };
    const world = await withBatcher(kind);
    await world.desk.create(numbers(150), { kind: "ordered", title: "x" });
    await until(world, () => world.ends.length === 1);
    expect(order).toEqual(numbers(150));
  });
});
