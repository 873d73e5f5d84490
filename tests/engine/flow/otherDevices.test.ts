import { describe, expect, it } from "vitest";
import { StorageError } from "../../../src/engine/index";
import { MemoryDatabase } from "../../fakes/memoryDatabase";
import { MemoryDataFolder } from "../../fakes/memoryDataFolder";
import { MemoryGraphStore } from "../../fakes/memoryGraphStore";
import { allEvents, canvas, EngineWorld, VAULT } from "./engineWorld";

const OTHER = "device0000000002";
const segment = (number: number): string => `devices/${OTHER}/journal/00000${number}.ndjson`;

/** Journal lines of another device that has indexed a canvas with one card. */
async function linesOfAnotherDevice(): Promise<readonly string[]> {
  const there = new EngineWorld();
  there.vault.canvas("Shared.canvas", canvas([{ id: "n", text: "hello" }]), there.at(1));
  const engine = await there.open(OTHER);
  await engine.scan();
  await engine.stop();
  return there.folder.textOf(segment(1)).split("\n").filter((line) => line !== "");
}

/** A folder whose stream of one file waits until it is let go. */
class SlowFolder extends MemoryDataFolder {
  slow: { readonly path: string; readonly until: Promise<void> } | null = null;

  override async *stream(path: string, from?: number): AsyncIterable<string> {
    if (this.slow?.path === path) await this.slow.until;
    yield* super.stream(path, from);
  }
}

describe("events of other devices", () => {
  it("are folded in any order of their segments, also over a restart", async () => {
    const world = new EngineWorld();
    const lines = await linesOfAnotherDevice();
    const [early, late] = [lines.slice(0, 1), lines.slice(1)];
    world.folder.put(segment(2), `${late.join("\n")}\n`);
    await world.open();
    await world.reopen();
    world.folder.put(segment(1), `${early.join("\n")}\n`);
    const engine = await world.reopen();
    expect(engine.status().stores.local).toMatchObject({ state: "ok", sent: lines.length, pending: 0 });
    expect((await engine.rebuild({ dryRun: true, resend: false })).differences).toEqual([]);
  });

  it.each([310, 350, 410, 450, 500, 600, 1_000])("are sent with whole rows, read slowly until %i ms later", async (ms) => {
    const lines = await linesOfAnotherDevice();
    const world = new EngineWorld();
    const folder = new SlowFolder();
    world.folder = folder;
    world.vault.canvas("Mine.canvas", canvas([{ id: "m" }]), world.at(1));
    const engine = await world.open();
    await engine.scan();
    const database = new MemoryDatabase();
    const store = new MemoryGraphStore({ vault: VAULT, database, clock: world.clock });
    store.latencyMs = 300;

    let letGo = (): void => undefined;
    folder.slow = { path: segment(2), until: new Promise((resolve) => (letGo = resolve)) };
    folder.put(segment(1), `${lines.join("\n")}\n`);
    folder.put(segment(2), "\n");
    const reading = engine.readOtherDevices();
    // The first segment is read by now; the store comes and finds its events pending.
    await world.clock.advance(10);
    await engine.useStore(store);
    await world.clock.advance(ms);
    letGo();
    expect(await reading).toBe(lines.length);
    await world.clock.advance(60_000);
    expect(engine.status().stores.neo4j).toMatchObject({ state: "ok", pending: 0 });
    const shared = database.snapshot(VAULT).nodes.find((row) => row.id === "n");
    expect(shared).toMatchObject({ text: "hello", deleted: false });
  });
});

describe("the folders of other devices", () => {
  it("are looked at every minute, also at rest, and no more after the end", async () => {
    const world = new EngineWorld();
    const lines = await linesOfAnotherDevice();
    const engine = await world.open();
    await engine.scan();
    await world.clock.advance(59_000);
    world.folder.put(segment(1), `${lines.join("\n")}\n`);
    await world.clock.advance(1_000);
    expect(engine.status()).toMatchObject({ events: lines.length, canvases: 1 });

    let lists = 0;
    const list = world.folder.list.bind(world.folder);
    world.folder.list = (path) => {
      lists += 1;
      return list(path);
    };
    await world.clock.advance(60_000);
    expect(lists).toBeGreaterThan(0);
    await engine.stop();
    lists = 0;
    await world.clock.advance(600_000);
    expect([lists, world.clock.pending]).toEqual([0, 0]);
  });

  it("are looked at again after one look that failed", async () => {
    const world = new EngineWorld();
    const lines = await linesOfAnotherDevice();
    const engine = await world.open();
    world.folder.put(segment(1), `${lines.join("\n")}\n`);
    world.folder.unreadable = "other";
    await world.clock.advance(60_000);
    expect(engine.status().events).toBe(0);
    world.folder.unreadable = null;
    await world.clock.advance(60_000);
    expect(engine.status().events).toBe(lines.length);
  });
});

describe("a rebuild that the disk breaks off", () => {
  it("leaves no graph that is taken for whole, now or after a restart", async () => {
    const world = new EngineWorld();
    const folder = new SlowFolder();
    world.folder = folder;
    for (const name of ["a", "b", "c"]) world.vault.canvas(`${name}.canvas`, canvas([{ id: "n1" }, { id: "n2" }]), world.at(1));
    const engine = await world.open();
    await engine.scan();
    const before = await allEvents(engine);

    // The comparison reads the journal once; the second read is that of the rebuild itself.
    const stream = folder.stream.bind(folder);
    let reads = 0;
    folder.stream = (path) => {
      reads += path.includes("/journal/") ? 1 : 0;
      if (reads !== 2) return stream(path);
      folder.unreadable = "other";
      return stream(path);
    };
    await expect(engine.rebuild({ dryRun: false, resend: false })).rejects.toThrow(StorageError);
    expect(engine.status().stores.local).toMatchObject({ state: "pending", pending: before.length });
    folder.unreadable = null;
    folder.stream = stream;
    await world.clock.advance(2_000);
    expect(engine.status().stores.local).toMatchObject({ state: "ok", pending: 0 });
    await engine.scan();
    const reopened = await world.reopen();
    await reopened.scan();
    expect(await allEvents(reopened)).toEqual(before);
    expect(reopened.status().canvases).toBe(3);
  });
});
