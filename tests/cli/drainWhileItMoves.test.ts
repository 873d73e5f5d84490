import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { drainWhileItMoves } from "../../src/cli/drainWhileItMoves";
import type { EngineSignal } from "../../src/engine/index";

type Listener = (signal: EngineSignal) => void;

/** A store that takes a batch at each of these moments (milliseconds) and is done with the last one if `ends`. */
function storeThatTakes(moments: readonly number[], ends: boolean) {
  const listeners = new Set<Listener>();
  const started = performance.now();
  let done = false;
  let waiting: (() => void) | null = null;
  for (const [index, moment] of moments.entries()) {
    setTimeout(() => {
      for (const listener of listeners) listener({ kind: "batch", store: "neo4j", events: 1, stored: 1, failed: 0, ms: 1 });
      done = ends && index === moments.length - 1;
      if (done) waiting?.();
    }, moment);
  }
  return {
    elapsed: () => performance.now() - started,
    listeners,
    onSignal: (listener: Listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    drain: (ms: number) =>
      new Promise<boolean>((resolve) => {
        waiting = () => resolve(true);
        setTimeout(() => resolve(done), ms);
      }),
  };
}

describe("waiting for a store", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("goes on as long as it takes something within the limit", async () => {
    const store = storeThatTakes([10_000, 20_000, 30_000, 40_000], true);
    const drained = drainWhileItMoves(store, 15_000);
    await vi.advanceTimersByTimeAsync(40_000);
    expect(await drained).toBe(true);
    expect(store.listeners.size).toBe(0);
  });

  it("ends when nothing was taken for exactly the limit", async () => {
    const store = storeThatTakes([10_000], false);
    let ended = 0;
    const drained = drainWhileItMoves(store, 15_000).finally(() => (ended = store.elapsed()));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await drained).toBe(false);
    expect(ended).toBe(25_000);
  });

  it("ends at once where only a person can help", async () => {
    const store = { ...storeThatTakes([], false), drain: async () => false };
    expect(await drainWhileItMoves(store, 15_000)).toBe(false);
  });
});
