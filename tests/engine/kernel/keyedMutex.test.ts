import { describe, expect, it } from "vitest";
import { KeyedMutex, type LockTiming } from "../../../src/engine/kernel/keyedMutex";
import { ManualClock } from "../../fakes/manualClock";

/** A promise that a test settles by hand. */
function gate(): { readonly opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

type Got = Omit<LockTiming, "holdMs">;

function setUp(): { clock: ManualClock; got: Got[]; timings: LockTiming[]; mutex: KeyedMutex } {
  const clock = new ManualClock();
  const timings: LockTiming[] = [];
  const got: Got[] = [];
  return {
    clock,
    got,
    timings,
    mutex: new KeyedMutex(() => clock.monotonic(), {
      acquired: (key, owner, waitMs) => (got.push({ key, owner, waitMs }), () => undefined),
      released: (timing) => void timings.push(timing),
      failed: (error) => expect.fail(String(error)),
    }),
  };
}

describe("KeyedMutex", () => {
  it("runs one key's work one at a time, in order of arrival", async () => {
    const { mutex } = setUp();
    const steps: string[] = [];
    const work = (name: string) => async (): Promise<void> => {
      steps.push(`${name} begins`);
      await Promise.resolve();
      steps.push(`${name} ends`);
    };
    await Promise.all(["a", "b", "c"].map((name) => mutex.run("key", work(name))));
    expect(steps).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
  });

  it("lets different keys run at once", async () => {
    const { mutex } = setUp();
    const inside = new Set<number>();
    const all = gate();
    const work = (index: number) => async (): Promise<void> => {
      inside.add(index);
      if (inside.size === 100) all.open();
      await all.opened;
    };
    await Promise.all(Array.from({ length: 100 }, (_, index) => mutex.run(`key ${index}`, work(index))));
    expect(inside.size).toBe(100);
  });

  it("does not mix keys of which one begins with the other", async () => {
    const { mutex } = setUp();
    const first = gate();
    const held = mutex.run("a", () => first.opened);
    await expect(mutex.run("ab", () => "free")).resolves.toBe("free");
    first.open();
    await held;
  });

  it("makes one entry for callers that arrive before the first has its turn, and none at rest", async () => {
    const { mutex } = setUp();
    const runs = Array.from({ length: 50 }, () => mutex.run("key", () => undefined));
    expect(mutex.size).toBe(1);
    await Promise.all(runs);
    expect(mutex.size).toBe(0);
  });

  it.each([
    ["a rejection", () => Promise.reject(new Error("broken"))],
    [
      "a throw",
      () => {
        throw new Error("broken");
      },
    ],
  ])("releases on %s, tells only the caller and keeps the key usable", async (_, fail: () => Promise<void>) => {
    const { mutex } = setUp();
    const failed = mutex.run("key", fail);
    const next = mutex.run("key", () => "done");
    await expect(failed).rejects.toThrow("broken");
    await expect(next).resolves.toBe("done");
    expect(mutex.size).toBe(0);
  });

  it("keeps a new key exclusive that is asked for while the last holder leaves", async () => {
    const { mutex } = setUp();
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++inside);
      await Promise.resolve();
      inside -= 1;
    };
    const chain = async (): Promise<void> => {
      for (let round = 0; round < 20; round += 1) await mutex.run("key", work);
    };
    await Promise.all([chain(), chain(), chain()]);
    expect(most).toBe(1);
    expect(mutex.size).toBe(0);
  });

  it("measures waiting and holding, and passes the owner on", async () => {
    const { clock, got, mutex, timings } = setUp();
    const first = gate();
    const one = mutex.run("key", () => first.opened, "one");
    const two = mutex.run("key", () => undefined, "two");
    await clock.advance(30);
    first.open();
    await Promise.all([one, two]);
    expect(got).toEqual([
      { key: "key", owner: "one", waitMs: 0 },
      { key: "key", owner: "two", waitMs: 30 },
    ]);
    expect(timings).toEqual([
      { key: "key", owner: "one", waitMs: 0, holdMs: 30 },
      { key: "key", owner: "two", waitMs: 30, holdMs: 0 },
    ]);
  });

  it("reports a listener that throws, and neither the result nor the error of the work changes", async () => {
    const reported: unknown[] = [];
    const broken = new Error("listener");
    const fails = (): never => {
      throw broken;
    };
    const mutex = new KeyedMutex(() => 0, { acquired: fails, released: fails, failed: (error) => reported.push(error) });
    await expect(mutex.run("key", () => 42)).resolves.toBe(42);
    await expect(mutex.run("key", () => Promise.reject(new Error("work")))).rejects.toThrow("work");
    expect(reported).toEqual([broken, broken, broken, broken]);
    expect(mutex.size).toBe(0);
  });
});
