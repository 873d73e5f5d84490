import { expect, it } from "vitest";
import { expandingTasks } from "../../../../src/engine/flow/tasks/expandingTasks";
import { FakeTasks } from "../../../fakes/fakeTasks";

it("makes the items of a kind when its task is created, and leaves those of others as they are", async () => {
  const fake = new FakeTasks();
  const tasks = expandingTasks(fake, new Map([["index", async (items) => items.flatMap(() => [{ canvas: "a.canvas" }, { canvas: "b.canvas" }])]]));
  await tasks.create([{ all: true }], { kind: "index", title: "All" });
  await tasks.create([{}], { kind: "drain", title: "Send" });
  expect(fake.made.map(({ items }) => items)).toEqual([[{ canvas: "a.canvas" }, { canvas: "b.canvas" }], [{}]]);
});

it("makes no task of what cannot be taken", async () => {
  const fake = new FakeTasks();
  const tasks = expandingTasks(fake, new Map([["index", () => Promise.reject(new RangeError("no canvas"))]]));
  await expect(tasks.create([{ all: true }], { kind: "index", title: "All" })).rejects.toThrow("no canvas");
  expect(fake.made).toEqual([]);
});
