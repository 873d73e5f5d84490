import { describe, expect, it } from "vitest";
import { openDeadLetters, type DeadLetter, type DeadLetters } from "../../../src/engine/journal/deadLetters";
import { RangeSet } from "../../../src/engine/journal/ranges";
import { readEvent } from "../../../src/engine/learning/readEvent";
import { MemoryDataFolder } from "../../fakes/memoryDataFolder";
import { testHasher } from "../../fakes/testHasher";
import { other, own, placed, unplaced } from "./journalSetting";

const file = `devices/${own}/dead.ndjson`;

function opened(folder: MemoryDataFolder, writes = true): Promise<DeadLetters> {
  return openDeadLetters({ folder, device: own, hasher: testHasher, readEvent, writes });
}

function letter(index: number, target = "neo4j", device = own): DeadLetter {
  return {
    target,
    event: placed(index, index, device),
    reason: "A property is too large.",
    class: "data",
    code: "Neo.ClientError.Statement.TypeError",
    attempts: 3,
    firstAt: 1000 + index,
    lastAt: 2000 + index,
  };
}

function id(index: number): string {
  return unplaced(index).id;
}

describe("dead letters", () => {
  it("survive a restart with the whole event", async () => {
    const folder = new MemoryDataFolder();
    await (await opened(folder)).add([letter(1), letter(2, "neo4j", other)]);
    const again = await opened(folder);
    expect(again.list()).toEqual([letter(1), letter(2, "neo4j", other)]);
    expect(again.has("neo4j", id(1))).toBe(true);
    expect([...again.places("neo4j", own).values()]).toEqual([1]);
    expect([...again.places("neo4j", other).values()]).toEqual([2]);
  });

  it("are the same list until one comes or goes", async () => {
    const letters = await opened(new MemoryDataFolder());
    await letters.add([letter(1), letter(2)]);
    const two = letters.list();
    expect(letters.list()).toBe(two);
    await letters.add([letter(3)]);
    const three = letters.list();
    expect([two.length, three.length]).toEqual([2, 3]);
    await letters.retry([id(1)], 5);
    await letters.discard([id(2)], 6);
    expect(letters.list()).toEqual([letter(3)]);
    const places = new RangeSet();
    places.add(3);
    await letters.forgetPlaces(own, places, 7);
    expect(letters.list()).toEqual([]);
  });

  it("are those of one target", async () => {
    const letters = await opened(new MemoryDataFolder());
    await letters.add([letter(1, "here"), letter(1, "there"), letter(2, "there")]);
    expect([letters.count(), letters.count("here"), letters.count("there")]).toEqual([3, 1, 2]);
    expect(letters.has("here", id(2))).toBe(false);
    expect([...letters.places("here", own).values()]).toEqual([1]);
  });

  it("leave by id, for every target that has them, and stay away", async () => {
    const folder = new MemoryDataFolder();
    const letters = await opened(folder);
    await letters.add([letter(1, "here"), letter(1, "there"), letter(2, "there")]);
    expect(await letters.retry([id(1), "unknown"], 5)).toEqual([letter(1, "here"), letter(1, "there")]);
    for (const now of [letters, await opened(folder)]) expect(now.list()).toEqual([letter(2, "there")]);
    expect(await letters.retry("all", 7)).toEqual([letter(2, "there")]);
    expect(await letters.retry("all", 8)).toEqual([]);
    expect((await opened(folder)).count()).toBe(0);
  });

  it("may die again after a retry", async () => {
    const folder = new MemoryDataFolder();
    const letters = await opened(folder);
    await letters.add([letter(1)]);
    await letters.retry([id(1)], 5);
    const again = { ...letter(1), attempts: 4, lastAt: 9000 };
    await letters.add([again]);
    expect((await opened(folder)).list()).toEqual([again]);
  });

  it("change nothing when they cannot be written", async () => {
    const folder = new MemoryDataFolder();
    const letters = await opened(folder);
    await letters.add([letter(1)]);
    folder.refusing = "full";
    await expect(letters.add([letter(2)])).rejects.toMatchObject({ fault: "full" });
    await expect(letters.retry("all", 5)).rejects.toMatchObject({ fault: "full" });
    expect(letters.list()).toEqual([letter(1)]);
    folder.refusing = null;
    expect(await letters.retry("all", 6)).toEqual([letter(1)]);
  });

  it("cut at any byte are those whose lines are whole, and go on", async () => {
    const folder = new MemoryDataFolder();
    const letters = await opened(folder);
    await letters.add([letter(1)]);
    await letters.retry([id(1)], 5);
    await letters.add([letter(2)]);
    const bytes = folder.bytesOf(file);
    const states = new Set<string>();
    for (let length = 0; length <= bytes.length; length += 1) {
      const cut = new MemoryDataFolder();
      cut.put(file, bytes.subarray(0, length));
      const left = await opened(cut);
      const ids = left.list().map(({ event }) => event.id);
      states.add(ids.map((known) => [1, 2].find((index) => id(index) === known)).join());
      await left.add([letter(3)]);
      expect((await opened(cut)).list().map(({ event }) => event.id)).toEqual([...ids, id(3)]);
    }
    expect([...states]).toEqual(["", "1", "2"]);
  }, 120_000);

  it("do not keep what is long gone, also when the file is shortened by a dying process", async () => {
    const folder = new MemoryDataFolder();
    const letters = await opened(folder);
    await letters.add([letter(1), letter(2)]);
    for (let round = 0; round < 60; round += 1) {
      await letters.add([letter(3)]);
      await letters.retry([id(3)], round);
    }
    const expected = [letter(1), letter(2)];
    const long = folder.bytesOf(file).length;
    expect((await opened(folder.copy(), false)).list()).toEqual(expected);
    for (let bytes = 0; bytes < 1500; bytes += 13) {
      const dying = folder.copy();
      dying.tearNext(bytes);
      expect((await opened(dying)).list()).toEqual(expected);
      const next = await opened(dying);
      expect(next.list()).toEqual(expected);
      await next.retry([id(1)], 99);
      expect((await opened(dying)).list()).toEqual([letter(2)]);
    }
    await opened(folder);
    expect(folder.bytesOf(file).length).toBeLessThan(long / 10);
  });

  it("leave by the class of their failure", async () => {
    const letters = await opened(new MemoryDataFolder());
    await letters.add([letter(1), { ...letter(2), class: "unknown" }, { ...letter(3), class: "unknown" }]);
    expect((await letters.retry({ class: "unknown" }, 5)).map(({ event }) => event.id)).toEqual([id(2), id(3)]);
    expect(letters.list()).toEqual([letter(1)]);
    expect(await letters.discard({ class: "data" }, 6)).toEqual([letter(1)]);
  });

  it("that were discarded are neither dead nor pending, for good", async () => {
    const folder = new MemoryDataFolder();
    const letters = await opened(folder);
    await letters.add([letter(1), letter(2), letter(3, "neo4j", other), letter(1, "elsewhere")]);
    expect(await letters.discard([id(2), id(3), "unknown"], 77, "better")).toEqual([letter(2), letter(3, "neo4j", other)]);
    for (const now of [letters, await opened(folder)]) {
      expect(now.list("neo4j")).toEqual([letter(1)]);
      expect([now.count("neo4j"), now.has("neo4j", id(2)), now.leavesOut("neo4j", id(2))]).toEqual([1, false, true]);
      expect(now.leavesOut("elsewhere", id(2))).toBe(false);
      expect([...now.places("neo4j", own).values()]).toEqual([1, 2]);
      expect([...now.places("neo4j", other).values()]).toEqual([3]);
      expect(await now.retry([id(2)], 78)).toEqual([]);
    }
    expect(folder.textOf(file)).toContain(`"op":"discarded","target":"neo4j","id":"${id(2)}","device":"${own}","seq":2,"at":77,"replacedBy":"better"`);
  });

  it("are still discarded when the file was shortened, and when they cannot be written nothing is", async () => {
    const folder = new MemoryDataFolder();
    const letters = await opened(folder);
    await letters.add([letter(1), letter(2)]);
    await letters.discard([id(1)], 5);
    for (let round = 0; round < 60; round += 1) {
      await letters.add([letter(3)]);
      await letters.retry([id(3)], round);
    }
    const long = folder.bytesOf(file).length;
    await opened(folder);
    expect(folder.bytesOf(file).length).toBeLessThan(long / 10);
    const again = await opened(folder);
    expect(again.list()).toEqual([letter(2)]);
    expect([...again.places("neo4j", own).values()]).toEqual([1, 2]);
    folder.refusing = "full";
    await expect(again.discard("all", 9)).rejects.toMatchObject({ fault: "full" });
    expect([again.list(), again.leavesOut("neo4j", id(1))]).toEqual([[letter(2)], true]);
  });

  it("can be retried or discarded, not both, by two at once", async () => {
    const letters = await opened(new MemoryDataFolder());
    await letters.add([letter(1), letter(2)]);
    const [retried, discarded] = await Promise.all([letters.retry([id(1)], 5), letters.discard("all", 6)]);
    expect([retried, discarded]).toEqual([[letter(1)], [letter(2)]]);
    expect([letters.leavesOut("neo4j", id(1)), letters.leavesOut("neo4j", id(2))]).toEqual([false, true]);
  });

  it("and what was discarded are forgotten with their places, which are pending again", async () => {
    const folder = new MemoryDataFolder();
    const letters = await opened(folder);
    await letters.add([letter(1), letter(2), letter(3), { ...letter(4), event: placed(4, 2, other) }]);
    await letters.discard([id(1)], 5);
    await letters.forgetPlaces(own, RangeSet.of([[1, 2]]), 6);
    for (const now of [letters, await opened(folder)]) {
      expect(now.list().map(({ event }) => [event.device, event.seq])).toEqual([[own, 3], [other, 2]]);
      expect([...now.places("neo4j", own).values()]).toEqual([3]);
      expect(now.leavesOut("neo4j", id(1))).toBe(false);
    }
  });

  it("that make no sense are left out", async () => {
    const folder = new MemoryDataFolder();
    await (await opened(folder)).add([letter(1)]);
    folder.put(file, `${folder.textOf(file)}nonsense\n{"op":"dead"}\n`);
    expect((await opened(folder)).list()).toEqual([letter(1)]);
  });
});
