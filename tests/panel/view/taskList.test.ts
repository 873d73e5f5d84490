import { describe, expect, it } from "vitest";
import type { TaskView } from "../../../src/engine/index";
import { createFormat } from "../../../src/panel/text/format";
import type { TaskRow } from "../../../src/panel/view/panelView";
import type { Rows } from "../../../src/panel/view/rows";
import { taskList } from "../../../src/panel/view/taskList";
import { taskView } from "../../fakes/fakeTasks";

const format = createFormat("en");
const NOW = 10_000_000;

function shownRows(rows: Rows<TaskRow> | undefined): readonly TaskRow[] {
  return Array.from({ length: rows?.size ?? 0 }, (_, index) => rows?.row(index)).filter((row) => row !== undefined);
}

function keys(rows: Rows<TaskRow> | undefined): readonly string[] {
  return Array.from({ length: rows?.size ?? 0 }, (_, index) => rows?.key(index) ?? "");
}

/** Those that go on, then those that ended. */
function rows(...tasks: readonly TaskView[]): readonly TaskRow[] {
  const list = taskList(tasks, format);
  return [...shownRows(list?.open), ...shownRows(list?.ended?.rows)];
}

function row(overrides: Partial<TaskView>): TaskRow {
  const [only] = rows(taskView(overrides));
  if (only === undefined) throw new Error("no row is shown");
  return only;
}

const counts = { total: 1_200, waiting: 0, running: 0, done: 1_200, failed: 0, cancelled: 0 };
const labels = (shown: TaskRow): readonly string[] => shown.buttons.map((button) => button.label);

describe("the tasks in the panel", () => {
  it("are not there when there are none", () => {
    expect(taskList([], format)).toBeNull();
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

  it("stand with what began first, then by how urgent they are, and those that ended apart with the newest first", () => {
    const ended = (id: string, endedAt: number): TaskView => taskView({ id, status: "done", endedAt });
    const waiting = (id: string, priority: TaskView["priority"]): TaskView => taskView({ id, priority, status: "queued", startedAt: null });
    const tasks = [
      ended("old", NOW - 500),
      waiting("low", "LOW"),
      waiting("first", "NORMAL"),
      waiting("second", "NORMAL"),
      waiting("now", "CRITICAL"),
      waiting("soon", "HIGH"),
      taskView({ id: "runs", priority: "LOW" }),
      taskView({ id: "paused", status: "paused" }),
      ended("new", NOW - 100),
    ];
    const list = taskList(tasks, format);
    expect(keys(list?.open)).toEqual(["runs", "paused", "now", "soon", "first", "second", "low"]);
    expect([list?.ended?.title, keys(list?.ended?.rows)]).toEqual(["Ended (2)", ["new", "old"]]);
  });

  it("can be moved among those that wait, as far as there are priorities", () => {
    const waiting = (priority: TaskView["priority"]): TaskRow => row({ priority, status: "queued", startedAt: null });
    const moves = ({ buttons, sooner, later }: TaskRow): unknown => [buttons.filter(({ action }) => /raise|lower/.test(action.kind)).map(({ label, off }) => [label, off]), sooner, later];
    expect(moves(waiting("NORMAL"))).toEqual([
      [["Sooner", false], ["Later", false]],
      { kind: "raise-task", id: "t1", priority: "HIGH" },
      { kind: "lower-task", id: "t1", priority: "LOW" },
    ]);
    expect(moves(waiting("CRITICAL"))).toEqual([[["Sooner", true], ["Later", false]], null, { kind: "lower-task", id: "t1", priority: "HIGH" }]);
    expect(moves(waiting("LOW"))).toEqual([[["Sooner", false], ["Later", true]], { kind: "raise-task", id: "t1", priority: "NORMAL" }, null]);
    expect(moves(row({}))).toEqual([[], null, null]);
    expect(waiting("HIGH").reason).toBe("High priority");
  });

  it("lead to the canvas, or the card, that they are about", () => {
    expect(row({}).place).toBeNull();
    expect(row({ subject: { canvas: "Maths.canvas", node: null } }).place).toEqual({ text: "Maths.canvas", label: "Go to Maths.canvas", action: { kind: "jump", canvas: "Maths.canvas", node: null } });
    expect(row({ subject: { canvas: "Maths.canvas", node: "limits" } }).place?.label).toBe("Go to the card in Maths.canvas");
  });

  it("say how fast they are, in a unit of which there is at least one", () => {
    expect(row({ itemsPerSecond: 1234.4 }).detail).toBe("4 of 10, 1,234 a second");
    expect(row({ itemsPerSecond: 2.54 }).detail).toBe("4 of 10, 2.5 a second");
    expect(row({ itemsPerSecond: 0.05 }).detail).toBe("4 of 10, 3 a minute");
    expect(row({ itemsPerSecond: 3, status: "done", endedAt: NOW }).detail).toBe("4 of 10");
  });

  it("are made only as they are looked at", () => {
    const many = Array.from({ length: 10_000 }, (_, index) => taskView({ id: `t${index}` }));
    const looked: string[] = [];
    const spied = many.map((task) => ({ ...task, get title() { looked.push(task.id); return task.title; } }));
    const list = taskList(spied, format);
    expect([list?.open.size, looked]).toEqual([10_000, []]);
    list?.open.row(7);
    expect(new Set(looked)).toEqual(new Set(["t7"]));
    expect(() => list?.open.row(10_000)).toThrow("There is no row 10000 of 10000.");
  });
});
