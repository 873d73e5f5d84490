import { describe, expect, it } from "vitest";
import type { Engine } from "../../../src/engine/index";
import { allEvents, canvas, DEVICE, EngineWorld } from "./engineWorld";

const OTHER = "device0000000002";
const older = canvas([{ id: "n", text: "old" }]);
const newer = canvas([{ id: "n", text: "new" }]);

/** The text of the one card, as the journal's last word on it. */
async function lastText(engine: Engine): Promise<unknown> {
  const events = await allEvents(engine);
  const update = events.filter((event) => event.type === "node_updated").at(-1);
  return (update?.data as { changes: { text: readonly [unknown, unknown] } } | undefined)?.changes.text[1];
}

describe("an older version that comes back", () => {
  it.each([
    ["with a later time", 9],
    ["with its old time", 1],
  ])("after a crash that came between journal and checkpoint, %s", async (_, second) => {
    const world = new EngineWorld();
    world.vault.canvas("a.canvas", older, world.at(1));
    const first = await world.open();
    await first.scan();
    const watching = await world.reopen();
    world.vault.canvas("a.canvas", newer, world.at(5));
    await watching.scan();
    expect(await lastText(watching)).toBe("new");

    world.vault.canvas("a.canvas", older, world.at(second));
    const after = await world.open();
    expect(await after.scan()).toMatchObject({ events: { node_updated: 1 } });
    expect(await lastText(after)).toBe("old");
    expect((await after.scan()).journaled).toBe(0);
  });

  it("after a version of which not everything could be taken in", async () => {
    const world = new EngineWorld();
    world.vault.canvas("a.canvas", older, world.at(1));
    const engine = await world.open();
    await engine.scan();
    world.vault.canvas("a.canvas", newer.replace('"nodes":[', '"nodes":[{"id":7},'), world.at(5));
    expect(await engine.scan()).toMatchObject({ journaled: 1, problems: [{ path: "a.canvas" }] });
    world.vault.canvas("a.canvas", older, world.at(1));
    expect(await engine.scan()).toMatchObject({ journaled: 1, problems: [] });
    expect(await lastText(engine)).toBe("old");
  });

  it("after another device has journaled the newer one", async () => {
    const world = new EngineWorld();
    world.vault.canvas("a.canvas", older, world.at(1));
    const here = await world.open();
    await here.scan();
    await here.stop();
    const there = await world.open(OTHER);
    await there.scan();
    world.vault.canvas("a.canvas", newer, world.at(5));
    await there.scan();
    await there.stop();
    world.vault.canvas("a.canvas", older, world.at(1));
    const again = await world.open(DEVICE);
    expect(await again.scan()).toMatchObject({ events: { node_updated: 1 } });
    expect(await lastText(again)).toBe("old");
  });

  it.each([OTHER, DEVICE])("of a note's properties, after %s journaled others and died", async (device) => {
    const world = new EngineWorld();
    world.vault.note("n.md", { score: 50 }, world.at(1));
    const first = await world.open();
    await first.scan();
    await first.stop();
    const second = await world.open(device);
    world.vault.note("n.md", { score: 60 }, world.at(5));
    await second.scan();
    world.vault.note("n.md", { score: 50 }, world.at(1));
    const third = await world.open();
    expect(await third.scan()).toMatchObject({ events: { score_submitted: 1 } });
    expect((await allEvents(third)).at(-1)?.data).toMatchObject({ score: 50, previous: 60 });
  });

  it("of a note's properties, after some that could not all be taken in", async () => {
    const world = new EngineWorld();
    world.vault.note("n.md", { score: 50 }, world.at(1));
    const engine = await world.open();
    await engine.scan();
    world.vault.note("n.md", { score: 60, mastery: "expert" }, world.at(5));
    expect(await engine.scan()).toMatchObject({ events: { score_submitted: 1 }, problems: [{ path: "n.md" }] });
    world.vault.note("n.md", { score: 50 }, world.at(1));
    expect(await engine.scan()).toMatchObject({ events: { score_submitted: 1 }, problems: [] });
  });
});

describe("the first look of a second device", () => {
  it("takes what differs from the journal for a change, and only what is new to it for indexed", async () => {
    const world = new EngineWorld();
    world.vault.canvas("a.canvas", older, world.at(1));
    world.vault.canvas("gone.canvas", canvas([{ id: "g" }]), world.at(1));
    world.vault.note("n.md", { score: 50 }, world.at(1));
    const here = await world.open();
    await here.scan();
    await here.stop();
    world.vault.canvas("a.canvas", newer, world.at(5));
    world.vault.remove("gone.canvas");
    world.vault.note("n.md", { score: 60 }, world.at(5));
    world.vault.canvas("b.canvas", canvas([]), world.at(5));
    const there = await world.open(OTHER);
    await there.scan();
    const own = (await allEvents(there)).filter((event) => event.device === OTHER);
    expect(Object.fromEntries(own.map(({ type, origin }) => [type, origin]))).toEqual({
      canvas_deleted: "catch-up",
      node_updated: "catch-up",
      score_submitted: "catch-up",
      canvas_created: "index",
    });
  });
});
