import { beforeEach, describe, expect, it } from "vitest";
import type { DeviceHold } from "../../../src/adapters/obsidian/holdDevice";
import { holdDevice } from "../../../src/adapters/obsidian/holdDevice";
import type { SignalSource } from "../../../src/engine/index";
import { createSignal } from "../../../src/engine/index";
import { ManualClock } from "../../fakes/manualClock";
import { MemoryDataFolder } from "../../fakes/memoryDataFolder";
import { MemoryLocks } from "../../fakes/memoryLocks";
import { seededRandom } from "../../fakes/seededRandom";

const DEVICE = "0123456789abcdef";
const LOCK = `devices/${DEVICE}/lock.json`;

/** One instance of the plugin that wants the device's folder. */
interface Asking {
  readonly hold: Promise<DeviceHold>;
  readonly held: () => DeviceHold | null;
  readonly waits: () => number;
  readonly lost: () => number;
  readonly source: SignalSource;
}

let clock: ManualClock;
let folder: MemoryDataFolder;
let seed: number;

beforeEach(() => {
  clock = new ManualClock();
  folder = new MemoryDataFolder();
  seed = 0;
});

interface Where {
  readonly window?: object;
  readonly locks?: LockManager | null;
  readonly since?: number;
  readonly oneWindow?: boolean;
}

async function ask({ window = {}, locks = null, since = clock.now(), oneWindow = false }: Where): Promise<Asking> {
  let held: DeviceHold | null = null;
  let [waits, lost] = [0, 0];
  const source = createSignal();
  const hold = holdDevice({
    scope: { window, locks },
    oneWindow,
    windowSince: since,
    folder,
    device: DEVICE,
    clock,
    random: seededRandom((seed += 1)),
    signal: source.signal,
    onWait: () => (waits += 1),
    onLost: () => (lost += 1),
  });
  hold.then((got) => (held = got), () => undefined);
  await clock.flush();
  return { hold, source, held: () => held, waits: () => waits, lost: () => lost };
}

describe.each([
  ["with the app's locks", () => new MemoryLocks()],
  ["without them", () => null],
])("instances of the plugin in one window, %s", (_, makeLocks) => {
  it("have the folder one after the other, each once the one before has let go", async () => {
    const window = {};
    const locks = makeLocks();
    const [first, second, third] = [await ask({ window, locks }), await ask({ window, locks }), await ask({ window, locks })];
    expect([first.held() !== null, second.held(), third.held()]).toEqual([true, null, null]);
    await first.held()?.release();
    await clock.flush();
    expect([second.held() !== null, third.held()]).toEqual([true, null]);
    await second.held()?.release();
    await clock.flush();
    expect(third.held()).not.toBeNull();
    expect(first.waits() + second.waits() + third.waits()).toBe(0);
  });

  it("skip one that gave up", async () => {
    const window = {};
    const locks = makeLocks();
    const [first, second, third] = [await ask({ window, locks }), await ask({ window, locks }), await ask({ window, locks })];
    second.source.abort();
    await expect(second.hold).rejects.toThrow("unloaded");
    expect(third.held()).toBeNull();
    await first.held()?.release();
    await clock.flush();
    expect(third.held()).not.toBeNull();
  });
});

describe("windows of one app", () => {
  it("have the folder one at a time, and the one that waits says so and goes on at once", async () => {
    const locks = new MemoryLocks();
    const first = await ask({ locks });
    const second = await ask({ locks });
    expect([second.held(), second.waits()]).toEqual([null, 1]);
    await clock.advance(300_000);
    expect([second.held(), first.lost()]).toEqual([null, 0]);
    await first.held()?.release();
    await clock.flush();
    expect(second.held()).not.toBeNull();
  });

  it("do not wait for one that died", async () => {
    await ask({ locks: new MemoryLocks() });
    await clock.advance(1_000);
    const next = await ask({ locks: new MemoryLocks() });
    expect([next.held() !== null, next.waits()]).toEqual([true, 0]);
  });

  it("end their waiting when the plugin is turned off", async () => {
    const locks = new MemoryLocks();
    const first = await ask({ locks });
    const second = await ask({ locks });
    second.source.abort();
    await expect(second.hold).rejects.toThrow("unloaded");
    await first.held()?.release();
    expect((await locks.query()).held).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});

describe("an app whose windows nobody can tell of", () => {
  it("waits until the lock that was left is silent for a minute", async () => {
    await ask({});
    const crashed = folder;
    folder = crashed.copy();
    const next = await ask({});
    await clock.advance(55_000);
    expect([next.held(), next.waits() > 0]).toEqual([null, true]);
    await clock.advance(15_000);
    expect(next.held()).not.toBeNull();
  });

  it("does not wait where it never has a second window", async () => {
    await ask({ oneWindow: true });
    await clock.advance(1_000);
    expect((await ask({ oneWindow: true })).held()).not.toBeNull();
  });

  it("goes on without locks where the app refuses them", async () => {
    const locks: LockManager = {
      request: () => Promise.reject(new DOMException("no", "SecurityError")),
      query: () => Promise.resolve({ held: [], pending: [] }),
    };
    const first = await ask({ locks });
    expect(first.held()).not.toBeNull();
    await first.held()?.release();
    expect(folder.paths()).toEqual([]);
  });
});

describe("two copies of an app that share the device's folder", () => {
  it("do not take it from each other again and again", async () => {
    const first = await ask({ locks: new MemoryLocks() });
    await clock.advance(1_000);
    const second = await ask({ locks: new MemoryLocks() });
    await clock.advance(15_000);
    expect([first.lost(), second.held() !== null]).toEqual([1, true]);
    await expect(first.held()?.folder.append("a", "x")).rejects.toMatchObject({ name: "StorageError" });
    await first.held()?.release();
    const again = await ask({ locks: new MemoryLocks(), since: clock.now() - 16_000 });
    await clock.advance(120_000);
    expect([again.held(), again.waits() > 0, second.lost()]).toEqual([null, true, 0]);
    await second.held()?.release();
    await clock.advance(5_000);
    expect(again.held()).not.toBeNull();
    expect(folder.paths()).toEqual([LOCK]);
  });
});
