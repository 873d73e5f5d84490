import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openAcknowledgements, type Acknowledgements } from "../../../src/engine/journal/acknowledgements";
import { RangeSet } from "../../../src/engine/journal/ranges";
import type { Place } from "../../../src/engine/journal/targetAcks";
import { MemoryDataFolder } from "../../fakes/memoryDataFolder";
import { testHasher } from "../../fakes/testHasher";
import { other, own } from "./journalSetting";

const target = "bolt://localhost:7687/neo4j epoch-1";
const wiped = "bolt://localhost:7687/neo4j epoch-2";

interface Opened {
  readonly acks: Acknowledgements;
  readonly failures: unknown[];
}

async function opened(folder: MemoryDataFolder, writes = true): Promise<Opened> {
  const failures: unknown[] = [];
  const onFailure = (error: unknown): void => void failures.push(error);
  const acks = await openAcknowledgements({ folder, device: own, hasher: testHasher, writes, onFailure });
  return { acks, failures };
}

function places(device: string, ...seqs: readonly number[]): Place[] {
  return seqs.map((seq) => ({ device, seq }));
}

function pending(acks: Acknowledgements, to: string, device = own, last = 10): number[] {
  return [...acks.pending(to, device, RangeSet.of([[1, last]])).values()];
}

describe("acknowledgements", () => {
  it("leave everything pending for a target that is new", async () => {
    const { acks } = await opened(new MemoryDataFolder());
    expect(pending(acks, target, own, 3)).toEqual([1, 2, 3]);
    expect(acks.count(target)).toBe(0);
    expect(acks.targets).toEqual([]);
  });

  it("count at once and are there at the next start, for their target only", async () => {
    const folder = new MemoryDataFolder();
    const { acks } = await opened(folder);
    acks.acknowledge(target, places(own, 1, 2, 3, 7));
    acks.acknowledge(target, places(other, 5));
    expect(pending(acks, target)).toEqual([4, 5, 6, 8, 9, 10]);
    await acks.flush();
    const again = (await opened(folder)).acks;
    expect(pending(again, target)).toEqual([4, 5, 6, 8, 9, 10]);
    expect(pending(again, target, other, 6)).toEqual([1, 2, 3, 4, 6]);
    expect(again.count(target)).toBe(5);
    expect(again.has(target, { device: own, seq: 7 })).toBe(true);
    expect(again.has(target, { device: own, seq: 8 })).toBe(false);
    expect(pending(again, wiped)).toHaveLength(10);
    expect(again.targets).toEqual([target]);
    expect([again.highest(own), again.highest(other), again.highest("nobody")]).toEqual([7, 5, 0]);
  });

  it("stand in one file for each target, which names it", async () => {
    const folder = new MemoryDataFolder();
    const { acks } = await opened(folder);
    acks.acknowledge(target, places(own, 1));
    acks.acknowledge(wiped, places(own, 2));
    await acks.flush();
    expect(folder.paths()).toHaveLength(2);
    const texts = folder.paths().map((path) => folder.textOf(path));
    expect(folder.paths().every((path) => /^devices\/device-a\/acks\/[0-9a-f]{32}\.ndjson$/.test(path))).toBe(true);
    expect(texts.some((text) => text.includes(`{"target":"${target}"`))).toBe(true);
  });

  it("leave together while a write is going on", async () => {
    const folder = new MemoryDataFolder();
    const { acks } = await opened(folder);
    for (let seq = 1; seq <= 100; seq += 1) acks.acknowledge(target, places(own, seq));
    await acks.flush();
    expect(folder.appended).toHaveLength(2);
    expect(pending((await opened(folder)).acks, target, own, 101)).toEqual([101]);
  });

  it("that could not be written are told of and written with the next ones", async () => {
    const folder = new MemoryDataFolder();
    const { acks, failures } = await opened(folder);
    folder.tearNext(30, "full");
    acks.acknowledge(target, places(own, 1, 2));
    await acks.flush();
    expect(failures).toMatchObject([{ fault: "full" }]);
    expect(pending(acks, target, own, 3)).toEqual([3]);
    acks.acknowledge(target, places(own, 3));
    await acks.flush();
    expect(failures).toHaveLength(1);
    expect(pending((await opened(folder)).acks, target, own, 4)).toEqual([4]);
  });

  it("cut at any byte are a part of those that were given, never more", async () => {
    const folder = new MemoryDataFolder();
    const { acks } = await opened(folder);
    const given = [3, 4, 5, 12, 13, 20, 21, 22, 100];
    for (const seq of given) {
      acks.acknowledge(target, places(own, seq));
      await acks.flush();
    }
    const [path = ""] = folder.paths();
    const bytes = folder.bytesOf(path);
    for (let length = 0; length <= bytes.length; length += 1) {
      const cut = new MemoryDataFolder();
      cut.put(path, bytes.subarray(0, length));
      const { acks: left } = await opened(cut);
      const kept = given.filter((seq) => left.has(target, { device: own, seq }));
      expect(left.count(target)).toBe(kept.length);
      expect(kept).toEqual(given.slice(0, kept.length));
      left.acknowledge(target, places(own, 200));
      await left.flush();
      expect((await opened(cut)).acks.count(target)).toBe(kept.length + 1);
    }
  });

  it("are no more after any damage", async () => {
    const folder = new MemoryDataFolder();
    const { acks } = await opened(folder);
    acks.acknowledge(target, places(own, 3, 4, 5));
    await acks.flush();
    const [path = ""] = folder.paths();
    const bytes = folder.bytesOf(path);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (position, change) => {
        const damaged = new MemoryDataFolder();
        damaged.put(path, bytes.map((byte, index) => (index === position ? byte ^ change : byte)));
        const { acks: left } = await opened(damaged);
        expect([0, 3]).toContain(left.count(target));
        expect(left.targets.every((name) => name === target)).toBe(true);
      }),
    );
  });

  it("do not let their file grow for ever", async () => {
    const folder = new MemoryDataFolder();
    const { acks } = await opened(folder);
    let longest = 0;
    for (let seq = 1; seq <= 2000; seq += 1) {
      acks.acknowledge(target, places(own, seq));
      await acks.flush();
      longest = Math.max(longest, folder.textOf(folder.paths()[0] ?? "").split("\n").length);
    }
    expect(longest).toBeLessThan(600);
    expect(folder.paths()).toHaveLength(1);
    const again = await opened(folder);
    expect(folder.textOf(folder.paths()[0] ?? "").split("\n").length).toBeLessThanOrEqual(21);
    expect(pending(again.acks, target, own, 2001)).toEqual([2001]);
  });

  it("survive a shortening that is cut anywhere", async () => {
    const folder = new MemoryDataFolder();
    const { acks } = await opened(folder);
    for (let seq = 1; seq <= 60; seq += 2) {
      acks.acknowledge(target, places(own, seq));
      await acks.flush();
    }
    const expected = pending(acks, target, own, 60);
    for (let bytes = 0; bytes < 600; bytes += 7) {
      const dying = folder.copy();
      const skipped = bytes % 2 === 0 ? 0 : 1;
      if (skipped === 1) dying.tearNext(Number.MAX_SAFE_INTEGER);
      dying.tearNext(bytes);
      const first = await opened(dying);
      expect(pending(first.acks, target, own, 60)).toEqual(expected);
      expect(pending((await opened(dying)).acks, target, own, 60)).toEqual(expected);
    }
  });

  it("of a reader change no file", async () => {
    const folder = new MemoryDataFolder();
    const { acks } = await opened(folder);
    for (let seq = 1; seq <= 30; seq += 1) {
      acks.acknowledge(target, places(own, seq));
      await acks.flush();
    }
    const before = folder.textOf(folder.paths()[0] ?? "");
    const reader = await opened(folder, false);
    expect(reader.acks.count(target)).toBe(30);
    expect(folder.textOf(folder.paths()[0] ?? "")).toBe(before);
  });

  it("can be forgotten", async () => {
    const folder = new MemoryDataFolder();
    const { acks } = await opened(folder);
    acks.acknowledge(target, places(own, 1));
    acks.acknowledge(wiped, places(own, 1));
    await acks.forget(target);
    expect(pending(acks, target, own, 2)).toEqual([1, 2]);
    acks.acknowledge(target, places(own, 2));
    await acks.flush();
    const again = (await opened(folder)).acks;
    expect(pending(again, target, own, 2)).toEqual([1]);
    expect(pending(again, wiped, own, 2)).toEqual([2]);
  });
});
