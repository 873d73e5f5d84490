import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dedupeItems } from "../../../src/engine/tasks/dedupeItems";
import { dedupeKeyOf } from "../../../src/engine/tasks/dedupeKey";
import { ManualClock } from "../../fakes/manualClock";
import { HeldKind, settle, started, world as made } from "./deskWorld";

const options = { kind: "held", title: "x", dedupeKey: dedupeKeyOf("held", "maths.canvas", "n1") };

describe("a task of the same key", () => {
  it("is the one that runs, however long, and for a minute after its end", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind] });
    const first = await world.desk.create([1], options);
    await settle(world);
    await world.clock.advance(3_600_000);
    expect(await world.desk.create([1], options)).toEqual({ kind: "joined", id: first.id });
    expect((await world.desk.create([1], { ...options, dedupeKey: "other" })).kind).toBe("created");
    kind.of(0).done();
    kind.runs[0]?.done();
    await settle(world);
    await world.clock.advance(59_999);
    expect(await world.desk.create([1], options)).toEqual({ kind: "joined", id: first.id });
    await world.clock.advance(1);
    const second = await world.desk.create([1], options);
    expect(second.kind).toBe("created");
    expect(second.id).not.toBe(first.id);
    expect(await world.desk.create([1], options)).toEqual({ kind: "joined", id: second.id });
  });

  it("is no longer the same once it ended, where that is wished", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind] });
    const wish = { ...options, joinEnded: false };
    const { id } = await world.desk.create([1], wish);
    expect(await world.desk.create([1], wish)).toEqual({ kind: "joined", id });
    await settle(world);
    kind.of(0).done();
    await settle(world);
    expect((await world.desk.create([1], wish)).kind).toBe("created");
  });

  it("does not stand in the way when it ended by a clock that was a year ahead", async () => {
    const kind = new HeldKind();
    const clock = new ManualClock();
    const world = await started({ kinds: [kind], clock });
    const right = clock.now();
    clock.setWall(right + 365 * 86_400_000);
    const { id } = await world.desk.create([1], options);
    await settle(world);
    kind.of(0).done();
    await settle(world);
    clock.setWall(right);
    const second = await world.desk.create([1], options);
    expect(second).toMatchObject({ kind: "created" });
    expect(second.id).not.toBe(id);
  });

  it("is known after a restart", async () => {
    const kind = new HeldKind();
    const clock = new ManualClock();
    const world = await started({ kinds: [kind], clock });
    const { id } = await world.desk.create([1], options);
    await settle(world);
    const running = await started({ folder: world.folder.copy(), kinds: [kind], clock });
    expect(await running.desk.create([1], options)).toEqual({ kind: "joined", id });
    await settle(running);
    kind.of(0).done();
    await settle(running);
    await clock.advance(10_000);
    const ended = await started({ folder: running.folder.copy(), kinds: [kind], clock, seed: 3 });
    expect(await ended.desk.create([1], options)).toEqual({ kind: "joined", id });
    await clock.advance(50_000);
    expect((await ended.desk.create([1], options)).kind).toBe("created");
  });

  it("is made once by callers that come together, and by the next one when the first fails", async () => {
    const world = await started({ kinds: [new HeldKind()] });
    const all = await Promise.all([1, 2, 3].map((item) => world.desk.create([item], options)));
    expect(all.map(({ kind }) => kind)).toEqual(["created", "joined", "joined"]);
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    const other = { ...options, dedupeKey: "other" };
    const [bad, good, late] = await Promise.allSettled([world.desk.create(["bad"], other), world.desk.create([1], other), world.desk.create([1], other)]);
    expect(bad.status).toBe("rejected");
    expect(good).toMatchObject({ value: { kind: "created" } });
    expect(late).toMatchObject({ value: { kind: "joined" } });
    expect(world.desk.list()).toHaveLength(2);
  });

  it("is made anew after one that was cancelled", async () => {
    const world = await started({ kinds: [new HeldKind()] });
    const { id } = await world.desk.create([1], options);
    await world.desk.cancel({ id });
    expect((await world.desk.create([1], options)).kind).toBe("created");
  });
});

describe("items of the same key", () => {
  it("are kept once, the first of them, and the others are reported", () => {
    expect(dedupeItems(["a", "b", "A", "c", "B"], (item) => item.toLowerCase())).toEqual({
      kept: ["a", "b", "c"],
      dropped: [
        { item: 2, sameAs: 0 },
        { item: 4, sameAs: 1 },
      ],
    });
  });

  it("are all accounted for, in order", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 })), (items) => {
        const { kept, dropped } = dedupeItems(items, String);
        expect(kept).toEqual([...new Set(items)]);
        expect(kept.length + dropped.length).toBe(items.length);
        for (const { item, sameAs } of dropped) {
          expect(items[item]).toBe(items[sameAs]);
          expect(items.indexOf(items[item] ?? -1)).toBe(sameAs);
        }
      }),
    );
  });
});

it("makes nothing before the start and after the stop", async () => {
  const world = made({ kinds: [new HeldKind()] });
  await expect(world.desk.create([1], options)).rejects.toThrow("stopped");
  expect(world.desk.list()).toEqual([]);
});
