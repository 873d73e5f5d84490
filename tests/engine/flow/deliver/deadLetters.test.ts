import { describe, expect, it } from "vitest";
import type { Engine, LearningEvent } from "../../../../src/engine/index";
import type { StoreBatch } from "../../../../src/engine/graph/rows";
import { emptyStoreStats } from "../../../../src/engine/stats/storeStats";
import { MemoryDatabase } from "../../../fakes/memoryDatabase";
import { MemoryGraphStore } from "../../../fakes/memoryGraphStore";
import { expectBalanced } from "../../stats/identity";
import { allEvents, canvas, EngineWorld, VAULT } from "../engineWorld";

interface Refusing {
  readonly world: EngineWorld;
  readonly database: MemoryDatabase;
  /** Ids that the store refuses. */
  readonly poison: Set<string>;
}

function store({ world, database, poison }: Refusing): MemoryGraphStore {
  const made = new MemoryGraphStore({ vault: VAULT, database, clock: world.clock });
  made.refuse = (batch: StoreBatch) =>
    batch.events.some((row) => poison.has(row.id)) ? { kind: "failed", class: "data", code: "Bad", message: "A row is refused." } : null;
  return made;
}

/** A vault of which a store has refused three scores and taken everything else. */
async function refusing(): Promise<Refusing & { engine: Engine; dead: readonly LearningEvent[] }> {
  const world = new EngineWorld();
  world.vault.canvas("a.canvas", canvas([{ id: "n1", text: "Cells" }, { id: "n2" }]), world.at(1));
  const engine = await world.open();
  await engine.scan();
  const made: Refusing = { world, database: new MemoryDatabase(), poison: new Set() };
  await world.clock.advance(5);
  const scores = [
    { type: "score_submitted", canvas: "a.canvas", node: "n1", score: 10 },
    { type: "score_submitted", note: "n.md", score: 20 },
    { type: "score_submitted", concept: "Photo Synthesis", score: 30 },
    { type: "score_submitted", concept: "Other", score: 40 },
  ];
  const { results } = await engine.recordBatch(scores, { origin: "api" });
  const ids = results.flatMap(({ id }) => (id === null ? [] : [id]));
  for (const id of ids.slice(0, 3)) made.poison.add(id);
  await engine.useStore(store(made));
  await world.clock.advance(60_000);
  const dead = (await allEvents(engine)).filter(({ id }) => made.poison.has(id));
  return { ...made, engine, dead };
}

function balanced(engine: Engine): void {
  expectBalanced((engine.status().stats.stores.get("neo4j") ?? emptyStoreStats).counts);
}

async function sent({ world, engine }: { world: EngineWorld; engine: Engine }): Promise<unknown> {
  await world.clock.advance(60_000);
  balanced(engine);
  const { pending, dead } = engine.status().stores.neo4j ?? { pending: -1, dead: -1 };
  return { pending, dead };
}

describe("dead letters", () => {
  it("are there whole, with the reason, the class, the attempts and the times", async () => {
    const { engine, dead } = await refusing();
    expect(engine.deadLetters()).toHaveLength(3);
    for (const event of dead) expect(engine.deadEvent(event.id)).toEqual(event);
    expect(engine.deadEvent("unknown")).toBeNull();
    const [letter] = engine.deadLetters();
    expect(letter).toMatchObject({ class: "data", reason: "A row is refused.", store: "memory:///test" });
    expect(letter?.attempts ?? 0).toBeGreaterThan(1);
    expect((letter?.lastAt ?? 0) >= (letter?.firstAt ?? 1)).toBe(true);
    balanced(engine);
  });

  it("go one, some or all of a class", async () => {
    const made = await refusing();
    const { engine, dead, poison } = made;
    poison.clear();
    expect(await engine.retryDead([dead[0]?.id ?? ""])).toBe(1);
    expect(await sent(made)).toEqual({ pending: 0, dead: 2 });
    expect(await engine.retryDead({ class: "unknown" })).toBe(0);
    expect(await engine.retryDead({ class: "data" })).toBe(2);
    expect(await sent(made)).toEqual({ pending: 0, dead: 0 });
    expect(made.database.snapshot(VAULT).events).toHaveLength((await allEvents(engine)).length);
  });

  it("that were discarded are neither pending nor dead nor sent, also after a restart and a look at the journal", async () => {
    const made = await refusing();
    const { engine, dead, poison, world } = made;
    expect(await engine.discardDead([dead[0]?.id ?? "", dead[1]?.id ?? ""])).toBe(2);
    expect(await sent(made)).toEqual({ pending: 0, dead: 1 });
    expect(engine.status().stats.stores.get("neo4j")?.counts).toMatchObject({ cancelled: 2, dead: 1 });
    poison.clear();
    const again = await world.reopen();
    expect(again.deadLetters().map(({ id }) => id)).toEqual([dead[2]?.id]);
    await again.useStore(store(made));
    expect(await sent({ world, engine: again })).toEqual({ pending: 0, dead: 1 });
    expect(await again.retryDead("all")).toBe(1);
    expect(await sent({ world, engine: again })).toEqual({ pending: 0, dead: 0 });
    const ids = made.database.snapshot(VAULT).events.map((row) => row.id);
    expect(dead.map(({ id }) => ids.includes(id))).toEqual([false, false, true]);
    expect((await allEvents(again)).filter(({ id }) => dead.some((one) => one.id === id))).toHaveLength(3);
    expect(await again.drain(1_000)).toBe(true);
  });

  it("cannot be discarded while the disk is full", async () => {
    const { engine, world } = await refusing();
    world.folder.refusing = "full";
    await expect(engine.discardDead("all")).rejects.toMatchObject({ fault: "full" });
    expect(engine.deadLetters()).toHaveLength(3);
    balanced(engine);
  });
});

describe("a dead letter whose data was edited", () => {
  it.each([0, 1, 2])("is another event about the same subject at the same time, said now (subject %i)", async (index) => {
    const made = await refusing();
    const { engine, dead, world } = made;
    const before = dead[index];
    if (before === undefined) throw new Error("no letter");
    const result = await engine.retryEdited(before.id, { ...before.data, score: 77 });
    expect(result.kind).toBe("replaced");
    expect(await sent(made)).toEqual({ pending: 0, dead: 2 });
    const after = (await allEvents(engine)).find(({ id }) => result.kind === "replaced" && id === result.id);
    expect(after).toMatchObject({ type: before.type, subject: before.subject, canvas: before.canvas, at: before.at, origin: "command" });
    expect(after?.data).toMatchObject({ score: 77, concept: before.data["concept"] });
    expect((after?.hlc ?? "") > before.hlc).toBe(true);
    expect(engine.deadLetters().map(({ id }) => id)).not.toContain(before.id);
    expect(made.database.snapshot(VAULT).events.map((row) => row.id)).toContain(after?.id);
    const again = await world.reopen();
    expect(again.deadLetters()).toHaveLength(2);
    expect(world.folder.textOf("devices/device0000000001/dead.ndjson")).toContain(`"replacedBy":"${after?.id ?? "?"}"`);
  });

  it("counts over what was said between the two", async () => {
    const { engine, dead, world } = await refusing();
    await world.clock.advance(10);
    await engine.record({ type: "score_submitted", canvas: "a.canvas", node: "n1", score: 50 });
    await world.clock.advance(10);
    await engine.retryEdited(dead[0]?.id ?? "", { score: 12 });
    await world.clock.advance(10);
    await engine.record({ type: "score_submitted", canvas: "a.canvas", node: "n1", score: 60 });
    expect((await allEvents(engine)).at(-1)?.data).toMatchObject({ score: 60, previous: 12 });
  });

  it("finds its canvas under the name that it has now", async () => {
    const { engine, dead, world } = await refusing();
    world.vault.move("a.canvas", "b.canvas");
    await engine.canvasRenamed("a.canvas", "b.canvas");
    expect(await engine.retryEdited(dead[0]?.id ?? "", { score: 12 })).toMatchObject({ kind: "replaced" });
    expect((await allEvents(engine)).at(-1)).toMatchObject({ canvas: { id: dead[0]?.canvas?.id, path: "b.canvas" } });
  });

  it.each([
    ["no data that the type needs", {}, "missing_field", "score is missing"],
    ["a value out of its range", { score: 500 }, "invalid_value", "from 0 to 100"],
    ["no object", [1], "invalid_data", "JSON object"],
    ["no JSON", { score: 5, more: Number.NaN }, "invalid_data", "plain JSON"],
    ["a value without end", circular(), "invalid_data", "plain JSON"],
  ])("is refused with %s, and stays as it was", async (_, data, code, message) => {
    const { engine, dead } = await refusing();
    const events = (await allEvents(engine)).length;
    const result = await engine.retryEdited(dead[0]?.id ?? "", data);
    expect(result).toMatchObject({ kind: "refused", error: { code } });
    expect(result.kind === "refused" ? result.error.message : "").toContain(message);
    expect(engine.deadLetters()).toHaveLength(3);
    expect(await allEvents(engine)).toHaveLength(events);
  });

  it("is refused without a change, with an id that no letter has, and for a node that is gone", async () => {
    const { engine, dead, world } = await refusing();
    const [first] = dead;
    expect(await engine.retryEdited(first?.id ?? "", { ...first?.data })).toMatchObject({ kind: "refused", error: { code: "unchanged" } });
    expect(await engine.retryEdited("unknown", { score: 1 })).toMatchObject({ kind: "refused", error: { code: "unknown_letter" } });
    world.vault.canvas("a.canvas", canvas([{ id: "n2" }]), world.at(9));
    await engine.canvasChanged("a.canvas");
    expect(await engine.retryEdited(first?.id ?? "", { score: 1 })).toMatchObject({ kind: "refused", error: { code: "unknown_node" } });
  });

  it("of an event that only a file makes is refused: the file says what it holds", async () => {
    const { engine, poison, world, ...made } = await refusing();
    world.vault.canvas("a.canvas", canvas([{ id: "n1", text: "Cells", color: "1" }, { id: "n2" }]), world.at(9));
    engine.pause();
    await engine.canvasChanged("a.canvas");
    const event = (await allEvents(engine)).find(({ type }) => type === "color_changed");
    poison.add(event?.id ?? "");
    engine.resume();
    await sent({ ...made, world, engine });
    const result = await engine.retryEdited(event?.id ?? "", { newColor: "2" });
    expect(result).toMatchObject({ kind: "refused", error: { code: "file_only_type" } });
    expect(result.kind === "refused" ? result.error.message : "").toContain("edit the canvas");
  });
});

function circular(): object {
  const value: Record<string, unknown> = { score: 1 };
  value["self"] = value;
  return value;
}
