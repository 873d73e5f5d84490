import { describe, expect, it, vi } from "vitest";
import { DeviceJournal } from "../../../src/engine/journal/deviceJournal";
import { MemoryDataFolder } from "../../fakes/memoryDataFolder";
import {
  collected,
  lineOf,
  linesElsewhere,
  opened,
  own,
  placed,
  segment,
  seqsOf,
  unplaced,
  unplacedUpTo,
} from "./journalSetting";

/** Lets everything run that needs no release of the folder. */
async function settle(): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
}

describe("appending", () => {
  it("resolves with the events on their places once their lines are there", async () => {
    const folder = new MemoryDataFolder();
    const { journal } = await opened(folder);
    expect(await journal.append([unplaced(1), unplaced(2)])).toEqual([placed(1, 1), placed(2, 2)]);
    expect(await journal.append([unplaced(3)])).toEqual([placed(3, 3)]);
    expect(linesElsewhere(folder)).toEqual([placed(1, 1), placed(2, 2), placed(3, 3)]);
    expect(journal.counts.events).toBe(3);
  });

  it("does not resolve before the folder has the lines", async () => {
    const folder = new MemoryDataFolder();
    const { journal } = await opened(folder);
    folder.hold();
    let done = false;
    const appending = journal.append([unplaced(1)]).then(() => (done = true));
    await settle();
    expect(done).toBe(false);
    folder.release();
    await appending;
    expect(done).toBe(true);
  });

  it("hands a lone event to the folder at once", async () => {
    const folder = new MemoryDataFolder();
    const { journal } = await opened(folder);
    const appending = journal.append([unplaced(1)]);
    expect(folder.appended).toHaveLength(1);
    await appending;
  });

  it("lets what comes during a write leave together, in the order of the calls", async () => {
    const folder = new MemoryDataFolder();
    const { journal } = await opened(folder);
    const calls = unplacedUpTo(50).map((event) => journal.append([event]));
    const results = await Promise.all(calls);
    expect(folder.appended).toHaveLength(2);
    expect(results.flat().map(({ id, seq }) => ({ id, seq }))).toEqual(
      unplacedUpTo(50).map(({ id }, index) => ({ id, seq: index + 1 })),
    );
    expect(linesElsewhere(folder)).toEqual(results.flat());
  });

  it("lets no more leave together than the limit, but never splits a call", async () => {
    const folder = new MemoryDataFolder();
    const { journal } = await opened(folder, { groupLength: 2000 });
    const calls = [...unplacedUpTo(20).map((event) => [event]), unplacedUpTo(20, 21)];
    await Promise.all(calls.map((events) => journal.append(events)));
    const sizes = folder.appended.map(({ text }) => text.split("\n").length - 1);
    expect(sizes[0]).toBe(1);
    expect(sizes.at(-1)).toBeGreaterThanOrEqual(20);
    expect(sizes.slice(1, -1).every((lines) => lines === sizes[1] && lines < 6)).toBe(true);
    const seqs = await seqsOf(journal.read({ device: own, from: 1 }));
    expect(seqs).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  });

  it("knows an event from the call on", async () => {
    const folder = new MemoryDataFolder();
    const { journal } = await opened(folder);
    folder.hold();
    const appending = journal.append([unplaced(1)]);
    expect(journal.has(unplaced(1).id)).toBe(true);
    expect(journal.present(own).has(1)).toBe(false);
    folder.release();
    await appending;
    expect(journal.has(unplaced(1).id)).toBe(true);
    expect(journal.present(own).has(1)).toBe(true);
  });

  it("says which append carries an event until that is answered", async () => {
    const folder = new MemoryDataFolder();
    const { journal } = await opened(folder);
    folder.hold();
    const appending = journal.append([unplaced(1)]);
    expect(journal.onItsWay(unplaced(1).id)).toBe(appending);
    expect(journal.onItsWay(unplaced(2).id)).toBeNull();
    folder.release();
    await appending;
    expect(journal.onItsWay(unplaced(1).id)).toBeNull();
    folder.refusing = "full";
    const failing = journal.append([unplaced(2)]);
    const carrier = journal.onItsWay(unplaced(2).id);
    await expect(failing).rejects.toThrow();
    await expect(carrier).rejects.toMatchObject({ fault: "full" });
    expect(journal.onItsWay(unplaced(2).id)).toBeNull();
  });

  it("refuses mistakes of the caller and claims nothing for them", async () => {
    const { journal } = await opened(new MemoryDataFolder());
    await journal.append([unplaced(1)]);
    expect(() => journal.append([unplaced(2), unplaced(1)])).toThrow(RangeError);
    expect(() => journal.append([unplaced(2), unplaced(2)])).toThrow(RangeError);
    expect(() => journal.append([unplaced(2, { device: "device-b" })])).toThrow(RangeError);
    expect(journal.has(unplaced(2).id)).toBe(false);
    expect(await journal.append([])).toEqual([]);
  });

  it("refuses only the call whose events JSON cannot hold", async () => {
    const { journal } = await opened(new MemoryDataFolder());
    const huge = unplaced(2, { data: { n: 1n as unknown as number } });
    const calls = [unplaced(1), huge, unplaced(3)].map((event) => journal.append([event]));
    const results = await Promise.allSettled(calls);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(journal.has(unplaced(2).id)).toBe(false);
    expect(await seqsOf(journal.read({ device: own, from: 1 }))).toEqual([1, 3]);
  });

  it("begins a new segment where one is full and splits no line", async () => {
    const folder = new MemoryDataFolder();
    const { journal } = await opened(folder, { segmentBytes: 2000 });
    for (let index = 1; index <= 12; index += 1) await journal.append([unplaced(index)]);
    await journal.append(unplacedUpTo(20, 13));
    const segments = folder.paths().filter((path) => path.includes("/journal/"));
    expect(segments.slice(0, 2)).toEqual([segment(1), segment(2)]);
    expect(segments.length).toBeGreaterThan(5);
    for (const path of segments) {
      expect(folder.bytesOf(path).length).toBeLessThanOrEqual(2000);
      expect(folder.textOf(path).endsWith("}\n")).toBe(true);
    }
    expect(linesElsewhere(folder)).toHaveLength(32);
    const again = await opened(folder, { segmentBytes: 2000 });
    expect(again.tail.map(({ seq }) => seq)).toEqual(Array.from({ length: 32 }, (_, index) => index + 1));
    expect(await again.journal.append([unplaced(33)])).toEqual([placed(33, 33)]);
  });

  it("gives a line that is longer than a segment one of its own", async () => {
    const folder = new MemoryDataFolder();
    const { journal } = await opened(folder, { segmentBytes: 1000 });
    await journal.append([unplaced(1), unplaced(2, { data: { text: "ä".repeat(2000) } }), unplaced(3)]);
    expect(folder.paths()).toEqual([segment(1), segment(2), segment(3)]);
    expect(folder.bytesOf(segment(2)).length).toBeGreaterThan(4000);
  });

  it("stays in order and complete under many calls of many sizes", async () => {
    const folder = new MemoryDataFolder();
    const { journal } = await opened(folder, { segmentBytes: 50_000, groupLength: 3000 });
    const calls: Promise<unknown>[] = [];
    for (let from = 1; from <= 2000; ) {
      const size = 1 + ((from * 7) % 23);
      calls.push(journal.append(unplacedUpTo(size, from)));
      from += size;
      if (from % 5 === 0) await settle();
    }
    await Promise.all(calls);
    await journal.idle();
    const events = await collected(journal.read({ device: own, from: 1 }));
    expect(events.map(({ id }) => id)).toEqual(unplacedUpTo(events.length).map(({ id }) => id));
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  });
});

describe("an append that fails", () => {
  const anyFault = { name: "StorageError", fault: "full" };

  it("rejects, releases its ids, and the next one ends the failing state", async () => {
    const folder = new MemoryDataFolder();
    const { journal } = await opened(folder);
    const states: string[] = [];
    journal.onState((state) => states.push(state.kind));
    folder.refusing = "full";
    await expect(journal.append([unplaced(1)])).rejects.toMatchObject(anyFault);
    await expect(journal.append([unplaced(1)])).rejects.toMatchObject(anyFault);
    expect(journal.state).toMatchObject({ kind: "failing", fault: "full" });
    expect(journal.has(unplaced(1).id)).toBe(false);
    folder.refusing = null;
    expect((await journal.append([unplaced(1)]))[0]?.id).toBe(unplaced(1).id);
    expect(journal.state).toEqual({ kind: "ok" });
    expect(states).toEqual(["failing", "ok"]);
  });

  it("is over when a try finds that the host keeps lines again, and the try leaves no event and no damage", async () => {
    const folder = new MemoryDataFolder();
    const { journal } = await opened(folder);
    await journal.append([unplaced(1)]);
    folder.tearNext(20, "full");
    await expect(journal.append([unplaced(2)])).rejects.toMatchObject(anyFault);
    folder.refusing = "full";
    await journal.tryAgain();
    await journal.tryAgain();
    expect(journal.state).toMatchObject({ kind: "failing", fault: "full" });
    folder.refusing = null;
    await journal.tryAgain();
    expect(journal.state).toEqual({ kind: "ok" });
    const text = folder.textOf(segment(1));
    await journal.tryAgain();
    expect(folder.textOf(segment(1))).toBe(text);
    expect(folder.paths().filter((path) => path.endsWith("room.tmp"))).toEqual([]);
    expect(await journal.append([unplaced(3)])).toEqual([placed(3, 3)]);
    expect(await collected(journal.read({ device: own, from: 1 }))).toEqual([placed(1, 1), placed(3, 3)]);
    expect(journal.counts).toMatchObject({ events: 2, cut: 1, quarantined: 0 });
    expect((await opened(folder)).journal.counts).toMatchObject({ events: 2, cut: 1, quarantined: 0 });
  });

  it("does not take calls along that come during a try", async () => {
    const folder = new MemoryDataFolder();
    const { journal } = await opened(folder);
    folder.tearNext(0, "full");
    await expect(journal.append([unplaced(1)])).rejects.toMatchObject(anyFault);
    folder.tearNext(0, "full");
    const trying = journal.tryAgain();
    expect(await journal.append([unplaced(2)])).toEqual([placed(2, 2)]);
    await trying;
    expect(journal.state).toEqual({ kind: "ok" });
  });

  it("takes those that wait behind it along, so that none overtakes another", async () => {
    const folder = new MemoryDataFolder();
    const { journal } = await opened(folder, { groupLength: 500 });
    folder.tearNext(0, "full");
    const results = await Promise.allSettled(unplacedUpTo(10).map((event) => journal.append([event])));
    expect(results.every(({ status }) => status === "rejected")).toBe(true);
    expect(unplacedUpTo(10).some(({ id }) => journal.has(id))).toBe(false);
    await journal.append([unplaced(11)]);
    expect(linesElsewhere(folder)).toHaveLength(1);
  });

  it("never gives a seq twice", async () => {
    const folder = new MemoryDataFolder();
    const { journal } = await opened(folder);
    folder.tearNext(10);
    await expect(journal.append([unplaced(1), unplaced(2)])).rejects.toThrow();
    expect((await journal.append([unplaced(3)]))[0]?.seq).toBe(3);
  });

  it("at any byte keeps exactly the events whose lines are whole", async () => {
    const line = Buffer.byteLength(lineOf(1, 1)) - 1;
    for (let bytes = 0; bytes <= line + 2; bytes += 1) {
      const folder = new MemoryDataFolder();
      const { journal, recovered } = await opened(folder);
      folder.tearNext(bytes);
      const calls = await Promise.allSettled([journal.append([unplaced(1)]), journal.append(unplacedUpTo(2, 2))]);
      const isWhole = bytes >= line;
      expect(calls.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
      expect(recovered).toEqual(isWhole ? [placed(1, 1)] : []);
      await journal.append([unplaced(4)]);
      const kept = isWhole ? [placed(1, 1), placed(4, 2)] : [placed(4, 2)];
      expect(await collected(journal.read({ device: own, from: 1 }))).toEqual(kept);
      expect((await opened(folder)).tail).toEqual(kept);
    }
  }, 120_000);

  it("in the middle of a call gives out the part that is durable through onRecovered", async () => {
    const folder = new MemoryDataFolder();
    const { journal, recovered } = await opened(folder);
    folder.tearNext(Buffer.byteLength(lineOf(1, 1)) + 20);
    await expect(journal.append(unplacedUpTo(3))).rejects.toThrow();
    expect(recovered).toEqual([placed(1, 1)]);
    expect(journal.present(own).has(1)).toBe(true);
    const refill = unplacedUpTo(3).filter(({ id }) => !journal.has(id));
    await journal.append(refill);
    expect((await opened(folder)).tail.map(({ id }) => id)).toEqual(unplacedUpTo(3).map(({ id }) => id));
  });

  it("between two segments keeps what the first one took", async () => {
    const folder = new MemoryDataFolder();
    const line = Buffer.byteLength(lineOf(1, 1));
    const { journal, recovered } = await opened(folder, { segmentBytes: 3 * line });
    folder.passNext();
    folder.passNext();
    folder.tearNext(line + 5);
    const calls = [[unplaced(1)], [unplaced(2)], unplacedUpTo(4, 3)].map((events) => journal.append(events));
    const results = await Promise.allSettled(calls);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
    expect(recovered).toEqual([placed(3, 3), placed(4, 4)]);
    await journal.append(unplacedUpTo(2, 5));
    expect((await opened(folder)).tail.map(({ id }) => id)).toEqual(unplacedUpTo(6).map(({ id }) => id));
    expect(folder.textOf(segment(1)).split("\n")).toHaveLength(4);
  });

  it("is repaired later where the folder cannot be read at once", async () => {
    const folder = new MemoryDataFolder();
    const { journal, recovered } = await opened(folder);
    folder.tearNext(2000);
    folder.unreadable = "other";
    await expect(journal.append([unplaced(1)])).rejects.toThrow();
    expect(recovered).toEqual([]);
    await expect(journal.append([unplaced(2)])).rejects.toThrow();
    folder.unreadable = null;
    await journal.append([unplaced(3)]);
    expect(recovered).toEqual([placed(1, 1)]);
    expect(linesElsewhere(folder).length).toBe(2);
  });

  it("and is asked for again before the repair resolves with what was there", async () => {
    const folder = new MemoryDataFolder();
    const { journal, recovered } = await opened(folder);
    folder.tearNext(2000);
    folder.unreadable = "other";
    await expect(journal.append([unplaced(1)])).rejects.toThrow();
    folder.unreadable = null;
    const again = await journal.append([unplaced(1), unplaced(2)]);
    expect(again.map(({ id, seq }) => [id, seq])).toEqual([[unplaced(1).id, 1], [unplaced(2).id, 2]]);
    expect(recovered).toEqual([]);
    expect(linesElsewhere(folder)).toEqual(again);
  });

  it("gives out what a repair found for a call that is then refused", async () => {
    const folder = new MemoryDataFolder();
    const { journal, recovered } = await opened(folder, { groupLength: 100 });
    folder.tearNext(2000);
    folder.unreadable = "other";
    await expect(journal.append([unplaced(1)])).rejects.toThrow();
    folder.unreadable = null;
    folder.tearNext(0, "full");
    const first = journal.append([unplaced(2)]);
    const second = journal.append([unplaced(1)]);
    await expect(first).rejects.toMatchObject(anyFault);
    await expect(second).rejects.toMatchObject(anyFault);
    expect(journal.has(unplaced(1).id)).toBe(true);
    expect(recovered).toEqual([placed(1, 1)]);
  });

  it("by a mistake of ours refuses whoever waits, and the journal goes on", async () => {
    const folder = new MemoryDataFolder();
    const { journal, recovered } = await opened(folder);
    const take = vi.spyOn(DeviceJournal.prototype, "take").mockImplementationOnce(() => {
      throw new RangeError("a mistake");
    });
    const calls = await Promise.allSettled(unplacedUpTo(3).map((event) => journal.append([event])));
    take.mockRestore();
    expect(calls.map((call) => call.status === "rejected" && String(call.reason))).toEqual(Array(3).fill("StorageError: RangeError: a mistake"));
    expect(journal.state).toMatchObject({ kind: "failing", fault: "other" });
    await journal.idle();
    expect(await journal.append([unplaced(4)])).toEqual([placed(4, 2)]);
    expect(journal.state).toEqual({ kind: "ok" });
    expect(recovered).toEqual([placed(1, 1)]);
    expect((await opened(folder)).tail).toEqual([placed(1, 1), placed(4, 2)]);
  });

  it("sets the cut rest aside as such, not as damage", async () => {
    const folder = new MemoryDataFolder();
    const { journal } = await opened(folder);
    await journal.append([unplaced(1)]);
    folder.tearNext(50);
    await expect(journal.append([unplaced(2)])).rejects.toThrow();
    await journal.append([unplaced(2)]);
    expect(journal.counts).toMatchObject({ cut: 1, quarantined: 0, events: 2 });
    expect((await opened(folder)).journal.counts).toMatchObject({ cut: 1, quarantined: 0, events: 2 });
  });

  it("because the segment was taken away goes on in a new one", async () => {
    const folder = new MemoryDataFolder();
    const { journal } = await opened(folder);
    await journal.append(unplacedUpTo(3));
    await folder.remove(segment(1));
    folder.tearNext(0, "gone");
    await expect(journal.append([unplaced(4)])).rejects.toMatchObject({ fault: "gone" });
    await journal.append([unplaced(5)]);
    expect(folder.paths()).toEqual([segment(1), segment(2)]);
    expect(folder.textOf(segment(1))).toBe("");
    expect(linesElsewhere(folder)).toEqual([placed(5, 5)]);
  });

  it("keeps working when a listener throws", async () => {
    const folder = new MemoryDataFolder();
    const warnings: string[] = [];
    const { journal } = await opened(folder, {
      logger: { debug: () => undefined, warn: () => undefined, error: (message) => warnings.push(message) },
    });
    journal.onRecovered(() => {
      throw new Error("listener");
    });
    folder.tearNext(600);
    await expect(journal.append(unplacedUpTo(3))).rejects.toThrow();
    await journal.append([unplaced(4)]);
    expect(warnings).toHaveLength(1);
  });
});
