import { describe, expect, it } from "vitest";
import { MemoryGraphStore } from "../../fakes/memoryGraphStore";
import { canvas, EngineWorld, typesOf, VAULT } from "./engineWorld";

/** A world whose files are read only when the test lets them be. */
function heldBack(world: EngineWorld): () => void {
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  const read = world.vault.readCanvas.bind(world.vault);
  world.vault.readCanvas = async (path) => {
    await gate;
    return read(path);
  };
  return release;
}

function fill(world: EngineWorld, count: number): void {
  for (let index = 0; index < count; index += 1) world.vault.canvas(`c${index}.canvas`, canvas([{ id: "n" }]), world.at(index));
}

async function score(world: EngineWorld): Promise<string | undefined> {
  return (await world.engine?.record({ type: "score_submitted", note: "n.md", score: 5 }))?.status;
}

describe("a stopped engine", () => {
  it("keeps nothing of a scan whose reads come back after the stop", async () => {
    const world = new EngineWorld();
    fill(world, 12);
    const engine = await world.open();
    const release = heldBack(world);
    const scan = engine.scan();
    await world.clock.flush();
    const stop = engine.stop(1_000);
    await world.clock.advance(1_000);
    await stop;
    const kept = world.folder.copy();
    expect(world.clock.pending).toBe(0);
    release();
    await world.clock.advance(20_000);
    expect(await scan).toMatchObject({ stopped: true, journaled: 0 });
    expect(engine.status()).toMatchObject({ events: 0, phase: { kind: "stopped" } });
    expect(world.folder.paths()).toEqual(kept.paths());
    expect(world.clock.pending).toBe(0);
  });

  it("waits for the looks of a scan that are under way, and begins no other", async () => {
    const world = new EngineWorld();
    fill(world, 12);
    const engine = await world.open();
    const release = heldBack(world);
    const scan = engine.scan();
    await world.clock.flush();
    const stop = engine.stop(1_000);
    await world.clock.advance(500);
    release();
    await world.clock.advance(400);
    await stop;
    expect(await scan).toMatchObject({ stopped: true, journaled: 8 });
    expect(world.folder.paths().some((path) => path.includes("/graph/"))).toBe(true);
    expect(world.clock.pending).toBe(0);
    const again = await world.open();
    expect(again.status()).toMatchObject({ events: 8, canvases: 4 });
    expect(await again.scan()).toMatchObject({ journaled: 16, stopped: false });
  });

  it("waits for a record that is on its way to the disk", async () => {
    const world = new EngineWorld();
    await world.open();
    world.folder.hold();
    const record = score(world);
    await world.clock.flush();
    const stop = world.engine?.stop(1_000);
    await world.clock.advance(500);
    world.folder.release();
    await world.clock.advance(400);
    await stop;
    expect(await record).toBe("accepted");
    expect((await world.open()).status().events).toBe(1);
  });

  it("refuses what is asked of it afterwards and says why", async () => {
    const world = new EngineWorld();
    fill(world, 1);
    const engine = await world.open();
    await engine.stop();
    const store = new MemoryGraphStore({ vault: VAULT, clock: world.clock });
    const asked = [engine.scan(), engine.recordBatch([]), score(world), engine.mutate("c0.canvas", []), engine.useStore(store)];
    for (const result of await Promise.allSettled(asked)) {
      expect(result).toMatchObject({ status: "rejected", reason: { name: "EngineStopped", message: "The engine is stopped." } });
    }
    const kept = world.folder.appended.length;
    await engine.flush();
    await world.clock.advance(60_000);
    expect(world.folder.appended).toHaveLength(kept);
    expect(store.connects).toBe(0);
    expect(engine.status()).toMatchObject({ events: 0, phase: { kind: "stopped" } });
    expect(world.clock.pending).toBe(0);
  });

  it("takes no notice of news that come late", async () => {
    const world = new EngineWorld();
    world.vault.canvas("x/a.canvas", canvas([{ id: "n" }]), world.at(1));
    const engine = await world.open();
    await engine.scan();
    await engine.stop();
    const reads = world.vault.reads;
    world.vault.canvas("x/a.canvas", canvas([{ id: "m" }]), world.at(9));
    world.vault.canvas("new.canvas", canvas([{ id: "m" }]), world.at(9));
    world.vault.note("n.md", { score: 5 }, world.at(9));
    await engine.canvasChanged("x/a.canvas");
    await engine.canvasChanged("new.canvas");
    await engine.noteChanged("n.md");
    await engine.canvasRenamed("x/a.canvas", "y.canvas");
    await engine.fileDeleted("x/a.canvas");
    await engine.settleArrivals();
    await engine.reconnect();
    engine.wake();
    await world.clock.advance(60_000);
    expect(engine.status().events).toBe(2);
    expect(world.vault.reads).toBe(reads);
    expect(world.clock.pending).toBe(0);
  });

  it("plans no other look at a file when one fails during the stop", async () => {
    const world = new EngineWorld();
    world.vault.canvas("a.canvas", canvas([{ id: "n" }]), world.at(1));
    const engine = await world.open();
    await engine.scan();
    const release = heldBack(world);
    world.vault.canvas("a.canvas", canvas([{ id: "n", color: "1" }]), world.at(2));
    const changed = engine.canvasChanged("a.canvas");
    world.folder.refusing = "full";
    const stop = engine.stop(1_000);
    await world.clock.advance(500);
    release();
    await world.clock.advance(400);
    await Promise.all([changed, stop]);
    world.folder.refusing = null;
    await world.clock.advance(60_000);
    expect(engine.status().events).toBe(2);
    expect(world.clock.pending).toBe(0);
  });

  it("has nothing planned either when the disk is too full to keep what the store has", async () => {
    const world = new EngineWorld();
    fill(world, 1);
    const engine = await world.open();
    await engine.useStore(new MemoryGraphStore({ vault: VAULT, clock: world.clock }));
    await engine.scan();
    await world.clock.advance(3_000);
    world.folder.refusing = "full";
    await engine.stop().catch(() => undefined);
    await world.clock.advance(60_000);
    expect(engine.status().phase).toEqual({ kind: "stopped" });
    expect(world.clock.pending).toBe(0);
  });
});

describe("the wish to stop scanning", () => {
  it("ends the scan under way and those that wait for it, and no later one", async () => {
    const world = new EngineWorld();
    fill(world, 20);
    const engine = await world.open();
    const release = heldBack(world);
    const scans = [engine.scan(), engine.scan()];
    await world.clock.flush();
    engine.stopScan();
    release();
    const [first, second] = await Promise.all(scans);
    expect(first).toMatchObject({ stopped: true, journaled: 8 });
    expect(second).toMatchObject({ stopped: true, journaled: 0 });
    expect(engine.status().phase).toEqual({ kind: "watching" });
    expect(await engine.scan()).toMatchObject({ stopped: false, journaled: 32 });
  });

  it("leaves moves and deletions that were not begun to the next scan", async () => {
    const world = new EngineWorld();
    fill(world, 4);
    const engine = await world.open();
    await engine.scan();
    world.vault.move("c0.canvas", "d0.canvas");
    world.vault.remove("c1.canvas");
    const list = world.vault.list.bind(world.vault);
    world.vault.list = async () => {
      engine.stopScan();
      return list();
    };
    expect(await engine.scan()).toMatchObject({ stopped: true, journaled: 0 });
    world.vault.list = list;
    expect(await engine.scan()).toMatchObject({ stopped: false, events: { canvas_renamed: 1, canvas_deleted: 1 } });
    expect(await typesOf(engine)).toHaveLength(10);
  });
});

describe("a scan that fails", () => {
  it("is over when it says so, and is told to have failed", async () => {
    const world = new EngineWorld();
    fill(world, 12);
    const engine = await world.open();
    const read = world.vault.readCanvas.bind(world.vault);
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    world.vault.readCanvas = async (path) => {
      if (path === "c0.canvas") await gate;
      return read(path);
    };
    world.folder.tearNext(0, "full");
    let over = false;
    const scan = engine.scan().finally(() => (over = true));
    const failed = expect(scan).rejects.toMatchObject({ fault: "full" });
    await world.clock.advance(100);
    expect(over).toBe(false);
    release();
    await world.clock.advance(100);
    await failed;
    const { events } = engine.status();
    expect(engine.status().phase).toEqual({ kind: "watching" });
    await world.clock.advance(10_000);
    expect(engine.status()).toMatchObject({ events, phase: { kind: "watching" } });
    expect(events).toBeLessThan(24);
    expect((await engine.scan()).journaled).toBe(24 - events);
  });
});
