import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../../src/engine/kernel/json";
import type { ItemResult } from "../../../src/engine/tasks/itemResult";
import type { PageRequest } from "../../../src/engine/tasks/results/page";
import { page } from "../../../src/engine/tasks/results/page";
import { TaskFailure } from "../../../src/engine/tasks/taskFailure";
import { crashed, HeldKind, numbers, quickKind, settle, started, until, type World } from "./deskWorld";

async function allPages(world: World, id: string, order: PageRequest["order"], limit: number): Promise<readonly ItemResult[]> {
  const all: ItemResult[] = [];
  for (let from: number | null = 0; from !== null; ) {
    const found: Awaited<ReturnType<typeof page>> = await world.desk.resultPage(id, { order, from, limit });
    // Whoever reads everything for the same page gets the same one.
    expect(found).toEqual(await page(world.desk.results(id), { order, from, limit }));
    all.push(...found.lines);
    from = found.next;
  }
  return all;
}

const flaky = (): ReturnType<typeof quickKind> => {
  const failedOnce = new Set<JsonValue>();
  return quickKind("flaky", async (item) => {
    if (typeof item === "number" && item % 7 === 3 && !failedOnce.has(item)) {
      failedOnce.add(item);
      throw new TaskFailure("data", "bad", "Nein, größer.");
    }
    return `é ${JSON.stringify(item)}`;
  });
};

async function bytesFor(world: World, work: () => Promise<unknown>): Promise<number> {
  const before = world.folder.streamed;
  await work();
  return world.folder.streamed - before;
}

function largestPath(world: World, id: string): string {
  const paths = world.folder.paths().filter((path) => path.includes(id));
  return paths.reduce((a, b) => (world.folder.bytesOf(a).length > world.folder.bytesOf(b).length ? a : b));
}

function largestFile(world: World, id: string): Uint8Array {
  return world.folder.bytesOf(largestPath(world, id));
}

describe("pages of a task's results", () => {
  it("are what a reading of everything gives, with items that were retried, and while the task goes on", async () => {
    const world = await started({ kinds: [flaky()] });
    const { id } = await world.desk.create(numbers(150), { kind: "flaky", title: "x" });
    await until(world, () => world.ends.length === 1);
    for (const order of ["time", "item"] as const) expect(await allPages(world, id, order, 40)).toHaveLength(150);
    await world.desk.retryFailed(id);
    await until(world, () => world.ends.length === 2);
    expect(await allPages(world, id, "time", 40)).toHaveLength(171);
    const items = await allPages(world, id, "item", 40);
    expect(items.map(({ item }) => item)).toEqual(numbers(150));
    expect(items.every(({ status }) => status === "done")).toBe(true);
    const again = await crashed(world, { kinds: [flaky()] });
    expect(await allPages(again, id, "time", 90)).toHaveLength(171);
  });

  it("have the items that were cancelled while they waited", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind] });
    const { id } = await world.desk.create(numbers(150), { kind: "held", title: "x" });
    await settle(world);
    kind.of(0).done();
    await settle(world);
    expect(await allPages(world, id, "time", 40)).toHaveLength(1);
    await world.desk.cancel({ id });
    await until(world, () => world.ends.length === 1);
    for (const order of ["time", "item"] as const) {
      const lines = await allPages(world, id, order, 40);
      expect(lines).toHaveLength(150);
      expect(lines.filter(({ status }) => status === "cancelled")).toHaveLength(149);
    }
  });

  it("cost what is on them, not what the task has", async () => {
    const world = await started({ kinds: [quickKind()] });
    const { id } = await world.desk.create(numbers(700), { kind: "quick", title: "x" });
    await until(world, () => world.ends.length === 1);
    const size = largestFile(world, id).length;
    world.folder.chunkBytes = 1_024;
    const cost = (order: PageRequest["order"], from: number): Promise<number> => bytesFor(world, () => world.desk.resultPage(id, { order, from, limit: 20 }));
    expect(await cost("time", 0)).toBeLessThan(size / 10);
    // Whoever goes to the end reads it once.
    expect(await cost("time", 680)).toBeGreaterThan(size * 0.9);
    // At most the hundred lines before the page and those on it.
    for (const from of [680, 350, 1, 99]) expect(await cost("time", from)).toBeLessThan((size * 130) / 700);
    for (const from of [0, 350, 680]) expect(await cost("item", from)).toBeLessThan((size * 130) / 700);
  });

  it("are read whole where damage makes it unknown what stands where", async () => {
    const world = await started({ kinds: [quickKind()] });
    const { id } = await world.desk.create(numbers(300), { kind: "quick", title: "x" });
    await until(world, () => world.ends.length === 1);
    const path = largestPath(world, id);
    const bytes = world.folder.bytesOf(path).slice();
    bytes.fill(0xff, 5_000, 5_040);
    world.folder.put(path, bytes);
    const again = await crashed(world, { kinds: [quickKind()] });
    const lines = await allPages(again, id, "time", 40);
    expect(lines.length).toBeGreaterThan(290);
    expect(lines.length).toBeLessThan(300);
  });

  it("are refused where the numbers make none, and empty for a task that is not known", async () => {
    const world = await started({ kinds: [quickKind()] });
    const { id } = await world.desk.create(numbers(3), { kind: "quick", title: "x" });
    await expect(world.desk.resultPage(id, { order: "time", from: 0, limit: 501 })).rejects.toThrow(RangeError);
    await expect(world.desk.resultPage(id, { order: "time", from: -1, limit: 5 })).rejects.toThrow(RangeError);
    expect(await world.desk.resultPage("none", { order: "time", from: 0, limit: 5 })).toEqual({ lines: [], next: null });
  });
});
