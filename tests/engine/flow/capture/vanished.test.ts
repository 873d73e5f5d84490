import { describe, expect, it } from "vitest";
import type { Engine } from "../../../../src/engine/index";
import { allEvents, canvas, EngineWorld, typesOf } from "../engineWorld";

async function watched(world: EngineWorld, ...names: readonly string[]): Promise<Engine> {
  for (const name of names) world.vault.canvas(`${name}.canvas`, canvas([{ id: `${name}1` }, { id: `${name}2` }]), world.at(1));
  const engine = await world.open();
  await engine.scan();
  return engine;
}

/** Does something once, between what the next listing finds and its being told. */
function duringListing(world: EngineWorld, happens: () => Promise<void>): void {
  const list = world.vault.list.bind(world.vault);
  world.vault.list = async () => {
    world.vault.list = list;
    const listing = await list();
    await happens();
    return listing;
  };
}

async function pathsOf(engine: Engine): Promise<readonly string[]> {
  const paths = new Map((await allEvents(engine)).map((event) => [event.canvas?.id, event.canvas?.path ?? ""]));
  return [...paths.values()].sort();
}

describe("a canvas that a listing does not show", () => {
  it("is not gone when it is new since the listing", async () => {
    const world = new EngineWorld();
    const engine = await watched(world, "a");
    duringListing(world, async () => {
      world.vault.canvas("b.canvas", canvas([{ id: "b1" }]), world.at(2));
      await engine.canvasChanged("b.canvas");
      await engine.settleArrivals();
    });
    expect((await engine.scan()).journaled).toBe(0);
    expect(await typesOf(engine)).not.toContain("canvas_deleted");
    expect(engine.status().canvases).toBe(2);
  });

  it("is not gone when its file is there again, and is captured as it is then", async () => {
    const world = new EngineWorld();
    const engine = await watched(world, "a");
    world.vault.remove("a.canvas");
    duringListing(world, async () => world.vault.canvas("a.canvas", canvas([{ id: "a1" }]), world.at(3)));
    expect((await engine.scan()).events).toEqual({ node_removed: 1 });
    expect(engine.status().canvases).toBe(1);
  });

  it("has not moved to a copy of it when its file is there again", async () => {
    const world = new EngineWorld();
    const engine = await watched(world, "a");
    world.vault.move("a.canvas", "copy.canvas");
    duringListing(world, async () => world.vault.canvas("a.canvas", canvas([{ id: "a1" }, { id: "a2" }]), world.at(3)));
    expect((await engine.scan()).events).toEqual({ canvas_created: 1, node_created: 2 });
    expect(await pathsOf(engine)).toEqual(["a.canvas", "copy.canvas"]);
  });

  it("does not take the place of a canvas that is known by then", async () => {
    const world = new EngineWorld();
    const engine = await watched(world, "a");
    world.vault.move("a.canvas", "b.canvas");
    duringListing(world, async () => {
      await engine.canvasChanged("b.canvas");
      await engine.settleArrivals();
    });
    expect((await engine.scan()).events).toEqual({ canvas_deleted: 1 });
    expect(engine.status().canvases).toBe(1);
  });
});

describe("a canvas that the host says is gone", () => {
  it("stays where a rename has put it, though a copy of it appears at the same time", async () => {
    const world = new EngineWorld();
    const engine = await watched(world, "a", "b");
    world.vault.remove("b.canvas");
    await engine.fileDeleted("b.canvas");
    world.vault.move("a.canvas", "b.canvas");
    await engine.canvasRenamed("a.canvas", "b.canvas");
    world.vault.canvas("copy.canvas", canvas([{ id: "a1" }, { id: "a2" }]), world.at(3));
    await engine.canvasChanged("copy.canvas");
    await world.clock.advance(3_000);
    const renames = (await allEvents(engine)).filter((event) => event.type === "canvas_renamed");
    expect(renames.map((event) => event.data)).toEqual([{ from: "a.canvas", to: "b.canvas" }]);
    expect(engine.status().canvases).toBe(2);
    expect((await engine.scan()).journaled).toBe(0);
  });

  it("has not moved to a copy of it when its file is there", async () => {
    const world = new EngineWorld();
    const engine = await watched(world, "a");
    await engine.fileDeleted("a.canvas");
    world.vault.canvas("copy.canvas", canvas([{ id: "a1" }, { id: "a2" }]), world.at(3));
    await engine.canvasChanged("copy.canvas");
    await world.clock.advance(3_000);
    expect(await typesOf(engine)).not.toContain("canvas_renamed");
    expect(await pathsOf(engine)).toEqual(["a.canvas", "copy.canvas"]);
    expect((await engine.scan()).journaled).toBe(0);
  });

  it("keeps its identity when only the case of its name changed, where case does not count", async () => {
    const world = new EngineWorld();
    const engine = await watched(world, "a");
    const read = world.vault.readCanvas.bind(world.vault);
    world.vault.readCanvas = (path) => read(path.toUpperCase() === "A.CANVAS" ? "A.canvas" : path);
    world.vault.move("a.canvas", "A.canvas");
    await engine.fileDeleted("a.canvas");
    await engine.canvasChanged("A.canvas");
    await world.clock.advance(3_000);
    expect((await typesOf(engine)).slice(3)).toEqual(["canvas_renamed"]);
  });
});
