import { describe, expect, it } from "vitest";
import type { TaskView } from "../../../src/engine/tasks/taskView";
import { MemoryItemRunner } from "../../fakes/memoryItemRunner";
import { HeldKind, identity, numbers, quickKind, settle, started } from "./deskWorld";

describe("progress", () => {
  it("weighs each item by what its kind expects of it", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind] });
    const { id } = await world.desk.create([{ cost: 900 }, { cost: 50 }, { cost: 50 }], { kind: "held", title: "x" });
    await settle(world);
    kind.of(1).done();
    await settle(world);
    expect(world.desk.status(id)?.progress).toBeCloseTo(0.05);
    kind.of(0).fail("no");
    await settle(world);
    expect(world.desk.status(id)?.progress).toBeCloseTo(0.95);
    await world.desk.retryFailed(id);
    expect(world.desk.status(id)?.progress).toBeCloseTo(0.05);
    expect((await started({ folder: world.folder.copy() })).desk.status(id)?.progress).toBeCloseTo(0.05);
  });

  it("says when it will be done from the third item on, weighed, and not while it is paused", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind], runner: new MemoryItemRunner(1) });
    const costs = numbers(20).map((item) => ({ cost: item < 10 ? 100 : 1_000 }));
    const { id } = await world.desk.create(costs, { kind: "held", title: "x" });
    await settle(world);
    const etas: (TaskView["eta"] | undefined)[] = [];
    for (let item = 0; item < 10; item += 1) {
      await world.clock.advance(200);
      kind.of(item).done();
      await settle(world, 4);
      etas.push(world.desk.status(id)?.eta);
    }
    expect(etas.slice(0, 2)).toEqual([null, null]);
    expect(etas[2]).not.toBeNull();
    // 10 items that take ten times as long as those which took 200 ms each.
    const eta = etas[9] ?? expect.fail("no estimate");
    expect(eta.likelyMs).toBeGreaterThan(19_000);
    expect(eta.likelyMs).toBeLessThan(21_000);
    expect(eta.leastMs).toBeLessThanOrEqual(eta.likelyMs);
    expect(eta.mostMs).toBeGreaterThanOrEqual(eta.likelyMs);
    expect(world.desk.status(id)?.itemsPerSecond).toBeCloseTo(5, 1);
    await world.desk.pause({ id });
    await world.clock.advance(3_600_000);
    expect(world.desk.status(id)).toMatchObject({ eta: null, itemsPerSecond: null });
    await world.desk.resume({ id });
    await settle(world);
    await world.clock.advance(1);
    expect(world.desk.status(id)?.eta?.likelyMs).toBeLessThan(21_000);
  });

  it("grows longer while nothing ends", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind], runner: new MemoryItemRunner(1) });
    const { id } = await world.desk.create(numbers(10), { kind: "held", title: "x" });
    await settle(world);
    for (let item = 0; item < 5; item += 1) {
      await world.clock.advance(100);
      kind.of(item).done();
      await settle(world, 4);
    }
    const before = world.desk.status(id)?.eta?.likelyMs ?? 0;
    await world.clock.advance(2_000);
    expect(world.desk.status(id)?.eta?.likelyMs).toBeGreaterThan(2 * before);
  });
});

describe("listeners", () => {
  it("hear within 100 ms, at most 20 times a second, and last of how it ended", async () => {
    const world = await started({ kinds: [quickKind("quick", (item) => new Promise((resolve) => world.clock.after(7, () => resolve(item))))], runner: new MemoryItemRunner(3) });
    const heard: { readonly at: number; readonly views: readonly TaskView[] }[] = [];
    world.desk.onChange((views) => heard.push({ at: world.clock.monotonic(), views }));
    const { id } = await world.desk.create(numbers(500), { kind: "quick", title: "x" });
    const changes: number[] = [];
    let last = "";
    for (let step = 0; step < 300; step += 1) {
      await world.clock.advance(5);
      await settle(world, 2);
      const now = JSON.stringify(world.desk.status(id)?.counts);
      if (now !== last) changes.push(world.clock.monotonic());
      last = now;
    }
    await world.clock.advance(5_000);
    expect(world.clock.pending).toBe(0);
    for (const at of changes) expect(heard.some((news) => news.at >= at - 5 && news.at <= at + 100)).toBe(true);
    for (const [index, { at }] of heard.entries()) expect(heard.filter((news) => news.at >= at && news.at < at + 1_000).length, `news ${index}`).toBeLessThanOrEqual(20);
    expect(heard.at(-1)?.views).toEqual(world.desk.list());
    expect(heard.at(-1)?.views[0]).toMatchObject({ status: "done", counts: { done: 500 } });
    expect(heard.every(({ views }) => views.every((view) => identity(view) === 0))).toBe(true);
    expect(heard.length).toBeGreaterThan(10);
  });

  it("that throw or leave harm nobody", async () => {
    const world = await started({ kinds: [quickKind()] });
    const heard: number[] = [];
    world.desk.onChange(() => {
      throw new Error("listener");
    });
    const undo = world.desk.onChange((views) => heard.push(views.length));
    await world.desk.create([1], { kind: "quick", title: "x" });
    await world.clock.advance(100);
    undo();
    await world.desk.create([1], { kind: "quick", title: "x" });
    await world.clock.advance(100);
    expect(heard.at(-1)).toBe(1);
    expect(world.log).toContain("A listener of the tasks failed: listener");
  });
});
