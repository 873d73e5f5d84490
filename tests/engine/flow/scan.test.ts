import { describe, expect, it } from "vitest";
import { allEvents, canvas, EngineWorld, typesOf } from "./engineWorld";

describe("a scan", () => {
  it("indexes what is there, and catches up with what changed since", async () => {
    const world = new EngineWorld();
    world.vault.canvas("a.canvas", canvas([{ id: "n1", color: "1" }]), world.at(1));
    const engine = await world.open();
    expect(engine.firstIndex).toBe(true);
    const first = await engine.scan();
    expect(first).toMatchObject({ canvases: 1, unreadable: 0, journaled: 2, events: { canvas_created: 1, node_created: 1 }, stopped: false });
    expect((await allEvents(engine)).map((event) => event.origin)).toEqual(["index", "index"]);

    world.vault.canvas("a.canvas", canvas([{ id: "n1", color: "4" }]), world.at(9));
    const again = await world.reopen();
    expect(again.firstIndex).toBe(false);
    expect((await again.scan()).events).toEqual({ color_changed: 1 });
    const changed = (await allEvents(again)).at(-1);
    expect(changed).toMatchObject({ origin: "catch-up", at: world.at(9), data: { oldLevel: "not_understood", newLevel: "understood" } });
  });

  it("reads nothing and journals nothing when nothing changed, and nothing new after a bare touch", async () => {
    const world = new EngineWorld();
    world.vault.canvas("a.canvas", canvas([{ id: "n1" }]), world.at(1));
    world.vault.note("n.md", { score: 50 }, world.at(1));
    const engine = await world.open();
    await engine.scan();
    const reads = world.vault.reads;
    expect((await engine.scan()).journaled).toBe(0);
    expect(world.vault.reads).toBe(reads);
    world.vault.touch("a.canvas", world.at(50));
    world.vault.touch("n.md", world.at(50));
    expect((await engine.scan()).journaled).toBe(0);
    expect(world.vault.reads).toBe(reads + 2);
  });

  it("gives one save events that share a time greater than the file's last", async () => {
    const world = new EngineWorld();
    world.vault.canvas("a.canvas", canvas([{ id: "n1" }]), world.at(5));
    const engine = await world.open();
    await engine.scan();
    world.vault.canvas("a.canvas", canvas([{ id: "n1", color: "2", x: 40 }]), world.at(5));
    world.vault.touch("a.canvas", world.at(4));
    await engine.scan();
    const [moved, coloured] = (await allEvents(engine)).slice(-2);
    expect([moved?.type, coloured?.type]).toEqual(["node_moved", "color_changed"]);
    expect([moved?.at, coloured?.at]).toEqual([world.at(5) + 1, world.at(5) + 1]);
  });

  it("keeps the last good version of a damaged canvas and names the damage until it is mended", async () => {
    const world = new EngineWorld();
    world.vault.canvas("a.canvas", canvas([{ id: "n1" }, { id: "n2" }]), world.at(1));
    await (await world.open()).scan();
    world.vault.canvas("a.canvas", '{"nodes":[\n<<<<<<< HEAD\n', world.at(2));
    for (const time of ["first", "second"]) {
      const report = await (await world.reopen()).scan();
      expect(report, time).toMatchObject({ journaled: 0, unreadable: 1 });
      expect(report.problems).toMatchObject([{ path: "a.canvas", line: 2 }]);
    }
    world.vault.canvas("a.canvas", "  ", world.at(3));
    const engine = await world.reopen();
    expect((await engine.scan()).problems[0]?.reason).toContain("2 nodes");
    world.vault.canvas("a.canvas", canvas([{ id: "n2" }]), world.at(4));
    expect(await engine.scan()).toMatchObject({ events: { node_removed: 1 }, unreadable: 0, problems: [] });
  });

  it("keeps the identity of a canvas that got another path while nothing ran", async () => {
    const world = new EngineWorld();
    world.vault.canvas("old/a.canvas", canvas([{ id: "n1" }, { id: "n2" }]), world.at(1));
    await (await world.open()).scan();
    world.vault.move("old/a.canvas", "new/b.canvas");
    world.vault.canvas("new/b.canvas", canvas([{ id: "n1" }, { id: "n2", color: "5" }]), world.at(7));
    const engine = await world.reopen();
    await engine.scan();
    const events = await allEvents(engine);
    expect(events.slice(-2).map((event) => event.type)).toEqual(["canvas_renamed", "color_changed"]);
    expect(new Set(events.map((event) => event.canvas?.id)).size).toBe(1);
    expect(events.at(-2)?.data).toEqual({ from: "old/a.canvas", to: "new/b.canvas" });
  });

  it("believes that every canvas is gone only the second time", async () => {
    const world = new EngineWorld();
    for (let index = 0; index < 6; index += 1) world.vault.canvas(`c${index}.canvas`, canvas([{ id: `n${index}` }]), world.at(index));
    await (await world.open()).scan();
    for (let index = 0; index < 6; index += 1) world.vault.remove(`c${index}.canvas`);
    const first = await (await world.reopen()).scan();
    expect(first).toMatchObject({ journaled: 0, problems: [{ reason: expect.stringContaining("none of the 6") as string }] });
    const second = await (await world.reopen()).scan();
    expect(second.events).toEqual({ canvas_deleted: 6 });
  });

  it("deletes nothing below a folder that cannot be read", async () => {
    const world = new EngineWorld();
    world.vault.canvas("x/a.canvas", canvas([{ id: "n1" }]), world.at(1));
    world.vault.canvas("b.canvas", canvas([{ id: "n1" }]), world.at(1));
    const engine = await world.open();
    await engine.scan();
    world.vault.unreadable.set("x", "no permission to read it");
    expect(await engine.scan()).toMatchObject({ journaled: 0, unreadable: 1 });
    expect(engine.status().canvases).toBe(2);
  });

  it("neither journals nor deletes what the user keeps out, and knows it again afterwards", async () => {
    const world = new EngineWorld();
    world.vault.canvas("x/a.canvas", canvas([{ id: "n1" }]), world.at(1));
    world.vault.canvas("b.canvas", canvas([{ id: "n2" }]), world.at(1));
    const engine = await world.open();
    await engine.scan();
    world.vault.keptOut = "x/";
    expect(await engine.scan()).toMatchObject({ journaled: 0, canvases: 1 });
    world.vault.keptOut = null;
    expect(await engine.scan()).toMatchObject({ journaled: 0, canvases: 2 });
  });

  it("takes a deleted canvas that comes back with its old time for the one that it was", async () => {
    const world = new EngineWorld();
    world.vault.canvas("a.canvas", canvas([{ id: "n1" }, { id: "n2" }]), world.at(1));
    const engine = await world.open();
    await engine.scan();
    world.vault.remove("a.canvas");
    await engine.scan();
    world.vault.canvas("a.canvas", canvas([{ id: "n1" }]), world.at(1));
    expect((await engine.scan()).events).toEqual({ canvas_created: 1, node_removed: 1 });
    expect(new Set((await allEvents(engine)).map((event) => event.canvas?.id)).size).toBe(1);
  });

  it("gives a file put back with its old time an identity of its own when the old one lives elsewhere", async () => {
    const world = new EngineWorld();
    world.vault.canvas("a.canvas", canvas([{ id: "n" }]), world.at(1));
    const engine = await world.open();
    await engine.scan();
    world.vault.move("a.canvas", "b.canvas");
    await engine.canvasRenamed("a.canvas", "b.canvas");
    world.vault.canvas("a.canvas", canvas([{ id: "n" }]), world.at(1));
    expect((await engine.scan()).events).toEqual({ canvas_created: 1, node_created: 1 });
    expect(await engine.scan()).toMatchObject({ journaled: 0, canvases: 2 });
    expect(engine.status().canvases).toBe(2);
    const paths = new Map((await allEvents(engine)).map((event) => [event.canvas?.id, event.canvas?.path]));
    expect([...paths.values()].sort()).toEqual(["a.canvas", "b.canvas"]);
    expect((await engine.rebuild({ dryRun: true, resend: false })).differences).toEqual([]);
  });

  it("forgets a problem when the last good text is put back", async () => {
    const world = new EngineWorld();
    const good = canvas([{ id: "n1" }]);
    world.vault.canvas("a.canvas", good, world.at(1));
    const engine = await world.open();
    await engine.scan();
    world.vault.canvas("a.canvas", "{", world.at(2));
    expect((await engine.scan()).problems).toHaveLength(1);
    world.vault.canvas("a.canvas", good, world.at(3));
    expect(await engine.scan()).toMatchObject({ problems: [], unreadable: 0, journaled: 0 });
  });

  it("stops when asked and goes on with the rest next time", async () => {
    const world = new EngineWorld();
    for (let index = 0; index < 20; index += 1) world.vault.canvas(`c${index}.canvas`, canvas([{ id: "n" }]), world.at(1));
    const engine = await world.open();
    const report = await engine.scan({ onProgress: (done) => (done === 3 ? engine.stopScan() : undefined) });
    expect(report.stopped).toBe(true);
    expect(report.journaled).toBeLessThan(40);
    expect(engine.firstIndex).toBe(true);
    await engine.scan();
    expect(engine.firstIndex).toBe(false);
    expect(await typesOf(engine)).toHaveLength(40);
  });

  it("keeps nothing and rejects when the disk is full, and finds it all again when there is room", async () => {
    const world = new EngineWorld();
    world.vault.canvas("a.canvas", canvas([{ id: "n1" }]), world.at(1));
    const engine = await world.open();
    world.folder.refusing = "full";
    await expect(engine.scan()).rejects.toMatchObject({ fault: "full" });
    expect(engine.status().journal).toMatchObject({ kind: "failing", fault: "full" });
    world.folder.refusing = null;
    expect((await engine.scan()).journaled).toBe(2);
    expect(engine.status().journal).toEqual({ kind: "ok" });
  });

  it("has the same events after a crash before any checkpoint", async () => {
    const world = new EngineWorld();
    world.vault.canvas("a.canvas", canvas([{ id: "n1" }, { id: "n2" }], [["e", "n1", "n2"]]), world.at(1));
    const engine = await world.open();
    await engine.scan();
    const before = await allEvents(engine);
    const crashed = await world.open();
    expect(await allEvents(crashed)).toEqual(before);
    expect((await crashed.scan()).journaled).toBe(0);
    expect((await crashed.rebuild({ dryRun: true, resend: false })).differences).toEqual([]);
  });
});
