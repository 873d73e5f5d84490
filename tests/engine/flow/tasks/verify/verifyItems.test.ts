import { describe, expect, it } from "vitest";
import { verifyItems } from "../../../../../src/engine/flow/tasks/verifyItems";
import { ManualClock } from "../../../../fakes/manualClock";
import { canvas } from "../../engineWorld";
import { verifyWorld, type VerifyWorld } from "./verifyWorld";

async function filled(): Promise<VerifyWorld> {
  const world = await verifyWorld({ clock: new ManualClock() });
  for (const name of ["b", "a", "gone"]) {
    world.files.canvas(`${name}.canvas`, canvas([{ id: name }]), Date.UTC(2026, 0, 1));
    await world.capture(`${name}.canvas`);
  }
  return world;
}

describe("the items of a task that compares", () => {
  it("are one for each canvas, and one for the store", async () => {
    const { parts } = await filled();
    const canvases = ["a", "b", "gone"].map((name) => ({ scope: "files", repair: true, canvas: `${name}.canvas` }));
    expect(await verifyItems(parts, [{ scope: "all", repair: true }])).toEqual([...canvases, { scope: "store", repair: true }]);
    expect(await verifyItems(parts, [{ scope: "files", repair: true }])).toEqual(canvases);
    expect(await verifyItems(parts, [{ scope: "store", repair: false }])).toEqual([{ scope: "store", repair: false }]);
  });

  it("have what is on one side only in one item together, since a moved canvas is on both", async () => {
    const { files, parts } = await filled();
    files.move("gone.canvas", "new.canvas");
    const items = await verifyItems(parts, [{ scope: "files", repair: false }]);
    expect(items).toEqual([{ scope: "files", repair: false, canvas: "a.canvas" }, { scope: "files", repair: false, canvas: "b.canvas" }, { scope: "files", repair: false, unmatched: true }]);
  });

  it("are two for one canvas, each once", async () => {
    const { parts } = await filled();
    const one = { scope: "all", repair: false, canvas: "a.canvas" };
    expect(await verifyItems(parts, [one, one])).toEqual([{ ...one, scope: "files" }, { ...one, scope: "store" }]);
  });

  it("are none for what is no item", async () => {
    const { parts } = await filled();
    await expect(verifyItems(parts, [{ scope: "all" }])).rejects.toBeInstanceOf(RangeError);
  });

  it("together find what one item for everything finds", async () => {
    const world = await filled();
    world.files.canvas("a.canvas", canvas([{ id: "a", text: "now" }]), Date.UTC(2026, 0, 2));
    world.files.move("gone.canvas", "new.canvas");
    const whole = (await world.verify({ scope: "all", repair: false })).files;
    const parted = await verifyItems(world.parts, [{ scope: "all", repair: false }]);
    const sums = { compared: 0, differences: 0 };
    for (const item of parted) {
      const { files } = await world.verify(item as { readonly scope: string });
      sums.compared += files?.compared ?? 0;
      sums.differences += files?.differences ?? 0;
    }
    expect(sums).toEqual({ compared: whole?.compared, differences: whole?.differences });
    expect(sums.differences).toBe(3);
  });
});

describe("an item", () => {
  it.each([
    [null, "is"],
    [{ scope: "everything", repair: true }, '"files", "store" or "all"'],
    [{ scope: "all" }, "repair"],
    [{ scope: "all", repair: "yes" }, "repair"],
    [{ scope: "all", repair: true, other: 1 }, "is"],
    [{ scope: "all", repair: true, canvas: 5 }, "is"],
    [{ scope: "all", repair: true, unmatched: true }, "is"],
    [{ scope: "files", repair: true, unmatched: true, canvas: "a.canvas" }, "is"],
    [{ scope: "files", repair: true, canvas: "../a.canvas" }, "it leads out of the vault"],
    [{ scope: "files", repair: true, canvas: "a.md" }, "it does not end with .canvas"],
  ])("is refused with what it should be: %j", async (item, reason) => {
    const { kind } = await verifyWorld({ clock: new ManualClock() });
    expect(kind.check(item)).toContain(reason);
  });

  it("runs beside those of other canvases, one at a time with the same canvas and with the store", async () => {
    const { kind } = await filled();
    const keys = [
      { scope: "files", repair: true, canvas: "a.canvas" },
      { scope: "files", repair: true, canvas: "A.canvas" },
      { scope: "files", repair: true, canvas: "b.canvas" },
      { scope: "store", repair: true },
      { scope: "store", repair: false, canvas: "a.canvas" },
    ].map((item) => kind.keyOf(item));
    expect(keys).toEqual(["a.canvas", "a.canvas", "b.canvas", "verify store", "verify store"]);
    expect([kind.domainOf({ scope: "store", repair: true }), kind.domainOf({ scope: "all", repair: true })]).toEqual(["neo4j", "vault"]);
  });

  it("weighs what it has to compare", async () => {
    const { kind } = await filled();
    const cost = (scope: string): number => kind.costMs({ scope, repair: false });
    expect(cost("all")).toBeCloseTo(cost("files") + cost("store"));
    expect(cost("files")).toBe(3 * kind.costMs({ scope: "files", repair: false, canvas: "a.canvas" }));
  });
});
