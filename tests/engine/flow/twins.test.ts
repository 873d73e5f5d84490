import { beforeEach, describe, expect, it } from "vitest";
import type { Engine } from "../../../src/engine/index";
import { MemoryDatabase } from "../../fakes/memoryDatabase";
import { MemoryGraphStore } from "../../fakes/memoryGraphStore";
import { allEvents, canvas, EngineWorld, VAULT, type Card } from "./engineWorld";

const PATH = "c.canvas";

/** A device with its own copy of the vault and of the plugin folder; the store is shared. */
class Side {
  readonly world = new EngineWorld();
  engine: Engine | null = null;

  constructor(
    private readonly device: string,
    private readonly database: MemoryDatabase,
  ) {}

  async open(): Promise<Engine> {
    this.engine = await this.world.open(this.device);
    await this.engine.useStore(new MemoryGraphStore({ vault: VAULT, database: this.database, clock: this.world.clock }));
    return this.engine;
  }

  /** As one run of the headless `sync`. */
  async sync(): Promise<number> {
    const engine = await this.open();
    const { journaled } = await engine.scan();
    await this.world.clock.advance(10_000);
    expect(engine.status().stores.neo4j).toMatchObject({ pending: 0 });
    expect((await engine.rebuild({ dryRun: true, resend: false })).differences).toEqual([]);
    await engine.stop();
    return journaled;
  }

  /** A sync tool brings this device's folder to another one. */
  bringTo(other: Side): void {
    const own = `devices/${this.device}/`;
    for (const path of this.world.folder.paths()) if (path.startsWith(own)) other.world.folder.put(path, this.world.folder.bytesOf(path));
  }

  save(cards: readonly Card[], second: number): void {
    this.world.vault.canvas(PATH, canvas(cards), this.world.at(second));
  }
}

let database: MemoryDatabase;
let a: Side;
let b: Side;

beforeEach(() => {
  database = new MemoryDatabase();
  a = new Side("device000000000a", database);
  b = new Side("device000000000b", database);
});

const exchange = (): void => {
  a.bringTo(b);
  b.bringTo(a);
};

const liveCanvases = (): readonly string[] => database.snapshot(VAULT).canvases.filter((row) => !row.deleted).map((row) => row.uid);

function liveTexts(): readonly unknown[] {
  const live = new Set(liveCanvases());
  return database.snapshot(VAULT).nodes.filter((row) => !row.deleted && live.has(row.canvas)).map((row) => row.text);
}

/** Both devices know the file; the second one met it before it met the first one's journal. */
async function twins(): Promise<void> {
  a.save([{ id: "n", text: "one" }], 1);
  await a.sync();
  a.save([{ id: "n", text: "two" }], 5);
  b.save([{ id: "n", text: "two" }], 5);
  await a.sync();
  await b.sync();
  expect(liveCanvases()).toHaveLength(2);
}

describe("a canvas file to which two devices gave an identity each", () => {
  it("has one again on both when they meet, however they go on", async () => {
    await twins();
    exchange();
    // Neither has heard of what the other one does about it.
    expect([await a.sync(), await b.sync()]).toEqual([1, 1]);
    exchange();
    expect([await a.sync(), await b.sync()]).toEqual([0, 0]);
    expect(liveTexts()).toEqual(["two"]);
    for (const side of [a, b]) expect(side.engine?.status().canvases).toBe(1);

    b.save([{ id: "n", text: "three" }], 9);
    a.save([{ id: "n", text: "three" }], 9);
    await b.sync();
    b.bringTo(a);
    expect(await a.sync()).toBe(0);
    expect(liveTexts()).toEqual(["three"]);

    for (const side of [a, b]) side.world.vault.move(PATH, "moved.canvas");
    await a.sync();
    exchange();
    await b.sync();
    expect(database.snapshot(VAULT).canvases.filter((row) => !row.deleted).map((row) => row.path)).toEqual(["moved.canvas"]);
    for (const side of [a, b]) side.world.vault.remove("moved.canvas");
    await a.sync();
    exchange();
    expect(await b.sync()).toBe(0);
    expect(liveCanvases()).toEqual([]);
  });

  it("keeps the one that was created first, and the history of both", async () => {
    await twins();
    const [first] = await allEvents(await a.open());
    await a.engine?.stop();
    exchange();
    await a.sync();
    await b.sync();
    exchange();
    const engine = await b.open();
    expect(liveCanvases()).toEqual([first?.canvas?.id]);
    const told = [];
    for await (const event of engine.events({ canvas: PATH })) told.push(event);
    expect(new Set(told.map((event) => event.canvas?.id)).size).toBe(2);
    expect(told).toHaveLength((await allEvents(engine)).length);
  });

  it("is compared with the one that stays, also where that one has nothing on it", async () => {
    a.save([], 1);
    await a.sync();
    b.save([{ id: "n", text: "two" }], 5);
    await b.sync();
    exchange();
    await a.sync();
    a.bringTo(b);
    expect(await b.sync()).toBe(1);
    b.bringTo(a);
    a.save([{ id: "n", text: "two" }], 5);
    expect(await a.sync()).toBe(0);
    expect(liveTexts()).toEqual(["two"]);
  });

  it("has one again without a scan while the vault is watched", async () => {
    await twins();
    const engine = await a.open();
    b.bringTo(a);
    await a.world.clock.advance(70_000);
    expect(liveTexts()).toEqual(["two"]);
    expect(engine.status().canvases).toBe(1);
  });

  it("is not looked at where the user keeps it out", async () => {
    await twins();
    exchange();
    a.world.vault.keptOut = PATH;
    expect(await a.sync()).toBe(0);
    expect(await b.sync()).toBe(1);
  });

  it.each([
    ["is moved", () => a.world.vault.move(PATH, "d.canvas"), 1],
    ["is gone", () => a.world.vault.remove(PATH), 0],
  ])("leaves none behind when it %s before they meet", async (_, change, left) => {
    await twins();
    change();
    b.bringTo(a);
    await a.sync();
    expect(liveCanvases()).toHaveLength(left);
  });
});
