import { describe, expect, it } from "vitest";
import { createSignal } from "../../../../src/engine/index";
import { drainKind } from "../../../../src/engine/flow/tasks/drainKind";
import type { JsonValue } from "../../../../src/engine/kernel/json";
import { away, MemoryGraphStore } from "../../../fakes/memoryGraphStore";
import { canvas, EngineWorld, settings, VAULT } from "../engineWorld";
import { firstRun } from "./itemContext";

async function setUp(store: MemoryGraphStore | null, world = new EngineWorld()): Promise<{ world: EngineWorld; drain: (item?: JsonValue, signal?: typeof firstRun.signal) => Promise<JsonValue> }> {
  world.vault.canvas("a.canvas", canvas([{ id: "n" }, { id: "m" }]), world.at(1));
  const engine = await world.open();
  await engine.scan();
  await engine.useStore(store);
  const kind = drainKind({ clock: world.clock, drain: (ms) => engine.drain(ms), store: () => engine.status().stores.neo4j ?? null });
  return { world, drain: (item = {}, signal = firstRun.signal) => kind.run(item, { ...firstRun, signal }) };
}

describe("the kind drain", () => {
  it("sends what is pending and says how much", async () => {
    const world = new EngineWorld();
    const store = new MemoryGraphStore({ vault: VAULT, clock: world.clock });
    const { drain } = await setUp(store, world);
    const result = drain();
    await world.clock.advance(2_000);
    expect(await result).toEqual({ pending: 0, sent: 3 });
    expect(store.database.snapshot(VAULT).events).toHaveLength(3);
  });

  it("is done without a store, and says that there is none", async () => {
    const { drain } = await setUp(null);
    expect(await drain()).toMatchObject({ pending: 0, sent: 0, note: expect.stringContaining("No store is connected") as unknown });
  });

  it("fails as unavailable while the store is away, after its time and not later", async () => {
    const world = new EngineWorld();
    const store = new MemoryGraphStore({ vault: VAULT, clock: world.clock });
    store.down = away;
    const { drain } = await setUp(store, world);
    const result = drain({ seconds: 5 }).catch((error: unknown) => error);
    await world.clock.advance(5_000);
    expect(await result).toMatchObject({
      failureClass: "unavailable",
      code: "unavailable",
      message: "The store is away. 3 events are still pending and safe in the journal.",
    });
  });

  it("fails at once where only a person can help", async () => {
    const world = new EngineWorld();
    const store = new MemoryGraphStore({ vault: VAULT, clock: world.clock });
    store.down = { kind: "failed", class: "auth", code: "Unauthorized", message: "User or password is wrong." };
    const { drain } = await setUp(store, world);
    await world.clock.advance(1_000);
    expect(await drain().catch((error: unknown) => error)).toMatchObject({ failureClass: "auth", code: "auth" });
  });

  it("says that sending is paused", async () => {
    const world = new EngineWorld();
    const { drain } = await setUp(new MemoryGraphStore({ vault: VAULT, clock: world.clock }), world);
    world.engine?.pause();
    expect(await drain().catch((error: unknown) => error)).toMatchObject({ failureClass: "config", code: "paused" });
  });

  it("is done with what a slow store took in its time", async () => {
    const world = new EngineWorld();
    const store = new MemoryGraphStore({ vault: VAULT, clock: world.clock });
    const { drain } = await setUp(store, world);
    await world.clock.advance(2_000);
    store.latencyMs = 700;
    world.engine?.updateSettings({ ...settings, concurrency: 1, batchSize: 1, lingerMs: 0, adaptive: false });
    for (const score of [1, 2, 3]) await world.engine?.record({ type: "score_submitted", note: "n.md", score });
    const result = drain({ seconds: 1 });
    await world.clock.advance(1_000);
    expect(await result).toEqual({ pending: 2, sent: 1 });
  });

  it("ends soon when it is cancelled", async () => {
    const world = new EngineWorld();
    const store = new MemoryGraphStore({ vault: VAULT, clock: world.clock });
    store.down = away;
    const { drain } = await setUp(store, world);
    const cancel = createSignal();
    let isOver = false;
    const over = drain({ seconds: 60 }, cancel.signal).catch(() => undefined).finally(() => (isOver = true));
    await world.clock.advance(1_000);
    expect(isOver).toBe(false);
    cancel.abort();
    await world.clock.advance(500);
    await over;
    expect(isOver).toBe(true);
  });

  it.each([{ seconds: 0 }, { seconds: 1.5 }, { seconds: "5" }, { second: 5 }, [], null])("refuses %j", async (item) => {
    const kind = drainKind({ clock: new EngineWorld().clock, drain: async () => true, store: () => null });
    expect(kind.check(item)).toBe('An item of the kind drain is {} or {"seconds": 1 to 86400}.');
  });
});
