import { expect, it } from "vitest";
import { MemoryGraphStore } from "../../../fakes/memoryGraphStore";
import { canvas, EngineWorld, VAULT } from "../engineWorld";

it("is what a store really gets of a card of the vault, at every level", async () => {
  const world = new EngineWorld();
  world.vault.canvas("Deep/Maths.canvas", canvas([{ id: "n1", text: "Limits\nsecret", color: "4" }]), world.at(1));
  const engine = await world.open();
  await engine.scan();
  for (const level of ["ids", "titles", "full"] as const) {
    const store = new MemoryGraphStore({ vault: VAULT, clock: world.clock, address: `memory:///${level}`, privacy: { level, since: 1 } });
    await engine.useStore(store);
    await world.clock.advance(1_000);
    const { madeUp, rows } = await engine.sentExample(level);
    expect(madeUp).toBe(false);
    const [sent] = store.database.snapshot(VAULT).nodes;
    expect({ ...rows.nodes[0], hlc: "" }).toEqual({ ...sent, hlc: "" });
    expect(rows.events.map(({ type, data }) => [type, data])).toEqual(
      store.database.snapshot(VAULT).events.filter(({ type }) => type === "node_created").map(({ type, data }) => [type, data]),
    );
  }
  await engine.stop();
});

it("is a made-up card where the vault has none, and is written nowhere", async () => {
  const world = new EngineWorld();
  const engine = await world.open();
  const { madeUp, rows } = await engine.sentExample("full");
  expect(madeUp).toBe(true);
  expect(rows.nodes[0]).toMatchObject({ concept: "Limits of sequences", level: "understood" });
  expect(JSON.stringify((await engine.sentExample("titles")).rows)).not.toContain("converges");
  expect(JSON.stringify((await engine.sentExample("ids")).rows)).not.toMatch(/Limits|Maths/);
  expect(engine.status()).toMatchObject({ events: 0, canvases: 0 });
  await engine.stop();
});
