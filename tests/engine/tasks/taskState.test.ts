import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isJsonObject, type JsonObject } from "../../../src/engine/kernel/json";
import type { ItemResult } from "../../../src/engine/tasks/itemResult";
import { CostCollector } from "../../../src/engine/tasks/state/itemCosts";
import { ItemStates, itemStatuses } from "../../../src/engine/tasks/state/itemStates";
import { metaJson, readMeta } from "../../../src/engine/tasks/state/metaJson";
import { readTaskFact } from "../../../src/engine/tasks/state/readTaskFact";
import { reduceTask } from "../../../src/engine/tasks/state/reduceTask";
import { readState, stateJson } from "../../../src/engine/tasks/state/stateJson";
import { spansOf, type TaskFact } from "../../../src/engine/tasks/state/taskFact";
import type { TaskMeta } from "../../../src/engine/tasks/state/taskMeta";
import { createdState, type TaskState } from "../../../src/engine/tasks/state/taskState";

const TOTAL = 7;

function meta(total = TOTAL): TaskMeta {
  const costs = new CostCollector();
  for (let item = 0; item < total; item += 1) costs.add(item % 3 === 0 ? 10 : item);
  return {
    id: "id",
    order: 1,
    kind: "k",
    title: "t",
    subject: null,
    priority: "NORMAL",
    priorityReason: null,
    dedupeKey: null,
    schedule: null,
    repeatable: true,
    createdAt: 0,
    total,
    pages: [0],
    costs: costs.done(),
  };
}

const item = fc.integer({ min: 0, max: TOTAL + 1 });
const at = fc.integer({ min: 0, max: 1_000_000 });
const ended = { item, domain: fc.constant("d"), attempts: fc.integer({ min: 0, max: 9 }), waitMs: at, runMs: at, at };
const error = fc.record({ class: fc.constantFrom("unknown" as const, "data" as const), code: fc.string(), message: fc.string() });
const result: fc.Arbitrary<ItemResult> = fc.oneof(
  fc.record({ ...ended, status: fc.constant("done" as const), value: fc.constantFrom(null, 1, "x") }),
  fc.record({ ...ended, status: fc.constant("failed" as const), error }),
  fc.record({ ...ended, status: fc.constant("cancelled" as const) }),
);
const fact: fc.Arbitrary<TaskFact> = fc.oneof(
  fc.record({ kind: fc.constant("started" as const), item, at }),
  fc.record({ kind: fc.constant("ended" as const), result }),
  fc.record({ kind: fc.constant("returned" as const), item }),
  fc.record({ kind: fc.constantFrom("paused" as const, "resumed" as const, "cancelled" as const), at }),
  fc.record({ kind: fc.constant("priority" as const), priority: fc.constantFrom("LOW" as const, "HIGH" as const) }),
  fc.record({ kind: fc.constant("retried" as const), at, spans: fc.array(item).map((items) => spansOf([...new Set(items)].sort((a, b) => a - b))) }),
);

function asJson(value: unknown): JsonObject {
  const copy: unknown = JSON.parse(JSON.stringify(value));
  return isJsonObject(copy) ? copy : expect.fail("no object");
}

/** What the items themselves say. */
function counted(state: TaskState): TaskState["counts"] {
  const counts = { total: state.meta.total, waiting: 0, running: 0, done: 0, failed: 0, cancelled: 0 };
  for (let index = 0; index < state.meta.total; index += 1) counts[state.items.statusOf(index)] += 1;
  return counts;
}

describe("a task's state", () => {
  it("adds up after any facts in any order, and is over exactly when nothing waits or runs", () => {
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 60 }), (facts) => {
        let state = createdState(meta());
        for (const one of facts) {
          state = reduceTask(state, one);
          expect(state.counts).toEqual(counted(state));
          const { waiting, running } = state.counts;
          expect(state.endedAt !== null).toBe(waiting === 0 && running === 0);
          const cost = [...Array(TOTAL).keys()].reduce((sum, index) => sum + (["waiting", "running"].includes(state.items.statusOf(index)) ? 0 : state.meta.costs.of(index)), 0);
          expect(state.endedCost).toBeCloseTo(cost);
        }
      }),
    );
  });

  it("is the same after a look at its head", () => {
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 40 }), (facts) => {
        const state = facts.reduce(reduceTask, createdState(meta()));
        const read = readState(asJson(stateJson(state)));
        expect(stateJson(read ?? expect.fail("unreadable"))).toEqual(stateJson(state));
        expect(read?.counts).toEqual(state.counts);
        expect(read?.endedCost).toBeCloseTo(state.endedCost);
      }),
    );
  });

  it("changes no value that somebody has", () => {
    const first = reduceTask(createdState(meta()), { kind: "started", item: 1, at: 1 });
    const before = stateJson(first);
    reduceTask(first, { kind: "cancelled", at: 2 });
    reduceTask(first, { kind: "ended", result: { item: 1, domain: "", attempts: 1, waitMs: 0, runMs: 0, at: 3, status: "done", value: null } });
    expect(stateJson(first)).toEqual(before);
  });
});

describe("a fact", () => {
  it("is read as it was written", () => {
    fc.assert(
      fc.property(fact, (one) => {
        expect(readTaskFact(asJson(one))).toEqual(one);
      }),
    );
  });

  it("is none when a part of it is another thing", () => {
    const whole = { kind: "ended", result: { item: 1, domain: "", attempts: 1, waitMs: 0, runMs: 0, at: 3, status: "failed", error: { class: "data", code: "c", message: "m" } } };
    expect(readTaskFact(whole)).not.toBeNull();
    const bad: JsonObject[] = [
      {},
      { kind: "exploded", at: 1 },
      { kind: "started", item: -1, at: 1 },
      { kind: "started", item: 1.5, at: 1 },
      { kind: "started", item: 1 },
      { kind: "paused", at: "now" },
      { kind: "priority", priority: "toString" },
      { kind: "retried", at: 1, spans: [[3, 2]] },
      { kind: "retried", at: 1, spans: [5] },
      { kind: "ended", result: 7 },
      ...["item", "domain", "attempts", "waitMs", "at", "status", "error"].map((key) => ({ kind: "ended", result: { ...whole.result, [key]: true } })),
    ];
    expect(bad.map(readTaskFact)).toEqual(bad.map(() => null));
    const odd = readTaskFact({ kind: "ended", result: { ...whole.result, error: { class: "__proto__", code: "c", message: "m" } } });
    expect(odd).toMatchObject({ result: { error: { class: "unknown" } } });
  });
});

describe("a task's head", () => {
  it("is read as it was written, and not at all when a part of it is another thing", () => {
    const whole = asJson(metaJson(meta()));
    expect(metaJson(readMeta(whole) ?? expect.fail("unreadable"))).toEqual(metaJson(meta()));
    const { subject: _, ...older } = whole;
    expect(readMeta(older)).toMatchObject({ id: "id", subject: null });
    const bad = [
      null,
      ...Object.keys(whole).map((key) => ({ ...whole, [key]: {} })),
      { ...whole, total: TOTAL + 1 },
      { ...whole, pages: [1] },
      { ...whole, pages: [0, 5, 3] },
      { ...whole, pages: [0, 99] },
      { ...whole, costs: [[TOTAL, -1]] },
    ];
    expect(bad.map(readMeta)).toEqual(bad.map(() => null));
    const state = asJson(stateJson(createdState(meta())));
    const worse = [...Object.keys(state).map((key) => ({ ...state, [key]: {} })), { ...state, items: [[TOTAL, 9, 0]] }, { ...state, items: [[99, 0, 0]] }, { ...state, items: [] }];
    expect(worse.map(readState)).toEqual(worse.map(() => null));
  });
});

describe("states of items", () => {
  it("are what was set last, over blocks, and the same after a look at their runs", () => {
    const change = fc.tuple(fc.integer({ min: 0, max: 2_499 }), fc.constantFrom(...itemStatuses), fc.integer({ min: 0, max: 9_000 }));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 50 }), (changes) => {
        let states = ItemStates.waiting(2_500);
        const model = new Map<number, readonly [string, number]>();
        for (const [index, status, attempts] of changes) {
          states = states.with(index, status, attempts);
          model.set(index, [status, Math.min(attempts, 8_191)]);
        }
        const read = ItemStates.ofRuns(2_500, states.runs()) ?? expect.fail("unreadable");
        for (const one of [states, read]) {
          for (const [index, [status, attempts]] of model) expect([one.statusOf(index), one.attemptsOf(index)]).toEqual([status, attempts]);
          const failed = [...model].flatMap(([index, [status]]) => (status === "failed" ? [index] : []));
          expect([...one.where("failed")]).toEqual(failed.sort((a, b) => a - b));
          expect([...one.where("waiting")].length).toBe(2_500 - [...model.values()].filter(([status]) => status !== "waiting").length);
        }
        const moved = states.withStatus(model.keys(), "cancelled");
        expect([...moved.where("cancelled")].length).toBe(model.size);
      }),
      { numRuns: 30 },
    );
  });
});
