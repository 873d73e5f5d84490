import { describe, expect, it } from "vitest";
import { tasksWhileTheyMove } from "../../src/cli/tasksWhileTheyMove";
import type { TaskView } from "../../src/engine/index";
import { FakeTasks, taskView } from "../fakes/fakeTasks";
import { ManualClock } from "../fakes/manualClock";

const done = (count: number): Partial<TaskView> => ({ counts: { total: 10, waiting: 10 - count, running: 0, done: count, failed: 0, cancelled: 0 } });

function waiting(first: Partial<TaskView>): { tasks: FakeTasks; clock: ManualClock; left: Promise<readonly TaskView[]>; isOver: () => boolean; stop: () => void } {
  const tasks = new FakeTasks();
  const clock = new ManualClock();
  tasks.views = [taskView(first)];
  let over = false;
  let stop = (): void => undefined;
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  const left = tasksWhileTheyMove({ tasks, limitMs: 15_000, clock, stopped }).finally(() => (over = true));
  return { tasks, clock, left, isOver: () => over, stop };
}

describe("waiting for tasks", () => {
  it("goes on as long as items end within the limit, and ends with the last one", async () => {
    const { clock, isOver, left, tasks } = waiting(done(0));
    for (const count of [1, 2, 3]) {
      await clock.advance(14_000);
      tasks.become([taskView(done(count))]);
    }
    await clock.advance(1);
    expect(isOver()).toBe(false);
    tasks.become([taskView({ ...done(10), status: "done", endedAt: 5 })]);
    expect(await left).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it("gives up when nothing ended for the limit, however much else is told", async () => {
    const { clock, left, tasks } = waiting(done(4));
    await clock.advance(10_000);
    tasks.become([taskView({ ...done(4), progress: 0.41 })]);
    await clock.advance(5_000);
    expect((await left).map(({ id }) => id)).toEqual(["t1"]);
    expect(clock.pending).toBe(0);
  });

  it("ends when it is asked to, and leaves no timer", async () => {
    const { clock, left, stop } = waiting(done(4));
    stop();
    expect(await left).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it.each<[string, Partial<TaskView>]>([
    ["is paused", { status: "paused" }],
    ["waits for its kind", { waitsFor: "Nobody here can run tasks of the kind quiz." }],
    ["has ended", { status: "failed", endedAt: 3 }],
  ])("does not wait for a task that %s", async (_, view) => {
    const { clock, left } = waiting(view);
    expect(await left).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});
