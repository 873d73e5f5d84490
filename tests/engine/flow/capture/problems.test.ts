import { describe, expect, it } from "vitest";
import type { Engine } from "../../../../src/engine/index";
import { canvas, EngineWorld } from "../engineWorld";

const DAMAGED = "{";
const pathsIn = (engine: Engine): readonly string[] => engine.status().problems.map((problem) => problem.path);

/** A damaged canvas that was good once, one that never was, and a note that cannot be used, all in one folder. */
async function troubled(): Promise<{ world: EngineWorld; engine: Engine }> {
  const world = new EngineWorld();
  world.vault.canvas("x/known.canvas", canvas([{ id: "n" }]), world.at(1));
  const engine = await world.open();
  await engine.scan();
  world.vault.canvas("x/known.canvas", DAMAGED, world.at(2));
  world.vault.canvas("x/new.canvas", DAMAGED, world.at(2));
  world.vault.note("x/note.md", { score: "many" }, world.at(2));
  await engine.scan();
  expect(pathsIn(engine)).toEqual(["x/known.canvas", "x/new.canvas", "x/note.md"]);
  return { world, engine };
}

const names = ["x/known.canvas", "x/new.canvas", "x/note.md"];

describe("the problem of a file", () => {
  it.each(names)("ends with the file, as a scan finds it: %s", async (path) => {
    const { world, engine } = await troubled();
    world.vault.remove(path);
    expect((await engine.scan()).problems.map((problem) => problem.path)).toEqual(names.filter((name) => name !== path));
  });

  it.each(names)("ends with the file, as the host tells it: %s", async (path) => {
    const { world, engine } = await troubled();
    world.vault.remove(path);
    await engine.fileDeleted(path);
    expect(pathsIn(engine)).toEqual(names.filter((name) => name !== path));
  });

  it("ends with the folder that it lies in", async () => {
    const { world, engine } = await troubled();
    for (const name of names) world.vault.remove(name);
    await engine.fileDeleted("x");
    expect(pathsIn(engine)).toEqual([]);
  });

  it.each(["x/known.canvas", "x/new.canvas"])("goes with a file that is renamed: %s", async (path) => {
    const { world, engine } = await troubled();
    world.vault.move(path, "y.canvas");
    await engine.canvasRenamed(path, "y.canvas");
    expect(pathsIn(engine)).toEqual([...names.filter((name) => name !== path), "y.canvas"]);
  });

  it("comes back when the file is there after all", async () => {
    const { world, engine } = await troubled();
    await engine.fileDeleted("x/known.canvas");
    await world.clock.advance(2_000);
    expect(pathsIn(engine)).toEqual(names);
    expect(engine.status().canvases).toBe(1);
  });

  it("ends when the user keeps the file out", async () => {
    const { world, engine } = await troubled();
    world.vault.keptOut = "x/";
    expect((await engine.scan()).problems).toEqual([]);
  });

  it("ends when the file can be read again, though its time and size are the same", async () => {
    const world = new EngineWorld();
    world.vault.canvas("a.canvas", canvas([{ id: "n" }]), world.at(1));
    const engine = await world.open();
    await engine.scan();
    world.vault.locked.add("a.canvas");
    await engine.canvasChanged("a.canvas");
    expect((await engine.scan()).unreadable).toBe(1);
    world.vault.locked.clear();
    expect(await engine.scan()).toMatchObject({ unreadable: 0, problems: [], journaled: 0 });
  });
});

describe("a note that is gone", () => {
  it("is looked at anew when another file takes its place with its time and size", async () => {
    const world = new EngineWorld();
    world.vault.note("n.md", { score: 10 }, world.at(1));
    const engine = await world.open();
    await engine.scan();
    world.vault.remove("n.md");
    await engine.scan();
    world.vault.note("n.md", { score: 20 }, world.at(1));
    expect((await engine.scan()).events).toEqual({ score_submitted: 1 });
  });
});
