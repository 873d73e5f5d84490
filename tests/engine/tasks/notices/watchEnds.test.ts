import { describe, expect, it } from "vitest";
import { createEmitter } from "../../../../src/engine/kernel/emitter";
import { silentLogger } from "../../../../src/engine/kernel/logger";
import type { NoticeSettings } from "../../../../src/engine/tasks/notices/noticeOf";
import type { TaskNotice } from "../../../../src/engine/tasks/notices/notifier";
import { watchEnds } from "../../../../src/engine/tasks/notices/watchEnds";
import type { TaskView } from "../../../../src/engine/tasks/taskView";
import { madeTask } from "../../../fakes/madeTask";
import { ManualClock } from "../../../fakes/manualClock";

const loud: NoticeSettings = { quiet: false, scheduled: false };

function watching(settings: NoticeSettings = loud): {
  readonly clock: ManualClock;
  readonly told: TaskNotice[];
  readonly end: (fields: Partial<TaskView> & { readonly id: string }) => void;
  readonly undo: () => void;
} {
  const clock = new ManualClock();
  const told: TaskNotice[] = [];
  const ends = createEmitter<TaskView>(() => undefined);
  const undo = watchEnds({
    clock,
    logger: silentLogger,
    settings: () => settings,
    notifier: { tell: (notice) => void told.push(notice) },
    tasks: { onEnd: (listener) => ends.on(listener) },
  });
  const counts = { total: 40, waiting: 0, running: 0, done: 40, failed: 0, cancelled: 0 };
  const end = (fields: Partial<TaskView> & { readonly id: string }): void => ends.emit(madeTask({ status: "done", title: fields.id, counts, ...fields }));
  return { clock, told, end, undo };
}

const failure: Partial<TaskView> = {
  status: "failed",
  counts: { total: 40, waiting: 0, running: 0, done: 37, failed: 3, cancelled: 0 },
  lastError: "Maths.canvas cannot be read.",
};

describe("notices of tasks that end", () => {
  it("say what one task came to", async () => {
    const { clock, told, end } = watching();
    end({ id: "Index" });
    await clock.advance(30_000);
    end({ id: "Export", ...failure });
    await clock.advance(30_000);
    expect(told).toMatchObject([
      { key: "tasks-0", tone: "good", title: "Index: 40 items done.", lines: [] },
      { key: "tasks-1", tone: "bad", title: "Export: 3 of 40 items failed.", lines: ["Maths.canvas cannot be read."] },
    ]);
    expect(clock.pending).toBe(0);
  });

  it("are one for many that end together", async () => {
    const { clock, told, end } = watching();
    for (let index = 0; index < 7; index += 1) end({ id: `t${index}`, ...(index > 1 ? failure : {}) });
    await clock.advance(1_000);
    expect(told.map(({ tasks }) => tasks.map(({ id }) => id))).toEqual([["t0", "t1", "t2", "t3", "t4", "t5", "t6"]]);
    expect(told).toMatchObject([
      {
        key: "tasks-0",
        tone: "bad",
        title: "7 tasks ended: 2 done, 5 failed.",
        lines: ["t2: 3 of 40 items failed.", "t3: 3 of 40 items failed.", "t4: 3 of 40 items failed.", "2 more failed."],
      },
    ]);
  });

  it("change while they are fresh, and count a task that ended again once", async () => {
    const { clock, told, end } = watching();
    end({ id: "a" });
    await clock.advance(5_000);
    end({ id: "b", ...failure });
    await clock.advance(5_000);
    end({ id: "b" });
    await clock.advance(5_000);
    expect(told.map(({ key, title }) => [key, title])).toEqual([
      ["tasks-0", "a: 40 items done."],
      ["tasks-0", "2 tasks ended: 1 done, 1 failed."],
      ["tasks-0", "2 tasks are done."],
    ]);
  });

  it.each<[string, NoticeSettings, Partial<TaskView>, boolean]>([
    ["a cancelled task", loud, { status: "cancelled" }, false],
    ["a scheduled one that went well", loud, { schedule: "s" }, false],
    ["a scheduled one that failed", loud, { schedule: "s", ...failure }, true],
    ["a scheduled one where that is wanted", { quiet: false, scheduled: true }, { schedule: "s" }, true],
    ["a good one in quiet mode", { quiet: true, scheduled: true }, {}, false],
    ["a failed one in quiet mode", { quiet: true, scheduled: false }, failure, true],
  ])("know what to do with %s", async (_, settings, fields, wanted) => {
    const { clock, told, end } = watching(settings);
    end({ id: "t", ...fields });
    await clock.advance(1_000);
    expect(told.length).toBe(wanted ? 1 : 0);
  });

  it("end with the undo, also those that are gathered", async () => {
    const { clock, told, end, undo } = watching();
    end({ id: "a" });
    undo();
    end({ id: "b" });
    await clock.advance(1_000);
    expect([told, clock.pending]).toEqual([[], 0]);
  });
});
