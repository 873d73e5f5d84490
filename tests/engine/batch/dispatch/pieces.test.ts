import { describe, expect, it } from "vitest";
import { createSignal, neverAborted } from "../../../../src/engine/kernel/signal";
import { bounded, pauseFor } from "../../../../src/engine/kernel/bounded";
import { Burst } from "../../../../src/engine/batch/policy/burst";
import { eventBytes } from "../../../../src/engine/batch/dispatch/eventBytes";
import { LinkedList, type Linked } from "../../../../src/engine/batch/queue/linkedList";
import { Settlements } from "../../../../src/engine/batch/dispatch/settlements";
import { ManualClock } from "../../../fakes/manualClock";
import { event } from "./dispatchWorld";

describe("work within a time", () => {
  it("gives its value, its rejection, or that it was late or given up", async () => {
    const clock = new ManualClock();
    expect(await bounded(clock, 100, neverAborted, () => Promise.resolve(7))).toEqual({ kind: "done", value: 7 });
    await expect(bounded(clock, 100, neverAborted, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    await expect(
      bounded(clock, 100, neverAborted, () => {
        throw new Error("at once");
      }),
    ).rejects.toThrow("at once");
    const told: boolean[] = [];
    const late = bounded(clock, 100, neverAborted, (signal) => {
      signal.onAbort(() => told.push(true));
      return new Promise(() => undefined);
    });
    await clock.advance(100);
    expect(await late).toEqual({ kind: "late" });
    const source = createSignal();
    const aborted = bounded(clock, 100, source.signal, () => new Promise(() => undefined));
    source.abort();
    expect(await aborted).toEqual({ kind: "aborted" });
    expect(await bounded(clock, 100, source.signal, () => Promise.resolve(7))).toEqual({ kind: "aborted" });
    expect(told).toEqual([true]);
    expect(clock.pending).toBe(0);
  });

  it("pauses until the time or the signal", async () => {
    const clock = new ManualClock();
    const source = createSignal();
    const first = pauseFor(clock, 50, source.signal);
    await clock.advance(50);
    expect(await first).toBe("elapsed");
    const second = pauseFor(clock, 50, source.signal);
    source.abort();
    expect(await second).toBe("aborted");
    expect(await pauseFor(clock, 50, source.signal)).toBe("aborted");
    expect(clock.pending).toBe(0);
  });
});

describe("the weight of an event", () => {
  it.each(["plain", "größer", "图".repeat(500), "🎓".repeat(300), '\\"\n'.repeat(5)])(
    "is near that of its JSON: %s",
    (text) => {
      const one = {
        ...event({ text }),
        data: { node: { text, list: [1, 2.5, null, true], deep: { color: "1" } }, level: null },
      };
      const bytes = new TextEncoder().encode(JSON.stringify(one)).length;
      expect(Math.abs(eventBytes(one) - bytes)).toBeLessThan(200 + bytes * 0.05);
    },
  );
});

describe("a linked list", () => {
  class Member implements Linked<Member> {
    previous: Member | null = null;
    next: Member | null = null;
    constructor(readonly name: string) {}
  }

  it("adds at both ends and takes out anywhere", () => {
    const list = new LinkedList<Member>();
    const [a, b, c] = [new Member("a"), new Member("b"), new Member("c")];
    const names = (): string[] => {
      const found: string[] = [];
      for (let member = list.first; member !== null; member = member.next) found.push(member.name);
      return found;
    };
    list.append(b);
    list.append(c);
    list.prepend(a);
    expect([names(), list.length]).toEqual([["a", "b", "c"], 3]);
    list.remove(b);
    expect(names()).toEqual(["a", "c"]);
    list.remove(c);
    list.append(b);
    list.remove(a);
    expect(names()).toEqual(["b"]);
    list.remove(b);
    list.prepend(c);
    expect([names(), list.length]).toEqual([["c"], 1]);
  });
});

describe("callers that wait for outcomes", () => {
  const nothing = new Map<string, "stored" | "dead">();

  it("take what is known at once, with the batches that carried it", async () => {
    const settlements = new Settlements(new ManualClock(), () => undefined);
    settlements.settle(["a", "b"], "stored", { batch: 1, ms: 5 });
    settlements.settle(["c"], "dead", { batch: 2, ms: 9 });
    const known = new Map([
      ["a", "stored"],
      ["b", "stored"],
      ["c", "dead"],
      ["before", "stored"],
    ] as const);
    expect(await settlements.ask([...known.keys()], known, 1_000, false)).toEqual({
      outcomes: known,
      batchLatenciesMs: [5, 9],
    });
  });

  it("hear of the rest when it ends, each batch once", async () => {
    const clock = new ManualClock();
    const settlements = new Settlements(clock, () => undefined);
    settlements.settle(["a"], "stored", { batch: 1, ms: 5 });
    const answer = settlements.ask(["a", "b", "c", "d"], new Map([["a", "stored"]]), 1_000, false);
    settlements.settle(["b", "c"], "stored", { batch: 2, ms: 7 });
    settlements.settle(["d"], "dead", { batch: 2, ms: 7 });
    const { outcomes, batchLatenciesMs } = await answer;
    expect(Object.fromEntries(outcomes)).toEqual({ a: "stored", b: "stored", c: "stored", d: "dead" });
    expect(batchLatenciesMs).toEqual([5, 7]);
    expect(clock.pending).toBe(0);
  });

  it("do not take an earlier end of a dead letter that goes out once more for its end", async () => {
    const settlements = new Settlements(new ManualClock(), () => undefined);
    settlements.settle(["a"], "dead", { batch: 1, ms: 5 });
    const answer = settlements.ask(["a"], nothing, 1_000, false);
    settlements.settle(["a"], "stored", { batch: 2, ms: 7 });
    expect(await answer).toEqual({ outcomes: new Map([["a", "stored"]]), batchLatenciesMs: [7] });
  });

  it("remember the batches of some thousand events", async () => {
    const settlements = new Settlements(new ManualClock(), () => undefined);
    settlements.settle(["a"], "stored", { batch: 1, ms: 7 });
    for (let index = 0; index < 3_000; index += 1) settlements.settle([`x${index}`], "stored", { batch: 2, ms: 8 });
    const { batchLatenciesMs } = await settlements.ask(["a"], new Map([["a", "stored"]]), 1_000, false);
    expect(batchLatenciesMs).toEqual([7]);
  });
});

describe("the line about a burst", () => {
  it("comes once the batches rest, or after ten seconds of work without a rest", () => {
    const lines: string[] = [];
    const burst = new Burst((line) => lines.push(line));
    burst.begin(0);
    burst.begin(10);
    burst.end(20, 100, 10, 110, false);
    expect(lines).toEqual([]);
    burst.end(30, 100, 10, 120, true);
    burst.begin(500);
    burst.end(0, 100, 10, 600, true);
    burst.begin(1_000);
    burst.end(5, 11_000, 10, 12_000, false);
    expect(lines.map((line) => line.split(";")[0])).toEqual([
      "Batch processed 50 events in 120ms (parallel, concurrency=10)",
      "Batch processed 5 events in 11000ms (parallel, concurrency=10)",
    ]);
  });
});
