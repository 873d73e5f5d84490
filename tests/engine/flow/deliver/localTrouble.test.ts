import { describe, expect, it } from "vitest";
import { StorageError } from "../../../../src/engine/index";
import { MemoryGraphStore } from "../../../fakes/memoryGraphStore";
import { canvas, EngineWorld, TIMERS_AT_REST, VAULT } from "../engineWorld";

/** A vault in the journal, opened anew: what is on its canvases lies in checkpoints. */
async function reopened(): Promise<EngineWorld> {
  const world = new EngineWorld();
  for (const name of ["a", "b"]) world.vault.canvas(`${name}.canvas`, canvas([{ id: "n" }]), world.at(1));
  await (await world.open()).scan();
  await world.reopen();
  return world;
}

function refuseCheckpoints(world: EngineWorld, refused: () => boolean): void {
  const read = world.folder.read.bind(world.folder);
  world.folder.read = (path) =>
    path.includes("/graph/") && refused() ? Promise.reject(new StorageError("other", "the disk does not answer")) : read(path);
}

describe("a local graph that cannot be read for a store", () => {
  it("is shown as what it is, blames no event and no store, and is read again by itself", async () => {
    const world = await reopened();
    let refused = true;
    refuseCheckpoints(world, () => refused);
    const store = new MemoryGraphStore({ vault: VAULT, clock: world.clock });
    await world.engine?.useStore(store);
    await world.clock.advance(300_000);
    const during = world.engine?.status();
    expect(during?.stores.local).toMatchObject({ state: "unavailable" });
    expect(during?.stores.local.message).toContain("events wait for the store: the disk does not answer");
    expect(during?.stores.neo4j).toMatchObject({ state: "pending", sent: 0, dead: 0 });
    expect(during?.stats.stores.get("neo4j")?.breaker.opens).toBe(0);
    expect(store.batches).toEqual([]);

    refused = false;
    await world.clock.advance(61_000);
    const after = world.engine?.status();
    expect(after?.stores.local).toMatchObject({ state: "ok", message: null });
    expect(after?.stores.neo4j).toMatchObject({ state: "ok", pending: 0, dead: 0 });
  });

  it("that says nothing at all is told as the graph, not as a silent store, and holds up no end", async () => {
    const world = await reopened();
    const read = world.folder.read.bind(world.folder);
    world.folder.read = (path) => (path.includes("/graph/") ? new Promise(() => undefined) : read(path));
    const store = new MemoryGraphStore({ vault: VAULT, clock: world.clock });
    await world.engine?.useStore(store);
    await world.clock.advance(60_000);
    const status = world.engine?.status();
    expect(status?.stores.local.message).toContain("it was not read within 25 seconds");
    expect(status?.stores.neo4j).toMatchObject({ state: "pending", message: null, dead: 0 });
    await world.engine?.useStore(null);
    expect(world.engine?.status().stores.local).toMatchObject({ state: "ok", message: null });
    await world.clock.advance(1_000);
    expect(world.clock.pending).toBe(TIMERS_AT_REST);
  });
});
