import { describe, expect, it } from "vitest";
import type { LeaseOptions, LeaseResult } from "../../../src/engine/journal/holdLease";
import type { LeaseFolder } from "../../../src/engine/journal/lockFile";
import { holdLease } from "../../../src/engine/journal/holdLease";
import { judgeLease, leaseText, parseLease, type Lease, type ProcessProbe } from "../../../src/engine/journal/lease";
import type { DataFolder } from "../../../src/engine/index";
import { ManualClock } from "../../fakes/manualClock";
import { MemoryDataFolder } from "../../fakes/memoryDataFolder";
import { seededRandom } from "../../fakes/seededRandom";
import { own } from "./journalSetting";

const lock = `devices/${own}/lock.json`;
const now = 1_000_000;
const lease: Lease = { pid: 7, host: "here", start: 1, heartbeat: now, nonce: "n-1" };

function probe(alive: readonly number[], pid = 99, host = "here"): ProcessProbe {
  return { pid, host, isAlive: (asked) => asked === null || alive.includes(asked) };
}

describe("a lease", () => {
  it.each([
    ["its process lives", lease, [7], "held"],
    ["its process is dead", lease, [], "stale"],
    ["its process is on another host", { ...lease, host: "there" }, [], "held"],
    ["its host has no processes and cannot tell", { ...lease, pid: null }, [], "held"],
    ["its process lives but was silent for a minute", { ...lease, heartbeat: now - 60_001 }, [7], "stale"],
    ["it was silent for not quite a minute", { ...lease, heartbeat: now - 60_000 }, [7], "held"],
    ["its heartbeat is a little ahead of our clock", { ...lease, heartbeat: now + 300_000 }, [7], "held"],
    ["its heartbeat is so far ahead that a clock was wrong", { ...lease, heartbeat: now + 300_001 }, [7], "stale"],
    ["another host's heartbeat is that far ahead", { ...lease, host: "there", heartbeat: now + 300_001 }, [], "stale"],
    ["its process had the number that is ours now", { ...lease, pid: 99 }, [99], "stale"],
    ["a process of another host has our number", { ...lease, pid: 99, host: "there" }, [99], "held"],
  ])("when %s", (_, held, alive, kind) => {
    expect(judgeLease(held, now, probe(alive)).kind).toBe(kind);
  });

  it("comes back from its text, and from no other", () => {
    expect(parseLease(leaseText(lease))).toEqual(lease);
    const texts = ["", "{", "null", "[]", "{}", leaseText({ ...lease, nonce: "../x" }), leaseText(lease).slice(0, -5)];
    for (const text of texts) expect(parseLease(text)).toBeNull();
  });
});

describe("holding the lock", () => {
  interface Holder {
    readonly lost: (Lease | null)[];
    readonly result: LeaseResult;
  }

  async function hold(folder: LeaseFolder, clock: ManualClock, alive: readonly number[], pid: number, later = false): Promise<Holder> {
    const lost: (Lease | null)[] = [];
    const options: LeaseOptions = {
      folder,
      device: own,
      clock,
      random: seededRandom(pid),
      probe: probe(alive, pid),
      onLost: (by) => lost.push(by),
      later,
    };
    return { lost, result: await holdLease(options) };
  }

  function writable({ result }: Holder): DataFolder {
    if (result.kind !== "taken") throw new Error("expected to hold the lock");
    return result.folder;
  }

  async function release({ result }: Holder): Promise<void> {
    if (result.kind !== "taken") throw new Error("expected to hold the lock");
    await result.release();
  }

  it("lets one in, the next one when that is gone", async () => {
    const folder = new MemoryDataFolder();
    const clock = new ManualClock();
    const first = await hold(folder, clock, [1, 2], 1);
    expect(first.result.kind).toBe("taken");
    expect((await hold(folder, clock, [1, 2], 2)).result).toMatchObject({ kind: "held", by: { pid: 1, host: "here" } });
    await release(first);
    expect(folder.paths()).toEqual([]);
    expect(clock.pending).toBe(0);
    expect((await hold(folder, clock, [1, 2], 2)).result.kind).toBe("taken");
  });

  it("takes over from a process that died", async () => {
    const folder = new MemoryDataFolder();
    const clock = new ManualClock();
    await hold(folder, clock, [1], 1);
    expect((await hold(folder, clock, [2], 2)).result.kind).toBe("taken");
    expect(parseLease(folder.textOf(lock))?.pid).toBe(2);
    expect(folder.paths()).toEqual([lock]);
  });

  it("takes over at once from a process whose number it has now, such as that of a container that was killed", async () => {
    const folder = new MemoryDataFolder();
    const clock = new ManualClock();
    folder.put(lock, leaseText({ ...lease, pid: 1, heartbeat: clock.now() }));
    expect((await hold(folder, clock, [1], 1)).result.kind).toBe("taken");
    expect(parseLease(folder.textOf(lock))?.nonce).not.toBe(lease.nonce);
  });

  it("takes over a lock file that was cut", async () => {
    const folder = new MemoryDataFolder();
    folder.put(lock, `{"pid":1,"ho`);
    expect((await hold(folder, new ManualClock(), [1], 2)).result.kind).toBe("taken");
  });

  it("stays held as long as it beats, however long that is", async () => {
    const folder = new MemoryDataFolder();
    const clock = new ManualClock();
    const first = await hold(folder, clock, [1, 2], 1);
    for (let minute = 0; minute < 10; minute += 1) {
      await clock.advance(60_000);
      expect((await hold(folder, clock, [1, 2], 2)).result.kind).toBe("held");
    }
    expect(first.lost).toEqual([]);
  });

  it("tells its holder when somebody took it over, and leaves the other's alone", async () => {
    const folder = new MemoryDataFolder();
    const asleep = new ManualClock();
    const first = await hold(folder, asleep, [1, 2], 1);
    const awake = new ManualClock(asleep.now() + 61_000);
    const second = await hold(folder, awake, [1, 2], 2);
    expect(second.result.kind).toBe("taken");
    await asleep.advance(15_000);
    expect(first.lost).toMatchObject([{ pid: 2 }]);
    await asleep.advance(120_000);
    expect(first.lost).toHaveLength(1);
    await release(first);
    expect(parseLease(folder.textOf(lock))?.pid).toBe(2);
    await release(second);
    expect(folder.paths()).toEqual([]);
  });

  it("keeps a holder that slept too long from writing, before its next heartbeat", async () => {
    const memory = new MemoryDataFolder();
    const asleep = new ManualClock();
    const first = await hold(memory, asleep, [1, 2], 1);
    await writable(first).append("a", "1");
    const second = await hold(memory, new ManualClock(asleep.now() + 61_000), [1, 2], 2);
    asleep.setWall(asleep.now() + 62_000);
    const folder = writable(first);
    const refused = { name: "StorageError" };
    await expect(folder.append("a", "2")).rejects.toMatchObject(refused);
    expect(first.lost).toMatchObject([{ pid: 2 }]);
    await expect(folder.write("a", "2")).rejects.toMatchObject(refused);
    await expect(folder.remove("a")).rejects.toMatchObject(refused);
    await writable(second).append("a", "3");
    expect(await folder.read("a")).toBe("13");
    await release(second);
    await expect(writable(second).append("a", "4")).rejects.toMatchObject(refused);
    expect(asleep.pending).toBe(0);
  });

  it("lets a holder that slept write when nobody used it", async () => {
    const memory = new MemoryDataFolder();
    const clock = new ManualClock();
    const first = await hold(memory, clock, [1, 2], 1);
    clock.setWall(clock.now() + 3_600_000);
    await Promise.all(["1", "2", "3"].map((text) => writable(first).append("a", text)));
    expect(memory.textOf("a")).toBe("123");
    expect((await hold(memory, clock, [1, 2], 2)).result.kind).toBe("held");
    expect(first.lost).toEqual([]);
  });

  it("is taken by the first write where its file could not be written before", async () => {
    const memory = new MemoryDataFolder();
    const clock = new ManualClock();
    memory.refusing = "full";
    await expect(hold(memory, clock, [1], 1)).rejects.toMatchObject({ fault: "full" });
    const first = await hold(memory, clock, [1, 2, 3], 1, true);
    const late = await hold(memory, clock, [1, 2, 3], 2, true);
    await expect(writable(first).append("a", "1")).rejects.toMatchObject({ fault: "full" });
    memory.refusing = null;
    await writable(first).append("a", "1");
    await expect(writable(late).append("a", "2")).rejects.toMatchObject({ name: "StorageError" });
    expect([first.lost, late.lost]).toMatchObject([[], [{ pid: 1 }]]);
    expect(memory.textOf("a")).toBe("1");
  });

  it("stays its holder's when a heartbeat is cut by a full disk", async () => {
    const memory = new MemoryDataFolder();
    const clock = new ManualClock();
    const first = await hold(memory, clock, [1, 2], 1);
    memory.tearNext(5, "full");
    await clock.advance(15_000);
    expect(parseLease(memory.textOf(lock))).toBeNull();
    await clock.advance(15_000);
    expect(parseLease(memory.textOf(lock))?.pid).toBe(1);
    expect(first.lost).toEqual([]);
  });

  it("tells its holder when the file is gone", async () => {
    const folder = new MemoryDataFolder();
    const clock = new ManualClock();
    const first = await hold(folder, clock, [1], 1);
    await folder.remove(lock);
    await clock.advance(15_000);
    expect(first.lost).toEqual([null]);
    expect(folder.paths()).toEqual([]);
  });

  it("outlives a disk that is full for a while", async () => {
    const folder = new MemoryDataFolder();
    const clock = new ManualClock();
    const first = await hold(folder, clock, [1, 2], 1);
    folder.refusing = "full";
    await clock.advance(40_000);
    folder.refusing = null;
    await clock.advance(30_000);
    expect((await hold(folder, clock, [1, 2], 2)).result.kind).toBe("held");
    expect(first.lost).toEqual([]);
  });

  it("lets exactly one of many take a stale lock over", async () => {
    for (const dead of [leaseText({ ...lease, pid: 1000 }), "cut"]) {
      const folder = new MemoryDataFolder();
      folder.put(lock, dead);
      const clock = new ManualClock();
      const alive = [1, 2, 3, 4, 5, 6];
      const holders = await Promise.all(alive.map((pid) => hold(folder, clock, alive, pid)));
      expect(holders.filter(({ result }) => result.kind === "taken")).toHaveLength(1);
      await clock.advance(60_000);
      expect(holders.flatMap(({ lost }) => lost)).toEqual([]);
    }
  });

  it("is not stopped by one that died while taking over", async () => {
    const folder = new MemoryDataFolder();
    const clock = new ManualClock();
    folder.put(lock, leaseText({ ...lease, pid: 1000, heartbeat: clock.now() }));
    folder.put(`devices/${own}/lock.${lease.nonce}.json`, leaseText({ ...lease, pid: 1001, heartbeat: clock.now() }));
    expect((await hold(folder, clock, [2], 2)).result.kind).toBe("taken");
    expect(folder.paths()).toEqual([lock]);
  });

  it("works on a host that cannot make a file for one process only", async () => {
    const memory = new MemoryDataFolder();
    const plain: LeaseFolder = {
      list: (path) => memory.list(path),
      read: (path) => memory.read(path),
      stream: (path) => memory.stream(path),
      append: (path, text) => memory.append(path, text),
      write: (path, text) => memory.write(path, text),
      remove: (path) => memory.remove(path),
    };
    const clock = new ManualClock();
    const first = await hold(plain, clock, [1, 2], 1);
    expect(first.result.kind).toBe("taken");
    expect((await hold(plain, clock, [1, 2], 2)).result.kind).toBe("held");
    expect((await hold(plain, clock, [2], 2)).result.kind).toBe("taken");
  });
});
