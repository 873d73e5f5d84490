import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createSystemClock } from "../../../src/adapters/system/systemClock";
import { clockContract } from "../../contracts/clock";

describe("with the host's time held still", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  clockContract("the system clock", () => ({
    clock: createSystemClock(),
    advance: async (ms) => {
      await vi.advanceTimersByTimeAsync(ms);
    },
  }));

  it("leaves no host timer behind a cancelled call, however long its delay", async () => {
    const cancel = createSystemClock().after(1e10, () => undefined);
    await vi.advanceTimersByTimeAsync(3e9);
    expect(vi.getTimerCount()).toBe(1);
    cancel();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("in a window", () => {
  it("calls the timers on it, and takes their numbers back", () => {
    const calls: unknown[] = [];
    const page = {
      setTimeout(this: unknown, run: () => void, ms: number): number {
        calls.push(["set", this === page, ms]);
        run();
        return 7;
      },
      clearTimeout(this: unknown, timer: number): void {
        calls.push(["clear", this === page, timer]);
      },
    };
    vi.stubGlobal("window", page);
    const cancel = createSystemClock({ unref: true }).after(30, () => calls.push("ran"));
    cancel();
    vi.unstubAllGlobals();
    expect(calls).toEqual([["set", true, 30], "ran", ["clear", true, 7]]);
  });
});

describe("in Node", () => {
  it.each([
    [{ unref: true }, false],
    [{}, true],
  ])("with %j holds the process: %s", (options, holds) => {
    const plan = vi.spyOn(globalThis, "setTimeout");
    const cancel = createSystemClock(options).after(60_000, () => undefined);
    const timer = plan.mock.results[0]?.value as ReturnType<typeof setTimeout>;
    expect(timer.hasRef()).toBe(holds);
    cancel();
    plan.mockRestore();
  });
});
