import { describe, expect, it } from "vitest";
import type { Engine } from "../../../src/engine/index";
import { allEvents, canvas, EngineWorld, TIMERS_AT_REST, typesOf } from "./engineWorld";

async function watched(world: EngineWorld, ...names: readonly string[]): Promise<Engine> {
  for (const name of names) world.vault.canvas(`${name}.canvas`, canvas([{ id: "n" }]), world.at(1));
  const engine = await world.open();
  await engine.scan();
  return engine;
}

function idsAt(events: Awaited<ReturnType<typeof allEvents>>): readonly (string | undefined)[] {
  return [...new Set(events.map((event) => event.canvas?.id))];
}

describe("a disk that is full for a while", () => {
  it("does not cost a renamed canvas its identity, whatever is saved meanwhile", async () => {
    const world = new EngineWorld();
    const engine = await watched(world, "a");
    world.folder.refusing = "full";
    world.vault.move("a.canvas", "b.canvas");
    await engine.canvasRenamed("a.canvas", "b.canvas");
    world.vault.canvas("b.canvas", canvas([{ id: "n" }, { id: "m" }]), world.at(50));
    await engine.canvasChanged("b.canvas");
    await world.clock.advance(700);
    world.folder.refusing = null;
    await world.clock.advance(60_000);
    const events = await allEvents(engine);
    expect(events.map((event) => event.type)).toEqual(["canvas_created", "node_created", "canvas_renamed", "node_created"]);
    expect(idsAt(events)).toHaveLength(1);
    expect(world.clock.pending).toBe(TIMERS_AT_REST);
    expect((await engine.scan()).journaled).toBe(0);
  });

  it("keeps two renames of one canvas in their order", async () => {
    const world = new EngineWorld();
    const engine = await watched(world, "a");
    world.folder.refusing = "full";
    world.vault.move("a.canvas", "b.canvas");
    await engine.canvasRenamed("a.canvas", "b.canvas");
    world.folder.refusing = null;
    world.vault.move("b.canvas", "c.canvas");
    await engine.canvasRenamed("b.canvas", "c.canvas");
    const events = await allEvents(engine);
    expect(events.slice(2).map((event) => event.data)).toEqual([
      { from: "a.canvas", to: "b.canvas" },
      { from: "b.canvas", to: "c.canvas" },
    ]);
    expect(idsAt(events)).toHaveLength(1);
  });

  it("keeps a rename before later news of the same file when the disk has room before the next try", async () => {
    const world = new EngineWorld();
    const engine = await watched(world, "a");
    world.folder.refusing = "full";
    world.vault.move("a.canvas", "b.canvas");
    await engine.canvasRenamed("a.canvas", "b.canvas");
    await world.clock.advance(20_000);
    world.folder.refusing = null;
    world.vault.canvas("b.canvas", canvas([{ id: "n" }, { id: "m" }]), world.at(50));
    await engine.canvasChanged("b.canvas");
    await world.clock.advance(60_000);
    expect(idsAt(await allEvents(engine))).toHaveLength(1);
    expect(await typesOf(engine)).toEqual(["canvas_created", "node_created", "canvas_renamed", "node_created"]);
  });

  it("costs no other file its second look when one look goes wrong in another way", async () => {
    const world = new EngineWorld();
    const engine = await watched(world, "a", "b");
    world.folder.refusing = "full";
    for (const name of ["a", "b"]) {
      world.vault.canvas(`${name}.canvas`, canvas([{ id: "n" }, { id: "m" }]), world.at(9));
      await engine.canvasChanged(`${name}.canvas`);
    }
    world.folder.refusing = null;
    const read = world.vault.readCanvas.bind(world.vault);
    world.vault.readCanvas = async (path) => {
      if (path === "a.canvas") throw new Error("the drive is gone");
      return read(path);
    };
    await world.clock.advance(60_000);
    expect((await allEvents(engine)).filter((event) => event.canvas?.path === "b.canvas")).toHaveLength(3);
    expect(world.clock.pending).toBe(TIMERS_AT_REST);
  });
});

describe("what is told of a disk that is full for a while", () => {
  it("is said once when the journal begins to fail and once when it is well again, with the files that wait", async () => {
    const world = new EngineWorld();
    const engine = await watched(world, "a");
    const told: string[] = [];
    engine.onSignal((signal) => {
      if (signal.kind === "state" && signal.store === "journal") told.push(signal.state);
    });
    expect(engine.notJournaled()).toEqual([]);
    world.folder.refusing = "full";
    world.vault.canvas("a.canvas", canvas([{ id: "n" }, { id: "m" }]), world.at(9));
    await engine.canvasChanged("a.canvas");
    world.vault.canvas("new.canvas", canvas([{ id: "x" }]), world.at(9));
    await engine.canvasChanged("new.canvas");
    await world.clock.advance(20_000);
    expect(engine.notJournaled()).toEqual(["a.canvas", "new.canvas"]);
    expect(told).toEqual(["failing"]);
    world.folder.refusing = null;
    await world.clock.advance(60_000);
    expect(told).toEqual(["failing", "ok"]);
    expect(engine.notJournaled()).toEqual([]);
  });
});
