import { beforeEach, describe, expect, it } from "vitest";
import { createSignal } from "../../../../../src/engine/index";
import { ManualClock } from "../../../../fakes/manualClock";
import { canvas } from "../../engineWorld";
import { firstRun } from "../itemContext";
import { verifyWorld, type Verified, type VerifyWorld } from "./verifyWorld";

const report = { scope: "files", repair: false };
const repair = { scope: "files", repair: true };
const day = (number: number): number => Date.UTC(2026, 0, number);

let world: VerifyWorld;

beforeEach(async () => {
  world = await verifyWorld({ clock: new ManualClock() });
  for (const name of ["a", "b"]) {
    world.files.canvas(`${name}.canvas`, canvas([{ id: `${name}1` }, { id: `${name}2` }], [["e", `${name}1`, `${name}2`]]), day(1));
    await world.capture(`${name}.canvas`);
  }
});

async function found(item: typeof report & { canvas?: string; unmatched?: true }): Promise<NonNullable<Verified["files"]>> {
  const { files } = await world.verify(item);
  if (files === undefined) throw new Error("files were not compared");
  return files;
}

async function types(): Promise<readonly string[]> {
  return (await world.events()).map((event) => event.type);
}

describe("files that the graph has as they are", () => {
  it("differ in nothing, also with another time, another order or less than an event tells", async () => {
    world.files.touch("b.canvas", day(2));
    world.files.canvas("a.canvas", canvas([{ id: "a2" }, { id: "a1", x: 0.2 }], [["e", "a1", "a2"]]), day(3));
    expect(await found(report)).toEqual({ compared: 2, differences: 0, changed: 0, unknown: 0, gone: 0, twins: 0, problem: 0, repaired: 0, lines: [] });
  });
});

describe("a report", () => {
  it("names what differs and journals nothing", async () => {
    const before = await types();
    world.files.canvas("a.canvas", canvas([{ id: "a1", text: "secret" }, { id: "a3" }]), day(2));
    world.files.remove("b.canvas");
    world.files.canvas("c.canvas", canvas([{ id: "c1" }], [["e", "c1", "c1"]]), day(2));
    world.files.canvas("d.canvas", '{"nodes": [', day(2));
    world.files.unreadable.set("locked", "no permission");
    expect(await found(report)).toEqual({
      compared: 4,
      differences: 3,
      changed: 1,
      unknown: 1,
      gone: 1,
      twins: 0,
      problem: 2,
      repaired: 0,
      lines: [
        'canvas "a.canvas": 4 changes that the graph does not have, in node "a1", node "a3", node "a2", edge "e"',
        'canvas "c.canvas": not in the graph, with 1 node and 1 edge',
        'canvas "b.canvas": in the graph with 2 nodes, but there is no such file',
        '"locked": no permission',
        expect.stringContaining('"d.canvas", line 1') as string,
      ],
    });
    expect(await types()).toEqual(before);
  });

  it("is about one canvas where one is asked for, whatever became of it", async () => {
    world.files.remove("b.canvas");
    world.files.canvas("c.canvas", canvas([{ id: "c1" }]), day(2));
    expect(await found({ ...report, canvas: "a.canvas" })).toMatchObject({ compared: 1, differences: 0 });
    expect(await found({ ...report, canvas: "b.canvas" })).toMatchObject({ compared: 1, gone: 1 });
    expect(await found({ ...report, canvas: "c.canvas" })).toMatchObject({ compared: 1, unknown: 1 });
    expect(await found({ ...report, canvas: "nowhere.canvas" })).toMatchObject({ compared: 1, differences: 0 });
    expect(await found({ ...report, unmatched: true })).toMatchObject({ compared: 2, gone: 1, unknown: 1 });
  });

  it("takes a file that cannot be read for a problem and never for a deletion", async () => {
    world.files.locked.add("a.canvas");
    world.files.canvas("b.canvas", "", day(2));
    expect(await found(repair)).toMatchObject({ differences: 0, gone: 0, problem: 2, repaired: 0 });
    expect(await types()).not.toContain("canvas_deleted");
  });

  it("leaves out what the user keeps out", async () => {
    world.files.keptOut = "b";
    world.files.remove("b.canvas");
    expect(await found(repair)).toMatchObject({ compared: 1, differences: 0 });
    await expect(world.verify({ ...report, canvas: "b.canvas" })).rejects.toMatchObject({ failureClass: "data", code: "kept-out" });
  });

  it("names the entries that were skipped, and no difference where the rest is the same", async () => {
    const text = canvas([{ id: "a1" }, { id: "a2" }], [["e", "a1", "a2"]]);
    world.files.canvas("a.canvas", text.replace('"nodes":[', '"nodes":[7,'), day(2));
    expect(await found(report)).toMatchObject({ differences: 0, problem: 1, lines: [expect.stringContaining("nodes[0] is no object") as string] });
  });
});

describe("a repair", () => {
  it("journals what changed, what is new and what is gone, and finds nothing afterwards", async () => {
    world.files.canvas("a.canvas", canvas([{ id: "a1", text: "now" }]), day(2));
    world.files.remove("b.canvas");
    world.files.canvas("c.canvas", canvas([{ id: "other" }]), day(2));
    const before = (await types()).length;
    expect(await found(repair)).toMatchObject({ differences: 3, repaired: 3 });
    expect((await types()).slice(before).sort()).toEqual(["canvas_created", "canvas_deleted", "edge_removed", "node_created", "node_removed", "node_updated"]);
    expect(await found(report)).toMatchObject({ compared: 2, differences: 0 });
  });

  it.each(["b.canvas", "sub/moved.canvas", undefined])("gives a canvas that moved its new path, wherever it begins: %s", async (path) => {
    const id = world.graph.canvasByPath("b.canvas")?.id;
    world.files.move("b.canvas", "sub/moved.canvas");
    expect(await found({ ...repair, ...(path === undefined ? {} : { canvas: path }) })).toMatchObject({ differences: path === undefined ? 2 : 1, repaired: path === undefined ? 2 : 1 });
    expect(world.graph.canvasByPath("sub/moved.canvas")?.id).toBe(id);
    expect((await types()).filter((type) => type.startsWith("canvas_"))).toEqual(["canvas_created", "canvas_created", "canvas_renamed"]);
  });

  it("gives a canvas its new spelling", async () => {
    const id = world.graph.canvasByPath("b.canvas")?.id;
    world.files.move("b.canvas", "B.canvas");
    expect(await found(repair)).toMatchObject({ differences: 2, repaired: 2 });
    expect(world.graph.canvasByPath("B.canvas")?.id).toBe(id);
  });

  it("ends all but one canvas of a file that has several", async () => {
    const other = await verifyWorld({ clock: new ManualClock(), device: "device0000000002" });
    other.files.canvas("a.canvas", canvas([{ id: "a1" }]), day(5));
    await other.capture("a.canvas");
    for (const event of await other.events()) await world.graph.apply([{ ...event, device: "device0000000002" }]);
    expect(await found(report)).toMatchObject({ differences: 1, twins: 1, lines: ['canvas "a.canvas": in the graph 2 times'] });
    expect(await found(repair)).toMatchObject({ twins: 1, repaired: 1 });
    expect(world.graph.canvasesAt("a.canvas")).toHaveLength(1);
  });

  it("does not believe that a whole vault is gone, however often it is asked", async () => {
    for (const name of ["c", "d", "e"]) {
      world.files.canvas(`${name}.canvas`, canvas([{ id: name }]), day(1));
      await world.capture(`${name}.canvas`);
    }
    for (const name of ["a", "b", "c", "d", "e"]) world.files.remove(`${name}.canvas`);
    for (const item of [repair, repair, { ...repair, canvas: "a.canvas" }]) {
      expect(await found(item)).toMatchObject({ repaired: 0 });
      await world.clock.advance(60_000);
    }
    expect(await types()).not.toContain("canvas_deleted");
    expect(world.graph.canvases().filter(({ live }) => live)).toHaveLength(5);
  });

  it("ends when the task is cancelled", async () => {
    world.files.canvas("a.canvas", canvas([{ id: "a1", text: "now" }]), day(2));
    const before = (await types()).length;
    const stop = createSignal();
    stop.abort();
    await expect(world.kind.run(repair, { ...firstRun, signal: stop.signal })).rejects.toMatchObject({ code: "stopped" });
    expect(await types()).toHaveLength(before);
  });
});
