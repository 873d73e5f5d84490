import { describe, expect, it } from "vitest";
import { StorageError, type Engine } from "../../../src/engine/index";
import { encodeLine } from "../../../src/engine/journal/line";
import { testHasher } from "../../fakes/testHasher";
import { placed } from "../journal/journalSetting";
import { allEvents, canvas, EngineWorld, TIMERS_AT_REST, typesOf, VAULT } from "./engineWorld";

const OTHER = "deviceb000000001";
const score = { type: "score_submitted", canvas: "a.canvas", node: "n1", score: 80 };
const failing = { kind: "failing", fault: "full" };

async function openWorld(): Promise<{ world: EngineWorld; engine: Engine }> {
  const world = new EngineWorld();
  world.vault.canvas("a.canvas", canvas([{ id: "n1" }]), world.at(1));
  const engine = await world.open();
  await engine.scan();
  return { world, engine };
}

/** Refuses one kind of access to the graph's files until the answer is called. */
function refuse({ folder }: EngineWorld, access: "read" | "write"): () => void {
  const before = { read: folder.read.bind(folder), write: folder.write.bind(folder) };
  const check = (path: string): void => {
    if (path.includes("/graph/")) throw new StorageError("full", `${path} could not be kept: full.`);
  };
  if (access === "read") folder.read = async (path) => (check(path), before.read(path));
  else folder.write = async (path, text) => (check(path), before.write(path, text));
  return () => Object.assign(folder, before);
}

/** The journal of another device gets one more event: a node of the canvas that is known here. */
async function otherDeviceWrites(world: EngineWorld, engine: Engine, number: number): Promise<void> {
  const [known] = await allEvents(engine);
  const event = { ...placed(number, number, OTHER), vault: VAULT, canvas: known?.canvas ?? null };
  const path = `devices/${OTHER}/journal/000001.ndjson`;
  world.folder.put(path, world.folder.textOf(path) + encodeLine(event, testHasher));
}

describe("the state of the journal", () => {
  it("is what whoever records is told, whatever else goes well meanwhile", async () => {
    const { engine, world } = await openWorld();
    world.folder.refusing = "full";
    await expect(engine.record(score)).rejects.toMatchObject({ fault: "full" });
    expect(engine.status().journal).toMatchObject(failing);
    await otherDeviceWrites(world, engine, 1);
    expect(await engine.readOtherDevices()).toBe(1);
    expect(engine.status().journal).toMatchObject(failing);
    await world.clock.advance(60_000);
    expect(engine.status().journal).toMatchObject(failing);
  });

  it("is well again by itself when there is room, with nothing recorded and no timer of its own left", async () => {
    const { engine, world } = await openWorld();
    await engine.flush();
    const before = engine.status().events;
    world.folder.refusing = "full";
    await expect(engine.record(score)).rejects.toMatchObject({ fault: "full" });
    expect(engine.status().journal).toMatchObject(failing);
    let told = 0;
    engine.onStatus((status) => (told += status.journal.kind === "ok" ? 1 : 0));
    await world.clock.advance(600_000);
    world.folder.refusing = null;
    await world.clock.advance(30_000);
    expect(engine.status()).toMatchObject({ journal: { kind: "ok" }, events: before });
    expect(told).toBe(1);
    expect(world.clock.pending).toBe(TIMERS_AT_REST);
  });

  it("that is well again brings what it kept out of the journal at once", async () => {
    const { engine, world } = await openWorld();
    world.folder.refusing = "full";
    world.vault.canvas("a.canvas", canvas([{ id: "n1", color: "6" }]), world.at(2));
    await engine.canvasChanged("a.canvas");
    await world.clock.advance(600_000);
    world.folder.refusing = null;
    await engine.record(score);
    await world.clock.flush();
    expect(await typesOf(engine)).toContain("color_changed");
  });

  it("does not outlive the engine", async () => {
    const { engine, world } = await openWorld();
    world.folder.refusing = "full";
    await expect(engine.record(score)).rejects.toThrow();
    const stopped = engine.stop(0);
    await world.clock.advance(5_000);
    await stopped;
    expect(world.clock.pending).toBe(0);
  });
});

describe("trouble of the local graph", () => {
  it("with its checkpoint is shown as such, and ends when one is written", async () => {
    const { engine, world } = await openWorld();
    const heal = refuse(world, "write");
    await world.clock.advance(5_000);
    expect(engine.status().journal).toEqual({ kind: "ok" });
    expect(engine.status().stores.local).toMatchObject({ state: "unavailable", pending: 0 });
    expect(engine.status().stores.local.message).toMatch(/^The local graph is not saved.*: devices\/.*full\.$/);
    heal();
    await world.clock.advance(30_000);
    expect(engine.status().stores.local).toMatchObject({ state: "ok", message: null });
    expect(world.folder.paths().some((path) => path.includes("/graph/index"))).toBe(true);
    expect(world.clock.pending).toBe(TIMERS_AT_REST);
  });

  it("with events that it cannot take in is shown as such, and ends when it has them", async () => {
    const { world } = await openWorld();
    const engine = await world.reopen();
    await otherDeviceWrites(world, engine, 1);
    const heal = refuse(world, "read");
    await engine.readOtherDevices();
    expect(engine.status().journal).toEqual({ kind: "ok" });
    expect(engine.status().stores.local).toMatchObject({ state: "unavailable", pending: 1 });
    expect(engine.status().stores.local.message).toMatch(/^The local graph is behind the journal: /);
    heal();
    await world.clock.advance(1_000);
    expect(engine.status().stores.local).toMatchObject({ state: "ok", pending: 0, message: null });
  });

  it("that keeps a file from being looked at is a problem of that file, until it is", async () => {
    const { world } = await openWorld();
    const engine = await world.reopen();
    const heal = refuse(world, "read");
    world.vault.canvas("a.canvas", canvas([{ id: "n1", color: "6" }]), world.at(2));
    await engine.canvasChanged("a.canvas");
    expect(engine.status().journal).toEqual({ kind: "ok" });
    expect(engine.status().problems).toMatchObject([{ path: "a.canvas", line: null, reason: expect.stringContaining("not journaled yet") as string }]);
    heal();
    await world.clock.advance(30_000);
    expect(engine.status().problems).toEqual([]);
    expect(await typesOf(engine)).toContain("color_changed");
  });

  it("that ends a scan is shown until a scan is done", async () => {
    const { world } = await openWorld();
    const engine = await world.reopen();
    const heal = refuse(world, "read");
    world.vault.canvas("a.canvas", canvas([{ id: "n1", color: "6" }]), world.at(2));
    await expect(engine.scan()).rejects.toMatchObject({ name: "StorageError" });
    expect(engine.status().journal).toEqual({ kind: "ok" });
    expect(engine.status().stores.local.message).toMatch(/not read to its end/);
    heal();
    await engine.scan();
    expect(engine.status().stores.local).toMatchObject({ state: "ok", message: null });
  });
});
