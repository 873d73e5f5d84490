import { describe, expect, it } from "vitest";
import type { TaskView } from "../../../src/engine/index";
import { createFormat } from "../../../src/panel/text/format";
import type { TaskRow } from "../../../src/panel/view/panelView";
import { taskList } from "../../../src/panel/view/taskList";
import { taskView } from "../../fakes/fakeTasks";

const format = createFormat("en");
const NOW = 10_000_000;

function rows(...tasks: readonly TaskView[]): readonly TaskRow[] {
  return taskList(tasks, format, NOW)?.rows ?? [];
}

function row(overrides: Partial<TaskView>): TaskRow {
  const [only] = rows(taskView(overrides));
  if (only === undefined) throw new Error("no row is shown");
  return only;
}

const counts = { total: 1_200, waiting: 0, running: 0, done: 1_200, failed: 0, cancelled: 0 };
const labels = (shown: TaskRow): readonly string[] => shown.buttons.map((button) => button.label);

describe("the tasks in the panel", () => {
  it("are not there when there are none, or none that ended lately", () => {
    expect(taskList([], format, NOW)).toBeNull();
    expect(taskList([taskView({ status: "done", endedAt: NOW - 60 * 60_000 })], format, NOW)).toBeNull();
  });

  it("say how far they are, and offer to hold or end them", () => {
    const shown = row({ counts: { ...counts, done: 700, failed: 2, waiting: 498 }, progress: 0.6, lastError: "a.canvas, line 3: a comma is missing." });
    expect(shown).toMatchObject({ state: "Running", tone: "busy", detail: "700 of 1,200, 2 failed", error: "a.canvas, line 3: a comma is missing." });
    expect(shown.progress).toEqual({ label: "Progress of Index the vault", fraction: 0.6 });
    expect(labels(shown)).toEqual(["Pause", "Cancel", "Retry failed", "Save as template…"]);
    expect(shown.buttons[0]).toMatchObject({ about: "Index the vault", action: { kind: "pause-task", id: "t1" } });
  });

  it("say what holds them, and why they have their priority where nobody said it", () => {
    const shown = row({ waitsFor: "The password is wrong.", lastError: "old", priority: "HIGH", priorityReason: "A review is due." });
    expect(shown).toMatchObject({ state: "On hold", tone: "warn", error: "The password is wrong.", reason: "High priority: A review is due." });
    expect(row({}).reason).toBeNull();
    expect(row({ status: "done", endedAt: NOW, priorityReason: "A review is due." }).reason).toBeNull();
  });

  it("say how long they take, as a range where it is one", () => {
    expect(row({ eta: { leastMs: 20_000, likelyMs: 20_100, mostMs: 20_000 } }).detail).toBe("4 of 10, about 20 seconds left");
    expect(row({ eta: { leastMs: 20_000, likelyMs: 60_000, mostMs: 240_000 } }).detail).toBe("4 of 10, 20 seconds to 4 minutes left");
  });

  it("offer to go on where they are paused, and nothing to hold once they ended", () => {
    expect(labels(row({ status: "paused" }))).toEqual(["Resume", "Cancel", "Save as template…"]);
    expect(labels(row({ status: "done", endedAt: NOW, counts }))).toEqual(["Save as template…"]);
    expect(labels(row({ status: "failed", endedAt: NOW, counts: { ...counts, done: 1_199, failed: 1 } }))).toEqual(["Retry failed", "Save as template…"]);
    expect(labels(row({ status: "cancelled", endedAt: NOW, counts: { ...counts, done: 1_198, failed: 1, cancelled: 1 } }))).toEqual(["Save as template…"]);
  });

  it("can be undone once they ended, where they are about cards and did something", () => {
    const ended = { status: "done", endedAt: NOW, kind: "explain" } as const;
    expect(labels(row({ ...ended, counts: { ...counts, done: 1 } }))).toEqual(["Undo", "Save as template…"]);
    expect(labels(row({ ...ended, status: "failed", counts: { ...counts, done: 0, failed: 1 } }))).toEqual(["Retry failed", "Save as template…"]);
    expect(labels(row({ kind: "explain", counts: { ...counts, done: 1 } }))).not.toContain("Undo");
  });

  it("have no bar once they ended", () => {
    expect(row({ status: "done", endedAt: NOW, counts })).toMatchObject({ progress: null, detail: "1,200 of 1,200", state: "Done" });
  });

  it("stand in the order of their creation, and those that ended behind them with the newest first", () => {
    const ended = (id: string, endedAt: number): TaskView => taskView({ id, status: "done", endedAt });
    const shown = rows(ended("old", NOW - 500), taskView({ id: "a" }), ended("new", NOW - 100), taskView({ id: "b", status: "queued" }));
    expect(shown.map(({ key }) => key)).toEqual(["a", "b", "new", "old"]);
  });

  it("are at most 20, of them 5 that ended, and the rest is a number", () => {
    const many = Array.from({ length: 30 }, (_, index) => taskView({ id: `open${index}` }));
    const ended = Array.from({ length: 9 }, (_, index) => taskView({ id: `ended${index}`, status: "done", endedAt: NOW - index }));
    expect(rows(...ended)).toHaveLength(5);
    expect(rows(...many)).toHaveLength(20);
    expect(taskList([...many, ...ended], format, NOW)?.more).toBe("and 15 more");
  });
});
