import { describe, expect, it } from "vitest";
import type { Engine, EngineSettings } from "../../../src/engine/index";
import { allEvents, EngineWorld, settings, typesOf } from "./engineWorld";

function naming(names: Partial<EngineSettings["propertyNames"]>): EngineSettings {
  return { ...settings, propertyNames: { ...settings.propertyNames, ...names } };
}

/** The next start, with other names. */
async function reopened(world: EngineWorld, names: Partial<EngineSettings["propertyNames"]>): Promise<Engine> {
  const engine = await world.reopen();
  engine.updateSettings(naming(names));
  return engine;
}

/** Two notes, read whole: one with a score, one with a grade that nobody watches yet. */
async function scanned(): Promise<EngineWorld> {
  const world = new EngineWorld();
  world.vault.note("a.md", { score: 40, mastery: "learning" }, world.at(1));
  world.vault.note("b.md", { grade: 70 }, world.at(1));
  await (await world.open()).scan();
  return world;
}

describe("other names of watched properties", () => {
  it("count for the notes that are there already, from the next scan on", async () => {
    const world = await scanned();
    const { engine } = world;
    if (engine === null) throw new Error("no engine");
    engine.updateSettings(naming({ score: "grade" }));
    expect(await engine.planScan()).toMatchObject({ notes: 2 });
    expect((await engine.scan()).events).toEqual({ score_submitted: 1 });
    const told = (await allEvents(engine)).filter((event) => event.subject.id === "b.md");
    expect(told).toMatchObject([{ type: "score_submitted", data: { score: 70 } }]);
    const { reads } = world.vault;
    expect((await engine.scan()).journaled).toBe(0);
    expect(world.vault.reads).toBe(reads);
  });

  it("count as well when they changed while nothing ran", async () => {
    const world = await scanned();
    const engine = await reopened(world, { score: "grade" });
    expect((await engine.scan()).events).toEqual({ score_submitted: 1 });
    const { reads } = world.vault;
    await (await reopened(world, { score: "grade" })).scan();
    expect(world.vault.reads).toBe(reads);
  });

  it("are still to be looked for when that scan was stopped", async () => {
    const world = await scanned();
    const engine = await reopened(world, { score: "grade" });
    const report = await engine.scan({ onProgress: (done) => (done === 0 ? engine.stopScan() : undefined) });
    expect(report).toMatchObject({ stopped: true, journaled: 0 });
    expect((await engine.scan()).events).toEqual({ score_submitted: 1 });
  });

  it("take nothing back of a property that is watched no more", async () => {
    const world = await scanned();
    const engine = await reopened(world, { score: "", mastery: "" });
    expect((await engine.scan()).journaled).toBe(0);
    expect(await typesOf(engine)).toEqual(["score_submitted", "mastery_changed"]);
  });
});
