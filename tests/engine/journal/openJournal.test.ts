import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LearningEvent } from "../../../src/engine/index";
import { inHlcOrder } from "../../../src/engine/journal/hlcOrder";
import { RangeSet } from "../../../src/engine/journal/ranges";
import { sealLine } from "../../../src/engine/journal/sealedLine";
import { MemoryDataFolder } from "../../fakes/memoryDataFolder";
import { testHasher } from "../../fakes/testHasher";
import {
  collected,
  lineOf,
  linesElsewhere,
  opened,
  openedForReading,
  other,
  own,
  placed,
  quarantineFile,
  segment,
  seqsOf,
  unplaced,
  unplacedUpTo,
} from "./journalSetting";

async function filled(count: number): Promise<MemoryDataFolder> {
  const folder = new MemoryDataFolder();
  const { journal } = await opened(folder);
  await journal.append(unplacedUpTo(count));
  return folder;
}

/** Where each line ends, its newline included. */
function lineEnds(bytes: Uint8Array): number[] {
  return [...bytes.entries()].filter(([, byte]) => byte === 0x0a).map(([index]) => index + 1);
}

function placesOf(events: readonly LearningEvent[]): (readonly [string, number])[] {
  return events.map(({ id, seq }) => [id, seq]);
}

function ids(events: readonly { readonly id: string }[]): string[] {
  return events.map(({ id }) => id);
}

describe("opening a journal", () => {
  it("finds nothing in an empty folder and writes nothing", async () => {
    const folder = new MemoryDataFolder();
    const { journal, tail } = await opened(folder);
    expect(tail).toEqual([]);
    expect(journal.counts).toEqual({ events: 0, quarantined: 0, cut: 0, unreadable: 0, newer: 0, duplicates: 0 });
    expect(journal.devices()).toEqual([own]);
    expect(folder.paths()).toEqual([]);
  });

  it("knows every event and reads what is asked for", async () => {
    const { journal } = await opened(await filled(10));
    expect(await seqsOf(journal.read({ device: own, from: 7 }))).toEqual([7, 8, 9, 10]);
    expect(await seqsOf(journal.readPlaces(own, RangeSet.of([[4, 5], [10, 12]])))).toEqual([4, 5, 10]);
    expect(unplacedUpTo(10).every(({ id }) => journal.has(id))).toBe(true);
    expect(journal.has(unplaced(11).id)).toBe(false);
    expect([...journal.present(own).ranges()]).toEqual([[1, 10]]);
  });

  it("goes on behind every seq that the caller knows of", async () => {
    const { journal } = await opened(await filled(10), { seqAbove: 30 });
    expect((await journal.append([unplaced(11)]))[0]?.seq).toBe(31);
  });

  it("refuses a device id that is no plain name", async () => {
    await expect(opened(new MemoryDataFolder(), { device: "../x" })).rejects.toBeInstanceOf(RangeError);
  });

  it("says so when our own journal cannot be read", async () => {
    const folder = await filled(1);
    folder.unreadable = "denied";
    await expect(opened(folder)).rejects.toMatchObject({ fault: "denied" });
  });

  it("opens on a full disk", async () => {
    const folder = await filled(2);
    folder.put(segment(1), `${folder.textOf(segment(1))}garbage\n{"cut`);
    folder.refusing = "full";
    const { journal, tail } = await opened(folder);
    expect(ids(tail)).toEqual(ids(unplacedUpTo(2)));
    expect(journal.counts).toMatchObject({ quarantined: 1, cut: 1 });
    folder.refusing = null;
    await journal.append([unplaced(3)]);
    expect((await opened(folder)).journal.counts).toMatchObject({ events: 3, quarantined: 1 });
  });
});

describe("a journal that was cut", () => {
  it("at every byte of its last 2 kB recovers to a prefix and goes on", async () => {
    const bytes = (await filled(8)).bytesOf(segment(1));
    const ends = lineEnds(bytes);
    for (let length = bytes.length; length >= Math.max(0, bytes.length - 2048); length -= 1) {
      const cut = new MemoryDataFolder();
      cut.put(segment(1), bytes.subarray(0, length));
      // A last line that lacks only its newline is whole.
      const whole = ends.filter((end) => end - 1 <= length).length;
      const { journal, tail } = await opened(cut);
      await journal.append([unplaced(100)]);
      const again = await opened(cut);
      expect([...ids(tail), journal.counts.quarantined]).toEqual([...ids(unplacedUpTo(whole)), 0]);
      expect(placesOf(again.tail)).toEqual(placesOf([...tail, placed(100, whole + 1)]));
      expect(again.journal.counts).toEqual(journal.counts);
    }
  }, 120_000);

  it("keeps the cut line aside and tells of it once", async () => {
    const folder = await filled(3);
    folder.put(segment(1), folder.bytesOf(segment(1)).subarray(0, -20));
    const before = folder.textOf(segment(1));
    const first = await opened(folder);
    expect(first.journal.counts).toMatchObject({ cut: 1, quarantined: 0, events: 2 });
    const aside = folder.textOf(quarantineFile);
    const second = await opened(folder);
    expect(second.journal.counts).toEqual(first.journal.counts);
    await second.journal.append([unplaced(3)]);
    expect((await opened(folder)).journal.counts).toMatchObject({ cut: 1, quarantined: 0, events: 3 });
    expect(folder.textOf(quarantineFile)).toBe(aside);
    expect(aside).toContain("checksum");
    expect(folder.textOf(segment(1)).startsWith(`${before}\n`)).toBe(true);
  });

  it("within a character of several bytes goes on too", async () => {
    const folder = await filled(1);
    const bytes = folder.bytesOf(segment(1));
    const umlaut = bytes.indexOf(0xc3);
    expect(umlaut).toBeGreaterThan(0);
    folder.put(segment(1), bytes.subarray(0, umlaut + 1));
    const { journal } = await opened(folder);
    await journal.append([unplaced(2)]);
    expect((await opened(folder)).journal.counts).toMatchObject({ cut: 1, quarantined: 0, events: 1 });
  });
});

describe("a journal with damaged lines", () => {
  it("loses only those, and sets them aside once with the reason", async () => {
    const folder = await filled(5);
    const lines = folder.textOf(segment(1)).split("\n");
    lines[1] = (lines[1] ?? "").replace("node_moved", "node_xoved");
    lines[3] = "total nonsense \u0000";
    folder.put(segment(1), lines.join("\n"));
    const { journal, tail } = await opened(folder);
    expect(tail.map(({ seq }) => seq)).toEqual([1, 3, 5]);
    expect(journal.counts).toMatchObject({ events: 3, quarantined: 2, cut: 0 });
    const aside = folder.textOf(quarantineFile).split("\n").filter(Boolean).map((line) => JSON.parse(line) as unknown);
    expect(aside).toMatchObject([
      { kind: "bad", path: segment(1), line: 2, text: lines[1], reason: "its checksum does not match" },
      { kind: "bad", path: segment(1), line: 4, text: lines[3], reason: "no checksum at its end" },
    ]);
    expect(folder.textOf(segment(1))).toBe(lines.join("\n"));
    const size = folder.bytesOf(quarantineFile).length;
    expect((await opened(folder)).journal.counts).toEqual(journal.counts);
    expect(folder.bytesOf(quarantineFile).length).toBe(size);
  });

  it("survives whatever happens to its bytes: every untouched line stays, nothing else appears", async () => {
    const folder = await filled(12);
    const good = folder.bytesOf(segment(1));
    const byId = new Map((await opened(folder)).tail.map((event) => [event.id, event]));
    const damage = fc.record({ at: fc.nat(good.length - 1), length: fc.nat(60), byte: fc.option(fc.nat(255)) });
    const damages = fc.array(damage, { minLength: 1, maxLength: 4 });
    const goodLines = new Set(folder.textOf(segment(1)).split("\n").slice(0, -1));
    await fc.assert(
      fc.asyncProperty(damages, fc.integer({ min: 1, max: 700 }), async (damages, chunk) => {
        let bytes = Buffer.from(good);
        for (const { at, length, byte } of damages) {
          const middle = byte === null ? Buffer.alloc(0) : Buffer.alloc(length, byte);
          bytes = Buffer.concat([bytes.subarray(0, at), middle, bytes.subarray(at + length)]);
        }
        const damaged = new MemoryDataFolder();
        damaged.chunkBytes = chunk;
        damaged.put(segment(1), bytes);
        const { journal, tail } = await opened(damaged);
        const untouched = new Set(bytes.toString("utf8").split("\n").filter((line) => goodLines.has(line)));
        expect(tail.length).toBe(untouched.size);
        for (const event of tail) expect(event).toEqual(byId.get(event.id));
        const added = await journal.append([unplaced(100)]);
        expect(added[0]?.seq).toBe(Math.max(0, ...tail.map(({ seq }) => seq)) + 1);
        const again = await opened(damaged);
        expect(ids(again.tail)).toEqual([...ids(tail), unplaced(100).id]);
        const { quarantined, cut } = journal.counts;
        expect(again.journal.counts).toMatchObject({ quarantined, cut });
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  it("skips lines of a newer version and takes no place of theirs", async () => {
    const folder = await filled(2);
    const newer = sealLine(JSON.stringify({ ...placed(3, 9), v: 2 }), testHasher);
    const text = `${folder.textOf(segment(1))}${newer}\n`;
    folder.put(segment(1), text);
    const { journal, tail } = await opened(folder);
    expect(ids(tail)).toEqual(ids(unplacedUpTo(2)));
    expect(journal.counts).toMatchObject({ newer: 1, quarantined: 0, events: 2 });
    expect((await journal.append([unplaced(4)]))[0]?.seq).toBe(10);
    expect(folder.textOf(segment(1)).startsWith(text)).toBe(true);
  });

  it("reads lines with Windows line ends", async () => {
    const folder = await filled(3);
    folder.put(segment(1), folder.textOf(segment(1)).replaceAll("\n", "\r\n"));
    const { journal, tail } = await opened(folder);
    expect(ids(tail)).toEqual(ids(unplacedUpTo(3)));
    expect(journal.counts.quarantined).toBe(0);
  });
});

describe("journals of other devices", () => {
  function brought(...lines: readonly string[]): string {
    return lines.join("");
  }

  it("are read, handed out and never written", async () => {
    const folder = await filled(2);
    const unfinished = lineOf(13, 3, other).slice(0, 99);
    folder.put(segment(1, other), brought(lineOf(11, 1, other), "garbage\n", lineOf(12, 2, other), unfinished));
    const before = folder.textOf(segment(1, other));
    const { journal, tail } = await opened(folder);
    expect(tail.map(({ device, seq }) => [device, seq])).toEqual([[own, 1], [own, 2], [other, 1], [other, 2]]);
    expect(journal.counts).toMatchObject({ events: 4, unreadable: 1, quarantined: 0, cut: 0 });
    expect(journal.devices()).toEqual([own, other]);
    await journal.append([unplaced(3)]);
    const isOthers = (path: string): boolean => path.startsWith(`devices/${other}/`);
    expect(folder.paths().filter(isOthers)).toEqual([segment(1, other)]);
    expect(folder.textOf(segment(1, other))).toBe(before);
  });

  it("hand out what arrives later, once", async () => {
    const folder = await filled(1);
    folder.put(segment(1, other), brought(lineOf(11, 1, other), lineOf(12, 2, other).slice(0, 99)));
    const { journal } = await opened(folder);
    const news: number[] = [];
    const refresh = (): Promise<number> => journal.refreshOthers(({ seq }) => news.push(seq));
    expect(await refresh()).toBe(0);
    folder.put(segment(1, other), brought(lineOf(11, 1, other), lineOf(12, 2, other)));
    folder.put(segment(2, other), brought(lineOf(13, 3, other)));
    expect(await refresh()).toBe(2);
    expect(await refresh()).toBe(0);
    folder.put(segment(1, "device-c"), brought(lineOf(21, 1, "device-c")));
    expect(await refresh()).toBe(1);
    expect(news).toEqual([2, 3, 1]);
    expect(journal.has(unplaced(13).id)).toBe(true);
    expect(await seqsOf(journal.read({ device: other, from: 2 }))).toEqual([2, 3]);
  });

  it("may arrive in any order", async () => {
    const folder = new MemoryDataFolder();
    folder.put(segment(2, other), brought(lineOf(13, 3, other)));
    const { journal } = await opened(folder);
    folder.put(segment(1, other), brought(lineOf(11, 1, other), lineOf(12, 2, other)));
    const news: number[] = [];
    await journal.refreshOthers(({ seq }) => news.push(seq));
    expect(news).toEqual([1, 2]);
    expect(await seqsOf(journal.read({ device: other, from: 1 }))).toEqual([1, 2, 3]);
  });

  it("share events with ours, which then stand with us alone", async () => {
    const folder = await filled(2);
    folder.put(segment(1, other), brought(lineOf(1, 1, other), lineOf(12, 2, other)));
    const { journal, tail } = await opened(folder);
    expect(tail.map(({ device, seq }) => [device, seq])).toEqual([[own, 1], [own, 2], [other, 2]]);
    expect([...journal.present(other).values()]).toEqual([2]);
    expect(journal.counts).toMatchObject({ events: 3, duplicates: 1 });
    expect(ids(await collected(journal.all()))).toEqual(ids([unplaced(1), unplaced(2), unplaced(12)]));
  });

  it("that cannot be read are left out for now", async () => {
    const folder = await filled(1);
    folder.put(segment(1, other), brought(lineOf(11, 1, other)));
    const stream = folder.stream.bind(folder);
    let isAway = true;
    folder.stream = (path) => {
      if (isAway && path.startsWith(`devices/${other}`)) folder.unreadable = "denied";
      else folder.unreadable = null;
      return stream(path);
    };
    const { journal, warnings } = await opened(folder);
    expect(journal.counts.events).toBe(1);
    expect(warnings).toHaveLength(1);
    isAway = false;
    folder.unreadable = null;
    expect(await journal.refreshOthers(() => undefined)).toBe(1);
  });
});

describe("events without a place", () => {
  const conflict = `devices/${own}/journal/000001.sync-conflict-20300101-120000-ABCDEF.ndjson`;

  it("in a conflict copy are adopted once and keep their identity", async () => {
    const folder = await filled(3);
    folder.put(conflict, lineOf(1, 1) + lineOf(2, 2) + lineOf(50, 3) + lineOf(51, 4) + lineOf(52, 5).slice(0, 80));
    const { tail } = await opened(folder);
    expect(tail).toEqual([placed(1, 1), placed(2, 2), placed(3, 3), placed(50, 4), placed(51, 5)]);
    expect(linesElsewhere({ paths: () => [segment(1)], textOf: (path) => folder.textOf(path) })).toEqual(tail);
    const again = await opened(folder);
    expect(again.tail).toEqual(tail);
    expect(again.journal.counts.quarantined).toBe(0);
  });

  it("of another device's conflict copy are adopted too, and nothing is written there", async () => {
    const folder = await filled(1);
    folder.put(segment(1, other), lineOf(11, 1, other));
    folder.put(`devices/${other}/journal/000001 (1).ndjson`, lineOf(11, 1, other) + lineOf(12, 2, other));
    const { journal } = await opened(folder);
    expect(ids(await collected(journal.all()))).toEqual(ids([unplaced(1), unplaced(12), unplaced(11)]));
    const adopted = await collected(journal.read({ device: own, from: 2 }));
    expect(adopted).toEqual([{ ...placed(12, 2), hlc: placed(12, 2, other).hlc }]);
  });

  it("behind a greater seq in a segment are adopted", async () => {
    const folder = new MemoryDataFolder();
    folder.put(segment(1), lineOf(1, 1) + lineOf(2, 5) + lineOf(3, 3) + lineOf(4, 5) + lineOf(5, 6) + lineOf(1, 7));
    const { journal, tail } = await opened(folder);
    expect(tail.map(({ id, seq }) => [id, seq])).toEqual(
      [[1, 1], [2, 5], [5, 6], [3, 8], [4, 9]].map(([index = 0, seq]) => [unplaced(index).id, seq]),
    );
    expect(ids(await collected(journal.all()))).toEqual(ids(tail));
    expect((await opened(folder)).tail).toEqual(tail);
  });

  it("wait for a later start when the disk is full", async () => {
    const folder = await filled(1);
    folder.put(conflict, lineOf(50, 9));
    folder.refusing = "full";
    const { journal, warnings } = await opened(folder);
    expect(journal.counts.events).toBe(1);
    expect(warnings).toHaveLength(1);
    folder.refusing = null;
    expect((await opened(folder)).journal.counts.events).toBe(2);
  });

  it("are shown by a reader, which writes nothing", async () => {
    const folder = await filled(2);
    folder.put(conflict, lineOf(50, 9));
    folder.put(segment(1), `${folder.textOf(segment(1))}garbage\n${lineOf(3, 3).slice(0, 50)}`);
    const paths = folder.paths();
    const reader = await openedForReading(folder);
    expect(ids(await collected(reader.all()))).toEqual(ids([unplaced(1), unplaced(2), unplaced(50)]));
    expect(reader.counts).toMatchObject({ events: 2, quarantined: 1, cut: 0 });
    expect(folder.paths()).toEqual(paths);
  });

  it("of files that a sync tool is still loading are left alone", async () => {
    const folder = await filled(1);
    folder.put(`devices/${own}/journal/.syncthing.000001.ndjson.tmp`, lineOf(50, 9));
    folder.put(`devices/${own}/journal/.000002.ndjson`, lineOf(51, 10));
    expect((await opened(folder)).journal.counts.events).toBe(1);
  });
});

describe("reading", () => {
  it("gives the asked part in order, over segments", async () => {
    const folder = new MemoryDataFolder();
    const { journal } = await opened(folder, { segmentBytes: 3000 });
    await journal.append(unplacedUpTo(50));
    expect(await seqsOf(journal.read({ device: own, from: 48 }))).toEqual([48, 49, 50]);
    expect(await seqsOf(journal.read({ device: own, from: 9, to: 12 }))).toEqual([9, 10, 11, 12]);
    expect(await seqsOf(journal.read({ device: own, from: 51 }))).toEqual([]);
    expect(await seqsOf(journal.read({ device: "nobody", from: 1 }))).toEqual([]);
    const places = RangeSet.of([[1, 2], [20, 20], [49, 60]]);
    const expected = [1, 2, 20, 49, 50].map((index) => placed(index, index));
    expect(await collected(journal.readPlaces(own, places))).toEqual(expected);
    expect(journal.devices()).toEqual([own]);
  });

  it("sees what was appended since, and nothing half written", async () => {
    const folder = new MemoryDataFolder();
    const { journal } = await opened(folder);
    await journal.append([unplaced(1)]);
    folder.put(segment(1), folder.textOf(segment(1)) + lineOf(2, 2) + lineOf(3, 3).slice(0, 40));
    expect(await seqsOf(journal.read({ device: own, from: 1 }))).toEqual([1]);
  });

  it("is not led astray by a damaged line that claims a great seq", async () => {
    const folder = new MemoryDataFolder();
    folder.put(segment(1), lineOf(1, 1) + lineOf(2, 999).replace("node_moved", "node_xoved") + lineOf(3, 2));
    const { journal } = await opened(folder);
    expect(await seqsOf(journal.read({ device: own, from: 1 }))).toEqual([1, 2]);
  });

  it("in hlc order merges all devices, however few events it may hold at once", async () => {
    const folder = new MemoryDataFolder();
    const hlcOf = (index: number): string => `${1_700_000_000_000 + ((index * 17) % 40)}-000000-${own}`;
    const shuffled = unplacedUpTo(40).map((event, index) => ({ ...event, hlc: hlcOf(index) }));
    const { journal } = await opened(folder);
    await journal.append(shuffled);
    const lines = Array.from({ length: 30 }, (_, index) => lineOf(index + 30, index + 1, other));
    folder.put(segment(1, other), lines.join(""));
    await journal.refreshOthers(() => undefined);
    const expected = (await collected(journal.all())).sort((a, b) => (a.hlc < b.hlc ? -1 : 1));
    expect(new Set(ids(expected)).size).toBe(59);
    expect(await collected(journal.inHlcOrder())).toEqual(expected);
    for (const held of [1, 2, 7, 29, 30, 58, 59, 60]) {
      expect(await collected(inHlcOrder(() => journal.all(), () => true, held))).toEqual(expected);
    }
    const even = await collected(journal.inHlcOrder(({ seq }) => seq % 2 === 0));
    expect(even).toEqual(expected.filter(({ seq }) => seq % 2 === 0));
  });
});
