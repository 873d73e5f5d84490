import { describe, expect, it } from "vitest";
import { allEvents, canvas, EngineWorld, TIMERS_AT_REST, typesOf } from "./engineWorld";

describe("a watched vault", () => {
  it("journals a save at once and a new canvas after a moment", async () => {
    const world = new EngineWorld();
    world.vault.canvas("a.canvas", canvas([{ id: "n1" }]), world.at(1));
    const engine = await world.open();
    await engine.scan();
    world.vault.canvas("a.canvas", canvas([{ id: "n1", color: "3" }]), world.at(2));
    await engine.canvasChanged("a.canvas");
    expect((await allEvents(engine)).at(-1)).toMatchObject({ type: "color_changed", origin: "edit" });
    world.vault.canvas("b.canvas", canvas([{ id: "m" }]), world.at(3));
    await engine.canvasChanged("b.canvas");
    expect(engine.status().canvases).toBe(1);
    await world.clock.advance(500);
    expect(engine.status().canvases).toBe(2);
  });

  it.each(["the old path goes first", "the new path comes first"])("takes a move for a rename when %s", async (order) => {
    const world = new EngineWorld();
    world.vault.canvas("a.canvas", canvas([{ id: "n1" }, { id: "n2" }]), world.at(1));
    const engine = await world.open();
    await engine.scan();
    world.vault.move("a.canvas", "b.canvas");
    if (order === "the old path goes first") await engine.fileDeleted("a.canvas");
    await engine.canvasChanged("b.canvas");
    await world.clock.advance(100);
    if (order !== "the old path goes first") await engine.fileDeleted("a.canvas");
    await world.clock.advance(3_000);
    expect(await typesOf(engine)).toEqual(["canvas_created", "node_created", "node_created", "canvas_renamed"]);
  });

  it("journals a deletion after two seconds, unless the file is there after all", async () => {
    const world = new EngineWorld();
    world.vault.canvas("a.canvas", canvas([{ id: "n1" }]), world.at(1));
    world.vault.canvas("b.canvas", canvas([{ id: "n2" }]), world.at(1));
    const engine = await world.open();
    await engine.scan();
    await engine.fileDeleted("b.canvas");
    await world.clock.advance(2_000);
    expect(engine.status().canvases).toBe(2);
    world.vault.remove("a.canvas");
    await engine.fileDeleted("a.canvas");
    await world.clock.advance(1_999);
    expect(engine.status().canvases).toBe(2);
    await world.clock.advance(1);
    expect(engine.status().canvases).toBe(1);
  });

  it("moves every canvas of a moved folder once, however often it is told", async () => {
    const world = new EngineWorld();
    for (const name of ["a", "b"]) world.vault.canvas(`x/${name}.canvas`, canvas([{ id: name }]), world.at(1));
    const engine = await world.open();
    await engine.scan();
    for (const name of ["a", "b"]) world.vault.move(`x/${name}.canvas`, `y/${name}.canvas`);
    for (const name of ["a", "b", "a", "b"]) await engine.canvasRenamed(`x/${name}.canvas`, `y/${name}.canvas`);
    expect((await typesOf(engine)).filter((type) => type === "canvas_renamed")).toHaveLength(2);
    expect(engine.status().canvases).toBe(2);
  });

  it("tells two overlapping saves in their order", async () => {
    const world = new EngineWorld();
    world.vault.canvas("a.canvas", canvas([{ id: "n1" }]), world.at(1));
    const engine = await world.open();
    await engine.scan();
    const looks = ["1", "2", "3"].map((color, index) => {
      world.vault.canvas("a.canvas", canvas([{ id: "n1", color }]), world.at(2 + index));
      return engine.canvasChanged("a.canvas");
    });
    await Promise.all(looks);
    const colors = (await allEvents(engine)).filter((event) => event.type === "color_changed").map((event) => event.data["newColor"]);
    expect(colors.at(-1)).toBe("3");
    const clocks = (await allEvents(engine)).map((event) => event.hlc);
    expect([...clocks].sort()).toEqual(clocks);
    expect(new Set(clocks).size).toBe(clocks.length);
  });

  it("looks again at what a full disk kept out, without being told again", async () => {
    const world = new EngineWorld();
    world.vault.canvas("a.canvas", canvas([{ id: "n1" }]), world.at(1));
    const engine = await world.open();
    await engine.scan();
    world.folder.refusing = "full";
    world.vault.canvas("a.canvas", canvas([{ id: "n1", color: "6" }]), world.at(2));
    await engine.canvasChanged("a.canvas");
    expect(engine.status().journal).toMatchObject({ kind: "failing", fault: "full" });
    await world.clock.advance(3_000);
    expect(await typesOf(engine)).not.toContain("color_changed");
    world.folder.refusing = null;
    await world.clock.advance(30_000);
    expect(await typesOf(engine)).toContain("color_changed");
    expect(engine.status().journal).toEqual({ kind: "ok" });
  });

  it("has no timer when nothing happens but for the look at other devices", async () => {
    const world = new EngineWorld();
    world.vault.canvas("a.canvas", canvas([{ id: "n1" }]), world.at(1));
    const engine = await world.open();
    await engine.scan();
    await world.clock.advance(60_000);
    expect(world.clock.pending).toBe(TIMERS_AT_REST);
    await engine.stop();
    expect(world.clock.pending).toBe(0);
  });

  it("folds in what another device journaled, and takes the same save for the same events", async () => {
    const world = new EngineWorld();
    world.vault.canvas("a.canvas", canvas([{ id: "n1" }]), world.at(1));
    const first = await world.open("device000000000a");
    await first.scan();
    await first.stop();
    const second = await world.open("device000000000b");
    expect((await second.scan()).journaled).toBe(0);
    expect(second.status()).toMatchObject({ canvases: 1, events: 2 });
  });
});
