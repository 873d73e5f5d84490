import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutBatch, type Cut } from "../../../../src/engine/batch/queue/cut";
import { KeyedQueue, type QueueItem } from "../../../../src/engine/batch/queue/keyedQueue";
import { levels, type Level } from "../../../../src/engine/batch/queue/level";

const all = { items: 1_000, bytes: 1_000_000 };

function queueOf(...items: readonly [id: string, key: string, level: Level][]): KeyedQueue<string> {
  const queue = new KeyedQueue<string>(2_000);
  for (const [id, key, level] of items) push(queue, id, key, level, 0);
  return queue;
}

function push(queue: KeyedQueue<string>, id: string, key: string, level: Level, now: number, bytes = 1): boolean {
  return queue.push({ id, key, level, bytes, value: id }, now);
}

function ids(cut: Cut<QueueItem<string>> | null): string[] {
  return (cut?.items ?? []).map((item) => item.id);
}

describe("the order of keys", () => {
  it("is that of their highest waiting item, and items of a key never change theirs", () => {
    const queue = queueOf(["a1", "a", 0], ["b1", "b", 1], ["a2", "a", 3], ["c1", "c", 2]);
    expect(ids(cutBatch(queue, all, 0))).toEqual(["a1", "a2", "c1", "b1"]);
  });

  it("takes turns within one level", () => {
    const queue = queueOf(["a1", "a", 1], ["a2", "a", 1], ["b1", "b", 1], ["c1", "c", 1]);
    const first = cutBatch(queue, { items: 1, bytes: 10 }, 0);
    expect(ids(first)).toEqual(["a1"]);
    queue.finish(first?.items ?? []);
    queue.release(first?.keys ?? [], 0);
    expect(ids(cutBatch(queue, all, 0))).toEqual(["b1", "c1", "a2"]);
  });

  it("keeps the turn of a key to which items keep coming", () => {
    const queue = queueOf(["a1", "a", 1], ["b1", "b", 1]);
    push(queue, "a2", "a", 1, 5);
    expect(ids(cutBatch(queue, { items: 2, bytes: 10 }, 10))).toEqual(["a1", "a2"]);
  });

  it("falls with the level of what is left", () => {
    const queue = queueOf(["a1", "a", 3], ["a2", "a", 0], ["b1", "b", 1]);
    const first = cutBatch(queue, { items: 1, bytes: 10 }, 0);
    queue.finish(first?.items ?? []);
    queue.release(first?.keys ?? [], 0);
    expect(ids(cutBatch(queue, all, 0))).toEqual(["b1", "a2"]);
  });

  it("rises by one level for each ageing time in which a level had no turn", () => {
    const queue = queueOf(["low", "low", 0]);
    let started: number | null = null;
    for (let now = 0; started === null && now < 20_000; now += 100) {
      push(queue, `high${now}`, `high${now}`, 2, now);
      const cut = cutBatch(queue, { items: 1, bytes: 10 }, now);
      if (ids(cut).includes("low")) started = now;
      queue.finish(cut?.items ?? []);
      queue.release(cut?.keys ?? [], now);
    }
    expect(started).toBe(4_000);
  });

  it("rises also for a key that higher items join and leave again", () => {
    const queue = queueOf(["low", "a", 0]);
    let started: number | null = null;
    for (let now = 0; started === null && now < 20_000; now += 100) {
      push(queue, `critical${now}`, "b", 3, now);
      push(queue, `normal${now}`, "a", 1, now);
      queue.remove(`normal${now}`, now);
      const cut = cutBatch(queue, { items: 1, bytes: 10 }, now);
      if (ids(cut).includes("low")) started = now;
      queue.finish(cut?.items ?? []);
      queue.release(cut?.keys ?? [], now);
    }
    expect(started).toBe(6_000);
  });

  it("is that of the levels again after a long rest of all", () => {
    const queue = queueOf(["low", "low", 0], ["critical", "critical", 3]);
    expect(ids(cutBatch(queue, { items: 1, bytes: 10 }, 600_000))).toEqual(["critical"]);
  });
});

describe("a batch", () => {
  it("does not take from a key that another one holds", () => {
    const queue = queueOf(["a1", "a", 1], ["b1", "b", 1]);
    cutBatch(queue, { items: 1, bytes: 10 }, 0);
    push(queue, "a2", "a", 3, 0);
    expect(queue.readySize).toBe(1);
    expect(ids(cutBatch(queue, all, 0))).toEqual(["b1"]);
    expect(cutBatch(queue, all, 0)).toBeNull();
  });

  it("puts items back before those that came later", () => {
    const queue = queueOf(["a1", "a", 1], ["b1", "b", 1], ["a2", "a", 1]);
    const cut = cutBatch(queue, all, 0);
    push(queue, "a3", "a", 1, 1);
    queue.putBack(cut?.items ?? []);
    queue.release(cut?.keys ?? [], 2);
    expect(queue.readySince).toBe(0);
    expect(ids(cutBatch(queue, all, 2))).toEqual(["a1", "a2", "a3", "b1"]);
  });

  it("keeps within its bytes but for a first item that is larger", () => {
    const queue = new KeyedQueue<string>(2_000);
    push(queue, "a1", "a", 1, 0, 50);
    push(queue, "a2", "a", 1, 0, 6);
    push(queue, "b1", "b", 1, 0, 5);
    const limits = { items: 10, bytes: 10 };
    expect(ids(cutBatch(queue, limits, 0))).toEqual(["a1"]);
    expect(ids(cutBatch(queue, limits, 0))).toEqual(["b1"]);
  });
});

/** All that a queue may remember of what went through it is when its levels had a turn. */
function emptyQueue(served: readonly Level[]): KeyedQueue<string> {
  const queue = new KeyedQueue<string>(2_000);
  queue.served(served, 0);
  return queue;
}

describe("the queue at rest", () => {
  it("forgets its keys and says what it holds", () => {
    const queue = queueOf(["a1", "a", 1], ["b1", "b", 2]);
    expect(push(queue, "a1", "z", 3, 0)).toBe(false);
    const cut = cutBatch(queue, all, 0);
    expect([queue.size, queue.has("a1")]).toEqual([0, true]);
    queue.finish(cut?.items ?? []);
    queue.release(cut?.keys ?? [], 0);
    expect([queue.size, queue.bytes, queue.readySize, queue.has("a1")]).toEqual([0, 0, 0, false]);
    expect(queue.readySince).toBe(Infinity);
    expect(queue).toEqual(emptyQueue([1, 2]));
  });

  it("gives everything out once, however many keys there are", () => {
    const queue = new KeyedQueue<string>(2_000);
    for (let index = 0; index < 20_000; index += 1) push(queue, `i${index}`, `k${index}`, (index % 4) as Level, 0);
    let taken = 0;
    for (
      let cut = cutBatch(queue, { items: 10, bytes: 1_000 }, 0);
      cut !== null;
      cut = cutBatch(queue, { items: 10, bytes: 1_000 }, 0)
    ) {
      taken += cut.items.length;
      queue.finish(cut.items);
      queue.release(cut.keys, 0);
    }
    expect(taken).toBe(20_000);
    expect(queue).toEqual(emptyQueue(levels));
  });
});

type Command =
  | { readonly do: "push"; readonly key: string; readonly level: Level }
  | { readonly do: "cut"; readonly items: number }
  | { readonly do: "finish" | "putBack" | "wait" | "clear" }
  | { readonly do: "remove"; readonly pick: number };

const commands: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("push" as const),
      key: fc.constantFrom("a", "b", "c", "d"),
      level: fc.constantFrom<Level>(0, 1, 2, 3),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("cut" as const), items: fc.integer({ min: 1, max: 6 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("finish" as const, "putBack" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("wait" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("remove" as const), pick: fc.nat(50) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("clear" as const) }) },
);

/** The same queue as plainly as it can be said: one list for each key, and a look at all of them for every turn. */
class PlainQueue {
  readonly keys = new Map<string, { id: string; level: Level }[]>();
  readonly held = new Set<string>();

  waiting(): string[] {
    return [...this.keys.values()].flatMap((items) => items.map((item) => item.id));
  }

  ready(): string[] {
    return [...this.keys].filter(([key]) => !this.held.has(key)).flatMap(([, items]) => items.map((item) => item.id));
  }

  /** Without ageing: the keys of the highest level that are free now. */
  candidates(): string[] {
    const free = [...this.keys].filter(([key, items]) => !this.held.has(key) && items.length > 0);
    const highest = Math.max(...free.map(([, items]) => Math.max(...items.map((item) => item.level))));
    return free.filter(([, items]) => items.some((item) => item.level === highest)).map(([key]) => key);
  }
}

describe("any sequence of operations", () => {
  it("keeps the queue equal to a plain one", () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 80 }), (list) => {
        const queue = new KeyedQueue<string>(1_000_000_000);
        const plain = new PlainQueue();
        const cuts: Cut<QueueItem<string>>[] = [];
        let next = 0;
        let now = 0;
        for (const command of list) {
          if (command.do === "push") {
            const id = `i${(next += 1)}`;
            push(queue, id, command.key, command.level, now);
            plain.keys.set(command.key, [...(plain.keys.get(command.key) ?? []), { id, level: command.level }]);
          } else if (command.do === "cut") {
            cutLikePlain(queue, plain, cuts, command.items, now);
          } else if (command.do === "finish" || command.do === "putBack") {
            endLikePlain(queue, plain, cuts, command.do, now);
          } else if (command.do === "remove") {
            const waiting = plain.waiting();
            const id = waiting[command.pick % Math.max(1, waiting.length)] ?? "none";
            expect(queue.remove(id, now)).toBe(id === "none" ? null : id);
            for (const [key, items] of plain.keys)
              plain.keys.set(
                key,
                items.filter((item) => item.id !== id),
              );
          } else if (command.do === "clear") {
            expect(queue.clear(now)).toBe(plain.waiting().length);
            for (const key of plain.keys.keys()) plain.keys.set(key, []);
          } else now += 10;
          expect(queue.size).toBe(plain.waiting().length);
          expect(queue.bytes).toBe(queue.size);
          expect(queue.readySize).toBe(plain.ready().length);
          expect(queue.readySince === Infinity).toBe(queue.readySize === 0);
        }
      }),
      { numRuns: 400 },
    );
  });
});

function cutLikePlain(
  queue: KeyedQueue<string>,
  plain: PlainQueue,
  cuts: Cut<QueueItem<string>>[],
  items: number,
  now: number,
): void {
  const ready = plain.ready().length;
  const candidates = ready === 0 ? [] : plain.candidates();
  const cut = cutBatch(queue, { items, bytes: 1_000 }, now);
  expect(cut?.items.length ?? 0).toBe(Math.min(items, ready));
  if (cut === null) return;
  cuts.push(cut);
  expect(candidates).toContain(cut.items[0]?.key.name);
  for (const item of cut.items) {
    expect(plain.held.has(item.key.name)).toBe(false);
    expect(plain.keys.get(item.key.name)?.shift()?.id).toBe(item.id);
  }
  for (const key of cut.keys) plain.held.add(key.name);
}

function endLikePlain(
  queue: KeyedQueue<string>,
  plain: PlainQueue,
  cuts: Cut<QueueItem<string>>[],
  how: "finish" | "putBack",
  now: number,
): void {
  const cut = cuts.shift();
  if (cut === undefined) return;
  if (how === "finish") queue.finish(cut.items);
  else queue.putBack(cut.items);
  queue.release(cut.keys, now);
  for (const key of cut.keys) plain.held.delete(key.name);
  if (how === "finish") return;
  for (const item of [...cut.items].reverse())
    plain.keys.get(item.key.name)?.unshift({ id: item.id, level: item.level });
}
