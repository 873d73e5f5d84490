import { describe, expect, it } from "vitest";
import type { Engine } from "../../../../src/engine/index";
import { allEvents, canvas, EngineWorld, TIMERS_AT_REST, typesOf } from "../engineWorld";

const FIVE = ["a", "b", "c", "d", "e"];

function put(world: EngineWorld, names: readonly string[], folder = ""): void {
  for (const name of names) world.vault.canvas(`${folder}${name}.canvas`, canvas([{ id: name }]), world.at(1));
}

async function watched(world: EngineWorld, names: readonly string[] = FIVE): Promise<Engine> {
  put(world, names);
  const engine = await world.open();
  await engine.scan();
  return engine;
}

async function vanish(world: EngineWorld, engine: Engine, names: readonly string[]): Promise<void> {
  for (const name of names) world.vault.remove(`${name}.canvas`);
  for (const name of names) await engine.fileDeleted(`${name}.canvas`);
}

async function comeBack(world: EngineWorld, engine: Engine, names: readonly string[]): Promise<void> {
  put(world, names);
  for (const name of names) await engine.canvasChanged(`${name}.canvas`);
}

async function deleted(engine: Engine): Promise<number> {
  return (await typesOf(engine)).filter((type) => type === "canvas_deleted").length;
}

/** "edit" where the news were believed, "catch-up" where a scan had to say it. */
async function originsOfDeletions(engine: Engine): Promise<readonly string[]> {
  return (await allEvents(engine)).filter((event) => event.type === "canvas_deleted").map((event) => event.origin);
}

const reasons = (engine: Engine): readonly string[] => engine.status().problems.map((problem) => problem.reason);
const NONE_FOUND = expect.stringContaining("none of the 5 known canvases was found") as string;

describe("a vault of which every canvas vanishes while it is watched", () => {
  it("counts as away, and a second scan is needed to say that they are gone", async () => {
    const world = new EngineWorld();
    const engine = await watched(world);
    await vanish(world, engine, FIVE);
    await world.clock.advance(600_000);
    expect({ deleted: await deleted(engine), canvases: engine.status().canvases }).toEqual({ deleted: 0, canvases: 5 });
    expect(reasons(engine)).toEqual([NONE_FOUND]);
    expect(world.clock.pending).toBe(TIMERS_AT_REST);
    expect((await engine.scan()).events).toEqual({ canvas_deleted: 5 });
    expect(reasons(engine)).toEqual([]);
  });

  it("is guarded although the news of some come later, as long as no canvas is there", async () => {
    const world = new EngineWorld();
    const engine = await watched(world);
    for (const name of FIVE) world.vault.remove(`${name}.canvas`);
    for (const name of FIVE) {
      await engine.fileDeleted(`${name}.canvas`);
      await world.clock.advance(3_000);
    }
    expect({ deleted: await deleted(engine), reasons: reasons(engine) }).toEqual({ deleted: 0, reasons: [NONE_FOUND] });
  });

  it("is whole again when the files come back, however slowly", async () => {
    const world = new EngineWorld();
    const engine = await watched(world);
    await vanish(world, engine, FIVE);
    await world.clock.advance(60_000);
    for (const name of FIVE) {
      await comeBack(world, engine, [name]);
      await world.clock.advance(9_000);
    }
    await world.clock.advance(2_000);
    expect({ deleted: await deleted(engine), reasons: reasons(engine) }).toEqual({ deleted: 0, reasons: [] });
    expect(world.clock.pending).toBe(TIMERS_AT_REST);
  });

  it("loses those that do not come back with the rest", async () => {
    const world = new EngineWorld();
    const engine = await watched(world);
    await vanish(world, engine, FIVE);
    await world.clock.advance(60_000);
    await comeBack(world, engine, ["a", "b", "c"]);
    await world.clock.advance(11_000);
    expect({ canvases: engine.status().canvases, deleted: await deleted(engine), reasons: reasons(engine) }).toEqual({ canvases: 3, deleted: 2, reasons: [] });
  });

  it("is guarded anew when it goes away again soon after it came back", async () => {
    const world = new EngineWorld();
    const engine = await watched(world);
    for (let time = 0; time < 3; time += 1) {
      await vanish(world, engine, FIVE);
      await world.clock.advance(60_000);
      await comeBack(world, engine, FIVE);
      await world.clock.advance(9_000);
    }
    await vanish(world, engine, FIVE);
    await world.clock.advance(60_000);
    expect({ deleted: await deleted(engine), reasons: reasons(engine) }).toEqual({ deleted: 0, reasons: [NONE_FOUND] });
  });

  it("keeps its canvases when they turn up in another folder much later", async () => {
    const world = new EngineWorld();
    const engine = await watched(world);
    await vanish(world, engine, FIVE);
    await world.clock.advance(60_000);
    put(world, FIVE, "moved/");
    for (const name of FIVE) await engine.canvasChanged(`moved/${name}.canvas`);
    await world.clock.advance(11_000);
    const later = (await allEvents(engine)).slice(10).map((event) => event.type);
    expect(later).toEqual(FIVE.map(() => "canvas_renamed"));
    expect(reasons(engine)).toEqual([]);
  });

  it("is left to the next scan when the watching ends", async () => {
    const world = new EngineWorld();
    const engine = await watched(world);
    await vanish(world, engine, FIVE);
    await engine.settleArrivals();
    const next = await world.reopen();
    expect((await next.scan()).problems.map((problem) => problem.reason)).toEqual([NONE_FOUND]);
    expect(await deleted(next)).toBe(0);
  });

  it("is not confirmed as gone by the news of what a scan has just found missing", async () => {
    const world = new EngineWorld();
    const engine = await watched(world);
    await vanish(world, engine, FIVE);
    await engine.scan();
    await world.clock.advance(60_000);
    expect({ deleted: await deleted(engine), reasons: reasons(engine) }).toEqual({ deleted: 0, reasons: [NONE_FOUND] });
  });
});

describe("a vault that a scan found empty", () => {
  it("is well again when a file comes back, without another start", async () => {
    const world = new EngineWorld();
    await watched(world);
    for (const name of FIVE) world.vault.remove(`${name}.canvas`);
    const engine = await world.reopen();
    await engine.scan();
    expect(reasons(engine)).toEqual([NONE_FOUND]);
    await comeBack(world, engine, FIVE);
    await world.clock.advance(11_000);
    expect({ deleted: await deleted(engine), reasons: reasons(engine) }).toEqual({ deleted: 0, reasons: [] });
  });

  it("does not confirm that it is empty after its files were seen, also not after a restart", async () => {
    const world = new EngineWorld();
    await watched(world);
    for (const name of FIVE) world.vault.remove(`${name}.canvas`);
    const engine = await world.reopen();
    await engine.scan();
    await comeBack(world, engine, FIVE);
    const next = await world.reopen();
    for (const name of FIVE) world.vault.remove(`${name}.canvas`);
    await next.scan();
    expect(await deleted(next)).toBe(0);
  });
});

describe("a person who deletes canvases while the vault is watched", () => {
  it("is believed when they go one by one, to the last of them", async () => {
    const world = new EngineWorld();
    const engine = await watched(world, [...FIVE, "f", "g"]);
    for (const name of [...FIVE, "f", "g"]) {
      await vanish(world, engine, [name]);
      await world.clock.advance(700);
    }
    await world.clock.advance(2_000);
    expect({ canvases: engine.status().canvases, reasons: reasons(engine) }).toEqual({ canvases: 0, reasons: [] });
  });

  it("is believed when many go at once and one stays", async () => {
    const world = new EngineWorld();
    const engine = await watched(world, [...FIVE, "f"]);
    await vanish(world, engine, FIVE);
    await world.clock.advance(2_000);
    expect({ canvases: engine.status().canvases, deleted: await deleted(engine) }).toEqual({ canvases: 1, deleted: 5 });
    expect(await originsOfDeletions(engine)).toEqual(FIVE.map(() => "edit"));
  });

  it("is believed when there were fewer than five", async () => {
    const world = new EngineWorld();
    const engine = await watched(world, ["a", "b", "c", "d"]);
    await vanish(world, engine, ["a", "b", "c", "d"]);
    await world.clock.advance(2_000);
    expect(engine.status().canvases).toBe(0);
  });

  it("is asked only about canvases that are captured", async () => {
    const world = new EngineWorld();
    put(world, ["a", "b"], "out/");
    const engine = await watched(world, ["c", "d", "e"]);
    world.vault.keptOut = "out/";
    for (const name of ["a", "b"]) world.vault.remove(`out/${name}.canvas`);
    await vanish(world, engine, ["c", "d", "e"]);
    await world.clock.advance(2_000);
    expect({ canvases: engine.status().canvases, reasons: reasons(engine) }).toEqual({ canvases: 2, reasons: [] });
    expect(await originsOfDeletions(engine)).toEqual(["edit", "edit", "edit"]);
  });
});
