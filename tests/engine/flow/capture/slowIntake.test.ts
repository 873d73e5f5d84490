import { describe, expect, it } from "vitest";
import type { Engine } from "../../../../src/engine/index";
import { MemoryGraphStore } from "../../../fakes/memoryGraphStore";
import { allEvents, canvas, EngineWorld, settings, VAULT } from "../engineWorld";

/** A vault with one canvas, whose store is far behind with what it has to get. */
async function busyWorld(): Promise<{ world: EngineWorld; engine: Engine; store: MemoryGraphStore }> {
  const world = new EngineWorld();
  world.vault.canvas("a.canvas", canvas([{ id: "n" }]), world.at(1));
  world.vault.note("n.md", { score: 1 }, world.at(1));
  const engine = await world.open();
  await engine.scan();
  const store = new MemoryGraphStore({ vault: VAULT, clock: world.clock });
  engine.updateSettings({ ...settings, queueEvents: 10 });
  await engine.useStore(store);
  await world.clock.advance(1_000);
  store.latencyMs = 20_000;
  await engine.recordBatch(Array.from({ length: 30 }, (_, index) => ({ type: "score_submitted", concept: `c${index}`, score: 5 })));
  await world.clock.advance(1_000);
  return { world, engine, store };
}

async function save(world: EngineWorld, engine: Engine, color: string, second: number): Promise<void> {
  world.vault.canvas("a.canvas", canvas([{ id: "n", color }]), world.at(second));
  await engine.canvasChanged("a.canvas");
}

async function colors(engine: Engine): Promise<readonly unknown[]> {
  return (await allEvents(engine)).filter(({ type }) => type === "color_changed").map(({ data }) => data["newColor"]);
}

describe("news of files while the store cannot keep up", () => {
  it("wait two seconds, and several saves of a file become one look", async () => {
    const { world, engine } = await busyWorld();
    expect(engine.status().backpressure).toBe("spill");
    const { reads } = world.vault;
    await save(world, engine, "1", 2);
    await world.clock.advance(1_500);
    await save(world, engine, "2", 3);
    expect(engine.notJournaled()).toEqual(["a.canvas"]);
    expect(world.vault.reads).toBe(reads);
    await world.clock.advance(499);
    expect(await colors(engine)).toEqual([]);
    await world.clock.advance(1);
    expect(await colors(engine)).toEqual(["2"]);
    expect(engine.notJournaled()).toEqual([]);
    expect(world.vault.reads).toBe(reads + 1);
  });

  it("do not wait longer for a file that is saved all the time", async () => {
    const { world, engine } = await busyWorld();
    for (let second = 0; second < 8; second += 1) {
      await save(world, engine, String((second % 6) + 1), second + 2);
      await world.clock.advance(1_000);
    }
    expect((await colors(engine)).length).toBeGreaterThanOrEqual(3);
  });

  it("are looked at as usual as soon as there is room again", async () => {
    const { world, engine, store } = await busyWorld();
    await save(world, engine, "1", 2);
    store.latencyMs = 0;
    await world.clock.advance(60_000);
    expect(engine.status().backpressure).toBe("ok");
    expect(await colors(engine)).toEqual(["1"]);
    await save(world, engine, "2", 3);
    expect(await colors(engine)).toEqual(["1", "2"]);
  });

  it("are decided at once when somebody settles them", async () => {
    const { world, engine } = await busyWorld();
    await save(world, engine, "1", 2);
    world.vault.note("n.md", { score: 9 }, world.at(3));
    await engine.noteChanged("n.md");
    expect(engine.notJournaled()).toEqual(["a.canvas", "n.md"]);
    await engine.settleArrivals();
    expect(await colors(engine)).toEqual(["1"]);
    const scores = (await allEvents(engine)).filter(({ subject }) => subject.id === "n.md").map(({ data }) => data["score"]);
    expect(scores).toEqual([1, 9]);
    expect(engine.notJournaled()).toEqual([]);
  });

  it("are not waited for by a stop, and found by the next start", async () => {
    const { world, engine } = await busyWorld();
    await save(world, engine, "1", 2);
    const stopped = engine.stop(0);
    await world.clock.flush();
    await stopped;
    expect(world.clock.pending).toBe(0);
    const again = await world.open();
    await again.scan();
    expect(await colors(again)).toEqual(["1"]);
  });

  it("of a file that was moved or is gone are not looked at under its old name", async () => {
    const { world, engine } = await busyWorld();
    await save(world, engine, "1", 2);
    world.vault.move("a.canvas", "b.canvas");
    await engine.canvasRenamed("a.canvas", "b.canvas");
    expect(engine.notJournaled()).toEqual([]);
    expect(await colors(engine)).toEqual(["1"]);
    await engine.noteChanged("n.md");
    world.vault.remove("n.md");
    await engine.fileDeleted("n.md");
    expect(engine.notJournaled()).toEqual([]);
    await world.clock.advance(5_000);
    expect((await allEvents(engine)).filter(({ type }) => type === "canvas_deleted")).toEqual([]);
  });

  it("are tried again where the look could not be kept", async () => {
    const { world, engine } = await busyWorld();
    await save(world, engine, "1", 2);
    world.folder.refusing = "full";
    await world.clock.advance(2_000);
    expect(engine.notJournaled()).toEqual(["a.canvas"]);
    world.folder.refusing = null;
    await world.clock.advance(60_000);
    expect(await colors(engine)).toEqual(["1"]);
  });
});
