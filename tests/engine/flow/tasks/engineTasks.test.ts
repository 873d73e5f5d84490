import { describe, expect, it } from "vitest";
import { viewEngine, silentLogger, type Engine, type TaskItemResult, type TaskView } from "../../../../src/engine/index";
import { away, MemoryGraphStore } from "../../../fakes/memoryGraphStore";
import { testHasher } from "../../../fakes/testHasher";
import { allEvents, canvas, DEVICE, EngineWorld, TIMERS_AT_REST, typesOf, VAULT } from "../engineWorld";

function fill(world: EngineWorld, count: number, folder = ""): void {
  for (let index = 0; index < count; index += 1) world.vault.canvas(`${folder}c${index}.canvas`, canvas([{ id: "n" }]), world.at(index));
}

async function resultsOf(engine: Engine, id: string): Promise<readonly TaskItemResult[]> {
  const lines: TaskItemResult[] = [];
  for await (const line of engine.tasks.results(id)) lines.push(line);
  return lines;
}

function only(engine: Engine): TaskView {
  const [task, ...others] = engine.tasks.list();
  if (task === undefined || others.length > 0) throw new Error(`expected one task, found ${others.length + 1}`);
  return task;
}

describe("an index task", () => {
  it("has one item a canvas, brings each into the graph, and says of a damaged one where and why", async () => {
    const world = new EngineWorld();
    fill(world, 3);
    world.vault.canvas("torn.canvas", '{"nodes": [,', world.at(9));
    const engine = await world.open();
    const id = await engine.createBatch([{ all: true }], { kind: "index", title: "All" });
    await world.clock.advance(1_000);
    expect(engine.tasks.status(id)).toMatchObject({ status: "failed", counts: { total: 4, done: 3, failed: 1 }, progress: 1 });
    expect(engine.tasks.status(id)?.lastError).toMatch(/^torn\.canvas, line 1, column \d+: /);
    const values = (await resultsOf(engine, id)).flatMap((line) => (line.status === "done" ? [line.value] : []));
    expect(values).toEqual([0, 1, 2].map((index) => ({ canvas: `c${index}.canvas`, events: 2 })));
    expect(engine.status()).toMatchObject({ canvases: 3, events: 6 });
    expect((await allEvents(engine)).map((event) => event.origin)).toEqual(Array.from({ length: 6 }, () => "index"));
    expect(engine.status().tasks).toEqual(engine.tasks.list());
  });

  it("finds nothing new in a canvas that is known, and what changed in one that was changed unseen", async () => {
    const world = new EngineWorld();
    fill(world, 2, "Courses/");
    fill(world, 1);
    const engine = await world.open();
    await engine.scan();
    world.vault.canvas("Courses/c1.canvas", canvas([{ id: "n", color: "4" }]), world.at(60));
    const id = await engine.createBatch([{ folder: "Courses" }], { kind: "index", title: "Courses" });
    await world.clock.advance(1_000);
    expect((await resultsOf(engine, id)).map((line) => (line.status === "done" ? line.value : null))).toEqual([
      { canvas: "Courses/c0.canvas", events: 0 },
      { canvas: "Courses/c1.canvas", events: 1 },
    ]);
    expect((await allEvents(engine)).at(-1)).toMatchObject({ type: "color_changed", origin: "catch-up" });
  });

  it("leaves a canvas that moved a moment ago its identity", async () => {
    const world = new EngineWorld();
    fill(world, 1);
    const engine = await world.open();
    await engine.scan();
    world.vault.move("c0.canvas", "moved.canvas");
    await engine.fileDeleted("c0.canvas");
    await engine.createBatch([{ all: true }], { kind: "index", title: "All" });
    await world.clock.advance(10_000);
    expect(await typesOf(engine)).toEqual(["canvas_created", "node_created", "canvas_renamed"]);
    expect(world.clock.pending).toBe(TIMERS_AT_REST);
  });

  it("waits while the disk is full, and goes on when there is room", async () => {
    const world = new EngineWorld();
    fill(world, 2);
    const engine = await world.open();
    const id = await engine.createBatch([{ all: true }], { kind: "index", title: "All" });
    world.folder.refusing = "full";
    await world.clock.advance(5_000);
    expect(engine.tasks.status(id)?.endedAt).toBeNull();
    world.folder.refusing = null;
    await world.clock.advance(120_000);
    expect(engine.tasks.status(id)).toMatchObject({ status: "done", counts: { done: 2 } });
    expect(await typesOf(engine)).toEqual(["canvas_created", "node_created", "canvas_created", "node_created"]);
  });

  it("reads nothing of a vault that the user does not want to be captured", async () => {
    const world = new EngineWorld();
    fill(world, 1);
    let granted = false;
    world.mayCapture = () => granted;
    const engine = await world.open();
    const id = await engine.createBatch([{ all: true }], { kind: "index", title: "All" });
    await world.clock.advance(5_000);
    expect(world.vault.reads).toBe(0);
    granted = true;
    await world.clock.advance(120_000);
    expect(engine.tasks.status(id)?.status).toBe("done");
  });

  it.each([
    [[{ folder: "Nothing" }], "index", 'There is no canvas in the folder "Nothing".'],
    [[{ canvas: "../a.canvas" }], "index", "leads out of the vault"],
    [[{}], "walk", 'There is no kind of task "walk".'],
  ])("is refused for %j of the kind %s, with the reason", async (items, kind, reason) => {
    const engine = await new EngineWorld().open();
    await expect(engine.createBatch(items, { kind, title: "No" })).rejects.toThrow(reason);
    expect(engine.tasks.list()).toEqual([]);
  });
});

describe("tasks over the end of a process", () => {
  /** A world with a task of this many canvases, of which some are done. */
  async function halfway(count: number): Promise<{ world: EngineWorld; engine: Engine; release: () => void }> {
    const world = new EngineWorld();
    fill(world, count);
    const engine = await world.open();
    const read = world.vault.readCanvas.bind(world.vault);
    let left = count / 2;
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    world.vault.readCanvas = async (path) => {
      left -= 1;
      if (left < 0) await gate;
      return read(path);
    };
    await engine.createBatch([{ all: true }], { kind: "index", title: "All" });
    await world.clock.advance(1_000);
    expect(only(engine)).toMatchObject({ status: "running", counts: { done: count / 2 } });
    world.vault.readCanvas = read;
    return { world, engine, release };
  }

  it("go on after a crash, with nothing lost and nothing twice", async () => {
    const { world } = await halfway(40);
    world.folder = world.folder.copy();
    const engine = await world.open();
    await world.clock.advance(5_000);
    expect(only(engine)).toMatchObject({ status: "done", counts: { total: 40, done: 40 } });
    const created = (await allEvents(engine)).filter((event) => event.type === "canvas_created").map((event) => event.canvas?.path);
    expect([created.length, new Set(created).size]).toEqual([40, 40]);
  });

  it("go on after a stop, which does not wait for them for long", async () => {
    const { engine: first, release, world } = await halfway(40);
    const stop = first.stop(1_000);
    await world.clock.advance(500);
    release();
    await world.clock.advance(500);
    await stop;
    expect(world.clock.pending).toBe(0);
    const engine = await world.open();
    await world.clock.advance(5_000);
    expect(only(engine)).toMatchObject({ status: "done", counts: { total: 40, done: 40, failed: 0 } });
    expect(engine.status().events).toBe(80);
  });

  it("are refused afterwards", async () => {
    const world = new EngineWorld();
    fill(world, 1);
    const engine = await world.open();
    await engine.stop();
    await expect(engine.createBatch([{ all: true }], { kind: "index", title: "All" })).rejects.toThrow("stopped");
    await expect(engine.createBatch([{ all: true }], { kind: "index", title: "All", schedule: "@daily" })).rejects.toThrow();
  });

  it("can be looked at by another process", async () => {
    const { world } = await halfway(10);
    const { clock, folder, vault: vaultFiles } = world;
    const before = folder.paths();
    const view = await viewEngine({ clock, hasher: testHasher, logger: silentLogger, folder, vaultFiles, vault: VAULT, device: DEVICE, storeAddress: null });
    expect(view.status().tasks).toMatchObject([{ title: "All", kind: "index", endedAt: null, counts: { total: 10, done: 5 } }]);
    expect(folder.paths()).toEqual(before);
  });
});

describe("a drain task", () => {
  it("waits for a store that is away, and is done soon after it is back", async () => {
    const world = new EngineWorld();
    fill(world, 2);
    const engine = await world.open();
    await engine.scan();
    const store = new MemoryGraphStore({ vault: VAULT, clock: world.clock });
    store.down = away;
    await engine.useStore(store);
    const id = await engine.createBatch([{ seconds: 5 }], { kind: "drain", title: "Send" });
    await world.clock.advance(60_000);
    expect(engine.tasks.status(id)?.endedAt).toBeNull();
    store.down = null;
    await engine.reconnect();
    await world.clock.advance(90_000);
    expect(engine.tasks.status(id)?.status).toBe("done");
    expect(engine.status().stores.neo4j?.pending).toBe(0);
  });
});

describe("a drain task that a person holds up", () => {
  it("says why while sending is paused, and goes on by itself afterwards", async () => {
    const world = new EngineWorld();
    fill(world, 2);
    const engine = await world.open();
    await engine.useStore(new MemoryGraphStore({ vault: VAULT, clock: world.clock }));
    engine.pause();
    await engine.scan();
    const id = await engine.createBatch([{ seconds: 5 }], { kind: "drain", title: "Send" });
    await world.clock.advance(30_000);
    expect(engine.tasks.status(id)).toMatchObject({ status: "running", waitsFor: "Sending is paused. 4 events are still pending and safe in the journal." });
    engine.resume();
    await world.clock.advance(30_000);
    expect(engine.tasks.status(id)).toMatchObject({ status: "done", waitsFor: null });
  });

  it("says why while the password is wrong", async () => {
    const world = new EngineWorld();
    fill(world, 1);
    const engine = await world.open();
    const store = new MemoryGraphStore({ vault: VAULT, clock: world.clock });
    store.down = { kind: "failed", class: "auth", code: "Unauthorized", message: "User or password is wrong." };
    await engine.useStore(store);
    await engine.scan();
    const id = await engine.createBatch([{ seconds: 5 }], { kind: "drain", title: "Send" });
    await world.clock.advance(30_000);
    expect(engine.tasks.status(id)?.waitsFor).toContain("User or password is wrong.");
    expect(engine.status().tasks[0]?.waitsFor).toContain("User or password is wrong.");
  });
});

describe("an engine that is woken", () => {
  it("looks at its schedules at once, and touches no store", async () => {
    const world = new EngineWorld();
    fill(world, 1);
    const engine = await world.open();
    const store = new MemoryGraphStore({ vault: VAULT, clock: world.clock });
    store.down = away;
    await engine.useStore(store);
    await world.clock.advance(60_000);
    await engine.createBatch([{ all: true }], { kind: "index", title: "Hourly", schedule: "@hourly" });
    const { connects } = store;
    world.clock.setWall(world.clock.now() + 3 * 3_600_000);
    engine.wake();
    await world.clock.flush();
    expect(engine.tasks.list()).toMatchObject([{ title: "Hourly" }]);
    expect(store.connects).toBe(connects);
  });
});

describe("a schedule", () => {
  it("is neither made nor changed after the engine stopped, and is there again after the next start", async () => {
    const world = new EngineWorld();
    fill(world, 1);
    const engine = await world.open();
    const id = await engine.createBatch([{ all: true }], { kind: "index", title: "Daily", schedule: "@daily" });
    const { schedules } = engine;
    await engine.stop();
    const before = world.folder.paths().map((path) => [path, world.folder.textOf(path)]);
    const draft = { cron: "@daily", missed: "skip", task: { kind: "index", title: "No", priority: "LOW", items: [{ all: true }] } } as const;
    for (const refused of [schedules.add(draft), schedules.pause(id), schedules.resume(id), schedules.remove(id)]) await expect(refused).rejects.toThrow("The schedules are stopped");
    expect(world.folder.paths().map((path) => [path, world.folder.textOf(path)])).toEqual(before);
    const again = await world.open();
    expect(again.schedules.list()).toMatchObject([{ id, paused: false }]);
    expect(await again.schedules.pause(id)).toEqual({ kind: "changed" });
  });

  it("makes a task of the canvases that there are by then", async () => {
    const world = new EngineWorld();
    fill(world, 1);
    const engine = await world.open();
    const id = await engine.createBatch([{ all: true }], { kind: "index", title: "Hourly", schedule: "@hourly", priority: "low" });
    fill(world, 3);
    await world.clock.advance(61 * 60_000);
    expect(engine.tasks.list()).toMatchObject([{ title: "Hourly", schedule: id, priority: "LOW", status: "done", counts: { total: 3, done: 3 } }]);
    expect((await world.reopen()).schedules.list()).toMatchObject([{ id, cron: "@hourly" }]);
  });

  it("is refused for a task that cannot be made", async () => {
    const engine = await new EngineWorld().open();
    await expect(engine.createBatch([{ canvas: "note.md" }], { kind: "index", title: "No", schedule: "@daily" })).rejects.toThrow("does not end with .canvas");
    expect(engine.schedules.list()).toEqual([]);
  });
});

describe("a kind of another plugin", () => {
  it("runs its tasks, and those of an earlier run as soon as it is registered", async () => {
    const world = new EngineWorld();
    const kind = { name: "count", check: () => null, domainOf: () => "count", keyOf: () => null, costMs: () => 1, repeatable: true, run: async () => 7 };
    const first = await world.open();
    first.registerKind(kind);
    expect(() => first.registerKind(kind)).toThrow(RangeError);
    await first.createBatch([1, 2], { kind: "count", title: "Count" });
    const engine = await world.reopen();
    await world.clock.advance(1_000);
    expect(only(engine).endedAt).toBeNull();
    engine.registerKind(kind);
    await world.clock.advance(1_000);
    expect(only(engine)).toMatchObject({ status: "done", counts: { done: 2 } });
  });
});
