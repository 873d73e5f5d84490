import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSignal, neverAborted } from "../../../../src/engine/index";
import { NodeTurns } from "../../../../src/engine/tasks/nodes/nodeTurns";

/** Work that ends when it is told to, with what has begun and ended so far. */
function workshop() {
  const turns = new NodeTurns();
  const log: string[] = [];
  const ends = new Map<string, () => void>();
  const begin = (name: string, keys: readonly string[], signal = neverAborted): Promise<string | null> =>
    turns.run(keys, signal, async () => {
      log.push(name);
      await new Promise<void>((resolve) => ends.set(name, resolve));
      return name;
    });
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const end = async (name: string): Promise<void> => {
    ends.get(name)?.();
    await settle();
  };
  return { turns, log, begin, end, settle };
}

describe("turns of cards", () => {
  it("lets one at a time work on a card, in the order in which they asked, and others beside", async () => {
    const { begin, end, log, settle, turns } = workshop();
    const all = [begin("first", ["a"]), begin("second", ["a"]), begin("other", ["b"]), begin("third", ["a"])];
    await settle();
    expect(log).toEqual(["first", "other"]);
    await end("first");
    await end("second");
    expect(log).toEqual(["first", "other", "second", "third"]);
    await end("third");
    await end("other");
    expect(await Promise.all(all)).toEqual(["first", "second", "other", "third"]);
    expect(turns.size).toBe(0);
  });

  it("gives a selection all of its cards at once, and keeps later ones from overtaking it", async () => {
    const { begin, end, log, settle } = workshop();
    void begin("a", ["a"]);
    void begin("both", ["a", "b", "b"]);
    void begin("b", ["b"]);
    await settle();
    expect(log).toEqual(["a"]);
    await end("a");
    expect(log).toEqual(["a", "both"]);
    await end("both");
    expect(log).toEqual(["a", "both", "b"]);
  });

  it("does nothing of what was cancelled while it waited, and goes on with the next", async () => {
    const { begin, end, log, settle, turns } = workshop();
    const source = createSignal();
    void begin("a", ["a"]);
    const cancelled = begin("cancelled", ["a", "b"], source.signal);
    void begin("b", ["b"]);
    await settle();
    source.abort();
    expect(await cancelled).toBeNull();
    expect(log).toEqual(["a", "b"]);
    await end("a");
    await end("b");
    expect(turns.size).toBe(0);
    expect(await begin("late", ["a"], source.signal)).toBeNull();
    expect(log).toEqual(["a", "b"]);
  });

  it("gives the card back when the work fails", async () => {
    const turns = new NodeTurns();
    await expect(turns.run(["a"], neverAborted, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await turns.run(["a"], neverAborted, async () => "next")).toBe("next");
    expect(turns.size).toBe(0);
  });

  it("never has two at one card, and in the end all of them were there", async () => {
    const keys = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d"), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(keys, fc.nat(3)), { maxLength: 20 }), async (claims) => {
        const turns = new NodeTurns();
        const busy = new Set<string>();
        const done = await Promise.all(
          claims.map(([own, ticks]) =>
            turns.run(own, neverAborted, async () => {
              for (const key of own) {
                expect(busy.has(key)).toBe(false);
                busy.add(key);
              }
              for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
              for (const key of own) busy.delete(key);
              return true;
            }),
          ),
        );
        expect(done).toEqual(claims.map(() => true));
        expect(turns.size).toBe(0);
      }),
    );
  });
});
