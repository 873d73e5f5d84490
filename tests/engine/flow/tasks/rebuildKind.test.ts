import { describe, expect, it } from "vitest";
import { rebuildKind } from "../../../../src/engine/flow/tasks/rebuildKind";
import { StorageError, type Engine, type RebuildReport } from "../../../../src/engine/index";
import { engineStatus } from "../../../fakes/engineStatus";
import { MemoryGraphStore } from "../../../fakes/memoryGraphStore";
import { canvas, EngineWorld, VAULT } from "../engineWorld";
import { firstRun } from "./itemContext";

const report = (differences: readonly string[]): RebuildReport => ({ applied: false, differences, events: 5, stores: engineStatus().stores });

async function filled(world: EngineWorld): Promise<Engine> {
  world.vault.canvas("a.canvas", canvas([{ id: "n" }, { id: "m" }]), world.at(1));
  const engine = await world.open();
  await engine.scan();
  return engine;
}

describe("the kind rebuild", () => {
  it("shows with a dry run that nothing differs", async () => {
    const engine = await filled(new EngineWorld());
    const kind = rebuildKind({ rebuild: (options) => engine.rebuild(options) });
    expect(await kind.run({ dryRun: true }, firstRun)).toEqual({ applied: false, events: 3, differences: 0, lines: [] });
  });

  it("applies, and sends everything again only when it is asked to", async () => {
    const world = new EngineWorld();
    const engine = await filled(world);
    const store = new MemoryGraphStore({ vault: VAULT, clock: world.clock });
    await engine.useStore(store);
    await world.clock.advance(2_000);
    const sent = store.batches.length;
    const kind = rebuildKind({ rebuild: (options) => engine.rebuild(options) });
    expect(await kind.run({ apply: true }, firstRun)).toMatchObject({ applied: true, events: 3 });
    await world.clock.advance(2_000);
    expect(store.batches).toHaveLength(sent);
    await kind.run({ apply: true, resend: true }, firstRun);
    await world.clock.advance(2_000);
    expect(store.batches.length).toBeGreaterThan(sent);
  });

  it("keeps the first lines of a long difference, and how many there are", async () => {
    const lines = Array.from({ length: 5_000 }, (_, index) => `canvas ${index}: would change`);
    const kind = rebuildKind({ rebuild: async () => report(lines) });
    expect(await kind.run({ dryRun: true }, firstRun)).toEqual({ applied: false, events: 5, differences: 5_000, lines: lines.slice(0, 200) });
  });

  it("is tried again where the disk is full", async () => {
    const kind = rebuildKind({ rebuild: () => Promise.reject(new StorageError("full", "graph/index: the disk is full")) });
    await expect(kind.run({ apply: true }, firstRun)).rejects.toMatchObject({ failureClass: "unavailable", code: "storage-full", message: "graph/index: the disk is full" });
  });

  it("has one key for all of its items, so that two never run at once", () => {
    const kind = rebuildKind({ rebuild: async () => report([]) });
    expect(kind.keyOf({ dryRun: true })).toBe(kind.keyOf({ apply: true, resend: true }));
  });

  it.each([{}, { dryRun: false }, { dryRun: true, apply: true }, { dryRun: true, resend: true }, { apply: true, resend: 1 }, { apply: true, more: 1 }, [], null])("refuses %j", (item) => {
    expect(rebuildKind({ rebuild: async () => report([]) }).check(item)).toContain("An item of the kind rebuild is");
  });
});
