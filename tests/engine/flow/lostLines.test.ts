import { beforeEach, describe, expect, it } from "vitest";
import type { Engine } from "../../../src/engine/index";
import { MemoryDatabase } from "../../fakes/memoryDatabase";
import { MemoryGraphStore } from "../../fakes/memoryGraphStore";
import { allEvents, canvas, DEVICE, EngineWorld, VAULT } from "./engineWorld";

const segment = (number: number): string => `devices/${DEVICE}/journal/00000${number}.ndjson`;

/** How a journal of three segments loses what stands in its middle, and the lines that are set aside for it. */
const losses: readonly (readonly [string, (world: EngineWorld) => Promise<void> | void, number])[] = [
  ["a segment is gone", (world) => world.folder.remove(segment(2)), 0],
  ["a segment is full of NUL", (world) => world.folder.put(segment(2), new Uint8Array(world.folder.bytesOf(segment(2)).length)), 0],
  ["lines have other bits", (world) => world.folder.put(segment(2), world.folder.textOf(segment(2)).replaceAll('"n', '"N')), 3],
];

let world: EngineWorld;

beforeEach(async () => {
  world = new EngineWorld();
  const engine = await world.open();
  for (const [second, text] of ["one", "two", "three"].entries()) {
    world.vault.canvas("a.canvas", canvas([{ id: "n", text }, { id: `n${second}`, text }]), world.at(second));
    await engine.scan();
  }
  await engine.stop();
  const lines = world.folder.textOf(segment(1)).split("\n").filter((line) => line !== "");
  const third = Math.ceil(lines.length / 3);
  for (const number of [1, 2, 3]) world.folder.put(segment(number), `${lines.slice((number - 1) * third, number * third).join("\n")}\n`);
  expect((await (await world.open()).scan()).journaled).toBe(0);
  await world.engine?.stop();
});

async function storeHasWhatTheFilesSay(engine: Engine): Promise<void> {
  const database = new MemoryDatabase();
  await engine.useStore(new MemoryGraphStore({ vault: VAULT, database, clock: world.clock }));
  await world.clock.advance(10_000);
  const live = database.snapshot(VAULT).nodes.filter((row) => !row.deleted).map(({ id, text }) => [id, text]);
  expect(live.sort()).toEqual([["n", "three"], ["n2", "three"]]);
}

describe.each(losses)("a journal of which %s, while the checkpoint is whole", (_, lose, damaged) => {
  it("gives a graph that is made of what is left and a scan that journals what the files say beyond it, once", async () => {
    await lose(world);
    const engine = await world.open();
    expect((await engine.scan()).journaled).toBeGreaterThan(0);
    expect((await engine.rebuild({ dryRun: true, resend: false })).differences).toEqual([]);
    await storeHasWhatTheFilesSay(engine);
    const told = await allEvents(engine);
    const again = await world.reopen();
    world.vault.reads = 0;
    expect((await again.scan()).journaled).toBe(0);
    expect(world.vault.reads).toBe(0);
    expect(await allEvents(again)).toEqual(told);
    expect(again.status().quarantined).toBe(damaged);
  });
});
