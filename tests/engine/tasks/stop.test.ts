import { describe, expect, it } from "vitest";
import { surplusTasks } from "../../../src/engine/tasks/surplusTasks";
import { ManualClock } from "../../fakes/manualClock";
import { MemoryItemRunner } from "../../fakes/memoryItemRunner";
import { HeldKind, numbers, quickKind, resultsOf, settle, started, until } from "./deskWorld";

describe("stop", () => {
  it("waits for what runs, starts nothing more, and the next start goes on", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind], runner: new MemoryItemRunner(2) });
    const { id } = await world.desk.create(numbers(5), { kind: "held", title: "x" });
    await settle(world);
    const stopping = world.desk.stop(5_000);
    await world.clock.advance(1_000);
    kind.of(0).done();
    kind.of(1).done();
    await settle(world);
    await stopping;
    expect(kind.started).toEqual([0, 1]);
    expect(kind.of(0).context.signal.aborted).toBe(false);
    expect(world.clock.pending).toBe(0);
    expect(world.desk.status(id)?.counts).toMatchObject({ done: 2, waiting: 3 });
    await expect(world.desk.create([1], { kind: "held", title: "y" })).rejects.toThrow("stopped");
    await expect(world.desk.cancel("all")).rejects.toThrow("stopped");
    await world.desk.start();
    await settle(world);
    expect(kind.started).toEqual([0, 1, 2, 3]);
    expect(world.desk.status(id)?.counts).toMatchObject({ done: 2, running: 2 });
  });

  it("tells what still runs at the deadline to end, and does not hear of it any more", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind] });
    const { id } = await world.desk.create(numbers(2), { kind: "held", title: "x" });
    await settle(world);
    const stopping = world.desk.stop(5_000);
    await world.clock.advance(4_999);
    expect(kind.of(0).context.signal.aborted).toBe(false);
    await world.clock.advance(1);
    await stopping;
    expect(kind.of(0).context.signal.aborted).toBe(true);
    const before = world.folder.paths().map((path) => world.folder.textOf(path));
    kind.of(0).done("late");
    await settle(world);
    await world.clock.advance(60_000);
    expect(world.folder.paths().map((path) => world.folder.textOf(path))).toEqual(before);
    await world.desk.start();
    await settle(world);
    expect(kind.runs.map(({ context }) => [context.item, context.attempt])).toEqual([[0, 1], [1, 1], [0, 2], [1, 2]]);
    kind.of(0).done();
    kind.of(1).done();
    await until(world, () => world.ends.length === 1);
    expect(await resultsOf(world.desk, id)).toHaveLength(2);
  });

  it("does not hang on a disk that does, nor on one that is full", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind] });
    await world.desk.create(numbers(2), { kind: "held", title: "x" });
    await settle(world);
    world.folder.hold();
    kind.of(0).done();
    kind.of(1).done();
    await settle(world);
    const stopping = world.desk.stop(100);
    await world.clock.advance(3_000);
    await stopping;
    world.folder.release();
    await settle(world);
    expect(world.clock.pending).toBe(0);
    const full = await started({ folder: world.folder.copy(), kinds: [kind] });
    await settle(full);
    full.folder.refusing = "full";
    await full.desk.stop(100);
    expect(full.clock.pending).toBe(0);
  });

  it("and start take turns, however they are called", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind] });
    const { id } = await world.desk.create(numbers(1), { kind: "held", title: "x" });
    await settle(world);
    const all = [world.desk.stop(100), world.desk.start(), world.desk.start()];
    await world.clock.advance(200);
    await Promise.all(all);
    await settle(world);
    expect(kind.runs.map(({ context }) => context.attempt)).toEqual([1, 2]);
    kind.of(0).done();
    await settle(world);
    expect(world.desk.status(id)?.status).toBe("done");
    expect(await resultsOf(world.desk, id)).toHaveLength(1);
  });

  it("before any start does nothing", async () => {
    const world = await started();
    await world.desk.stop(0);
    await world.desk.stop(0);
    expect(world.folder.paths()).toEqual([]);
  });
});

describe("a runner that takes nothing", () => {
  it("is asked again after a while, which is said", async () => {
    const runner = new MemoryItemRunner();
    runner.refusing = "queue-full";
    const world = await started({ kinds: [quickKind()], runner });
    const { id } = await world.desk.create(numbers(40), { kind: "quick", title: "x" });
    await settle(world);
    expect(world.desk.status(id)).toMatchObject({ counts: { waiting: 40 }, waitsFor: "The queue takes no more items at the moment." });
    runner.refusing = null;
    await world.clock.advance(1_000);
    await until(world, () => world.desk.status(id)?.status === "done");
    await world.clock.advance(5_000);
    expect(world.clock.pending).toBe(0);
  });
});

describe("ended tasks", () => {
  it("are kept while they are among the newest, and for a month", () => {
    const ended = numbers(5).map((endedAt) => ({ endedAt: endedAt * 10 }));
    expect(surplusTasks(ended, 40, { keepEnded: 3, keepMs: 1_000 }).map(({ endedAt }) => endedAt)).toEqual([10, 0]);
    expect(surplusTasks(ended, 45, { keepEnded: 30, keepMs: 20 }).map(({ endedAt }) => endedAt)).toEqual([20, 10, 0]);
  });

  it("go when new ones end, and when they are old at a start", async () => {
    const clock = new ManualClock();
    const world = await started({ kinds: [quickKind()], clock, settings: { keepEnded: 2 } });
    for (const title of ["a", "b", "c"]) {
      await world.desk.create([1], { kind: "quick", title });
      await settle(world, 20);
      await clock.advance(3_000);
    }
    expect(world.desk.list().map(({ title }) => title)).toEqual(["b", "c"]);
    expect(world.ends).toHaveLength(3);
    await clock.advance(31 * 86_400_000);
    const later = await started({ folder: world.folder.copy(), clock });
    expect(later.desk.list()).toEqual([]);
    expect(later.folder.paths()).toEqual([]);
  });
});

it("keeps the order of items with one key, and runs one of them at a time", async () => {
  const kind = new HeldKind();
  const world = await started({ kinds: [kind], runner: new MemoryItemRunner(3) });
  await world.desk.create([{ key: "a" }, { key: "a" }, { key: "b" }, { key: "a" }], { kind: "held", title: "x" });
  await settle(world);
  expect(kind.started).toEqual([0, 2]);
  kind.of(0).done();
  await settle(world);
  expect(kind.started).toEqual([0, 2, 1]);
});
