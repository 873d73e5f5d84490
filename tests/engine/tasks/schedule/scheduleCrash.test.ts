import { describe, expect, it } from "vitest";
import type { AlternatingFile } from "../../../../src/engine/journal/alternatingFile";
import { StorageError } from "../../../../src/engine/journal/port";
import type { Tasks } from "../../../../src/engine/tasks/tasks";
import { draft, ScheduleWorld } from "./scheduleWorld";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A process that dies at one of its steps: each write and each creation has a moment before and a moment after it. */
class Mortal {
  private moments = 0;
  dead = false;

  constructor(private readonly last: number) {}

  private async moment(): Promise<void> {
    this.moments += 1;
    if (this.moments >= this.last) this.dead = true;
    if (this.dead) await new Promise(() => undefined);
  }

  private async step<T>(work: () => Promise<T>): Promise<T> {
    await this.moment();
    const result = await work();
    await this.moment();
    return result;
  }

  file(real: AlternatingFile): AlternatingFile {
    return { ...real, write: (text) => this.step(() => real.write(text)) };
  }

  tasks(real: Pick<Tasks, "create" | "list">): Pick<Tasks, "create" | "list"> {
    return { list: () => real.list(), create: (items, options) => this.step(() => real.create(items, options)) };
  }
}

async function withSchedule(missed: "run-once" | "skip"): Promise<ScheduleWorld> {
  const world = new ScheduleWorld();
  const schedules = await world.open();
  await schedules.add(draft("0 1 1 1 *", missed));
  await schedules.stop();
  return world;
}

describe("a crash in the middle of a scheduled run", () => {
  // Before and after: the begun run is kept, the task is made, the end is kept. The seventh moment is behind them all.
  const moments = [1, 2, 3, 4, 5, 6, 7];

  it.each(moments)("at moment %i makes its task exactly once", async (moment) => {
    const world = await withSchedule("run-once");
    const mortal = new Mortal(moment);
    await world.open({ file: mortal.file(world.file()), tasks: mortal.tasks(world.tasks) });
    await world.clock.advance(HOUR + MINUTE);
    expect(mortal.dead).toBe(moment < 7);
    world.tasks.endAll();
    const next = await world.open();
    await world.clock.advance(MINUTE);
    expect(world.tasks.times()).toEqual(["2030-01-01T01:00"]);
    expect(next.list()[0]?.lastRun).toMatchObject({ task: "task-0", problem: null });
    await next.stop();
    await (await world.open()).stop();
    expect(world.tasks.made).toHaveLength(1);
  });

  it.each(moments)("at moment %i makes it once at most where missed times are skipped", async (moment) => {
    const world = await withSchedule("skip");
    const mortal = new Mortal(moment);
    await world.open({ file: mortal.file(world.file()), tasks: mortal.tasks(world.tasks) });
    await world.clock.advance(HOUR + MINUTE);
    world.tasks.endAll();
    await world.open();
    await world.clock.advance(MINUTE);
    // Dead before anything of the run was on disk, the time is like any other that passed while nothing ran.
    expect(world.tasks.made).toHaveLength(moment === 1 ? 0 : 1);
  });

  it.each([2, 3])("at moment %i, and again in the next process, makes it once", async (again) => {
    const world = await withSchedule("run-once");
    const first = new Mortal(3);
    await world.open({ file: first.file(world.file()), tasks: first.tasks(world.tasks) });
    await world.clock.advance(HOUR + MINUTE);
    const second = new Mortal(again);
    await world.open({ file: second.file(world.file()), tasks: second.tasks(world.tasks) });
    await world.clock.advance(MINUTE);
    expect(second.dead).toBe(true);
    world.tasks.endAll();
    await world.open();
    await world.clock.advance(MINUTE);
    expect(world.tasks.made).toHaveLength(1);
  });
});

describe("a scheduled run in trouble", () => {
  it("is tried again after a minute, once it can be kept", async () => {
    const world = await withSchedule("run-once");
    const schedules = await world.open();
    world.folder.refusing = "full";
    await world.clock.advance(HOUR);
    expect(world.tasks.made).toHaveLength(0);
    expect(schedules.list()[0]?.trouble).toContain("full");
    await world.clock.advance(5 * MINUTE);
    expect(world.tasks.made).toHaveLength(0);
    world.folder.refusing = null;
    await world.clock.advance(MINUTE);
    expect(world.tasks.times()).toEqual(["2030-01-01T01:00"]);
    expect(schedules.list()[0]).toMatchObject({ trouble: null, lastRun: { task: "task-0" } });
  });

  it("is made once when its end cannot be kept, in this process and in the next", async () => {
    const world = await withSchedule("run-once");
    const file = world.file();
    let writes = 0;
    const failing: AlternatingFile = {
      ...file,
      write: (text) => ((writes += 1) === 2 ? Promise.reject(new StorageError("other", "a bad moment")) : file.write(text)),
    };
    const first = await world.open({ file: failing });
    await world.clock.advance(HOUR + 10 * MINUTE);
    expect(writes).toBe(2);
    expect(first.list()[0]).toMatchObject({ trouble: null, lastRun: { task: "task-0" } });
    await first.stop();
    world.tasks.endAll();
    const next = await world.open();
    await world.clock.advance(10 * MINUTE);
    expect(world.tasks.made).toHaveLength(1);
    expect(next.list()[0]?.lastRun?.task).toBe("task-0");
  });

  it("goes on with its task when that could not be made, also in the next process and when missed times are skipped", async () => {
    const world = await withSchedule("skip");
    const first = await world.open();
    world.tasks.refusing = new StorageError("full", "tasks/1.json could not be kept: full.");
    await world.clock.advance(HOUR + MINUTE);
    expect(first.list()[0]?.trouble).toContain("full");
    await first.stop();
    world.tasks.refusing = null;
    world.clock.setWall(Date.UTC(2030, 0, 3));
    await world.open();
    await world.clock.advance(MINUTE);
    expect(world.tasks.times()).toEqual(["2030-01-01T01:00"]);
  });

  it("is over when its task is refused for good, and says why", async () => {
    const world = await withSchedule("run-once");
    const schedules = await world.open();
    world.tasks.refusing = new RangeError("There is no kind of task named drain.");
    await world.clock.advance(HOUR + 10 * MINUTE);
    expect(schedules.list()[0]).toMatchObject({
      trouble: null,
      lastRun: { task: null, problem: "There is no kind of task named drain." },
    });
    world.tasks.refusing = null;
    await world.clock.advance(HOUR);
    expect(world.tasks.made).toHaveLength(0);
  });

  it("does not hold up the other schedules", async () => {
    const world = new ScheduleWorld();
    const tasks: Pick<Tasks, "create" | "list"> = {
      list: () => world.tasks.list(),
      create: (items, options) =>
        options.title === "bad" ? Promise.reject(new Error("no such thing")) : world.tasks.create(items, options),
    };
    const schedules = await world.open({ tasks });
    const bad = draft("*/2 * * * *");
    await schedules.add({ ...bad, task: { ...bad.task, title: "bad" } });
    await schedules.add(draft("*/10 * * * *"));
    await world.clock.advance(21 * MINUTE);
    expect(world.tasks.times()).toEqual(["2030-01-01T00:10", "2030-01-01T00:20"]);
  });

  it("keeps a change that cannot be kept from happening", async () => {
    const world = await withSchedule("run-once");
    const schedules = await world.open();
    const [view] = schedules.list();
    world.folder.refusing = "denied";
    await expect(schedules.pause(view?.id ?? "")).rejects.toThrow(StorageError);
    await expect(schedules.add(draft("@daily"))).rejects.toThrow(StorageError);
    expect(schedules.list()).toEqual([view]);
  });
});
