import { describe, expect, it } from "vitest";
import { stepsKind } from "../../../../src/engine/flow/tasks/stepsKind";
import { neverAborted } from "../../../../src/engine/kernel/signal";
import type { TaskKind } from "../../../../src/engine/tasks/kind";
import { TaskFailure } from "../../../../src/engine/tasks/taskFailure";

const echo: TaskKind = {
  name: "echo",
  check: (item) => (item === "bad" ? "It is bad." : null),
  domainOf: (item) => `echo of ${JSON.stringify(item)}`,
  keyOf: (item) => JSON.stringify(item),
  costMs: (item) => JSON.stringify(item).length,
  repeatable: true,
  run: async (item, { attempt }) => ({ item, attempt }),
};
const once: TaskKind = { ...echo, name: "once", repeatable: false };
const steps = stepsKind((name) => [echo, once].find((kind) => kind.name === name) ?? null);
const context = { task: "t", item: 0, attempt: 2, signal: neverAborted };

describe("a task of several kinds", () => {
  it("runs each step as its own kind does", async () => {
    const item = { kind: "echo", item: "good" };
    expect(steps.check(item)).toBeNull();
    expect([steps.domainOf(item), steps.costMs(item)]).toEqual(['echo of "good"', 6]);
    expect(await steps.run(item, context)).toEqual({ kind: "echo", result: { item: "good", attempt: 2 } });
  });

  it("keeps the order of its steps whatever the keys of their kinds", () => {
    expect(steps.keyOf({ kind: "echo", item: "a" })).toBe(steps.keyOf({ kind: "echo", item: "b" }));
  });

  it.each([
    [{ kind: "echo", item: "bad" }, "It is bad."],
    [{ kind: "echo" }, 'An item of the kind steps is {"kind": "…", "item": …}.'],
    ["echo", "An item of the kind steps"],
    [{ kind: "nothing", item: 1 }, "There is no kind of task named nothing"],
    [{ kind: "steps", item: { kind: "echo", item: 1 } }, "There is no kind of task named steps that can be a step."],
    [{ kind: "once", item: 1 }, "The kind once cannot be a step"],
  ])("refuses %j", (item, words) => {
    expect(steps.check(item)).toContain(words);
  });

  it("fails as data when a kind is gone by the time it runs", async () => {
    await expect(steps.run({ kind: "gone", item: 1 }, context)).rejects.toThrow(TaskFailure);
  });
});
