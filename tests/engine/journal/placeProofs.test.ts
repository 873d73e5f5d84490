import { beforeEach, describe, expect, it } from "vitest";
import { PlaceProofs } from "../../../src/engine/journal/placeProofs";
import { MemoryDataFolder } from "../../fakes/memoryDataFolder";
import { testHasher } from "../../fakes/testHasher";

const id = (name: string): string => testHasher.sha256(name);

let folder: MemoryDataFolder;

beforeEach(() => {
  folder = new MemoryDataFolder();
});

const opened = (): Promise<PlaceProofs> => PlaceProofs.open(folder, "own", testHasher);

/** Sees events on these places of a device; `version` is part of each event. */
function see(proofs: PlaceProofs, [from, to]: readonly [number, number], version = "", device = "other"): void {
  for (let seq = from; seq <= to; seq += 1) proofs.see(device, seq, `--${id(`${seq}${version}`)}`, 2);
}

const doubts = (proofs: PlaceProofs): readonly unknown[] => [...proofs.doubted()].map(([device, places]) => [device, [...places.ranges()]]);

/** Sees all of a device's journal, and keeps it. */
async function run(...seen: readonly (readonly [range: readonly [number, number], version?: string])[]): Promise<readonly unknown[]> {
  const proofs = await opened();
  for (const [range, version] of seen) see(proofs, range, version);
  const told = doubts(proofs);
  await proofs.save();
  return told;
}

describe("what stands on the places of a journal", () => {
  it("is not doubted while it only grows, in any order and with holes", async () => {
    expect(await run([[1, 100]])).toEqual([]);
    expect(await run([[1, 100]], [[2_000, 3_000]])).toEqual([]);
    expect(await run([[1, 1_500]], [[2_000, 3_000]])).toEqual([]);
    expect(await run([[1, 3_000]])).toEqual([]);
    const writes = folder.paths().map((path) => folder.textOf(path));
    expect(await run([[1, 3_000]])).toEqual([]);
    expect(folder.paths().map((path) => folder.textOf(path))).toEqual(writes);
  });

  it("is doubted by the block where other events stand there, once", async () => {
    await run([[1, 3_000]]);
    expect(await run([[1, 2_500]], [[2_501, 2_600], "x"], [[2_601, 3_000]])).toEqual([["other", [[2_048, 3_071]]]]);
    expect(await run([[1, 2_500]], [[2_501, 2_600], "x"], [[2_601, 3_000]])).toEqual([]);
  });

  it("is doubted where some of a block is gone, since nobody can say what became of the rest", async () => {
    await run([[1, 40]]);
    expect(await run([[1, 35]])).toEqual([["other", [[0, 1_023]]]]);
    expect(await run([[1, 35]])).toEqual([]);
  });

  it("is out of reach, not doubted, where all of a block is gone, and compared when it comes back", async () => {
    await run([[1, 3_000]]);
    expect(await run([[1_024, 3_000]])).toEqual([]);
    const proofs = await opened();
    see(proofs, [1_024, 3_000]);
    expect(doubts(proofs)).toEqual([]);
    see(proofs, [1, 1_023], "x");
    expect(doubts(proofs)).toEqual([["other", [[0, 1_023]]]]);
    expect(doubts(proofs)).toEqual([]);
  });

  it("is doubted at once where it is seen to change, and by the next opening", async () => {
    const proofs = await opened();
    see(proofs, [1, 10]);
    proofs.replace("other", 7);
    expect(doubts(proofs)).toEqual([["other", [[7, 7]]]]);
    see(proofs, [1, 10], "x");
    await proofs.save();
    expect(await run([[1, 6]], [[7, 7], "x"], [[8, 10]])).toEqual([["other", [[0, 1_023]]]]);
  });

  it("stays as it was kept where the doubts could not be acted on, or not be kept", async () => {
    await run([[1, 10]]);
    const proofs = await opened();
    see(proofs, [1, 10], "x");
    expect(doubts(proofs)).toHaveLength(1);
    proofs.hold();
    await proofs.save();
    const full = await opened();
    see(full, [1, 10], "x");
    expect(doubts(full)).toHaveLength(1);
    folder.tearNext(3);
    await expect(full.save()).rejects.toThrow();
    expect(await run([[1, 10], "x"])).toHaveLength(1);
    expect(await run([[1, 10], "x"])).toEqual([]);
  });
});
