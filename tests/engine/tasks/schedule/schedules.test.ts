import { describe, expect, it } from "vitest";
import type { ScheduleView } from "../../../../src/engine/tasks/schedule/schedules";
import { draft, FILE, isoMinute, ScheduleWorld } from "./scheduleWorld";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

describe("schedules of a device", () => {
  it("make a task at each time, with all that the schedule says", async () => {
    const world = new ScheduleWorld();
    const schedules = await world.open();
    const { id } = await schedules.add(draft("*/30 * * * *"));
    await world.clock.advance(65 * MINUTE);
    expect(world.tasks.times()).toEqual(["2030-01-01T00:30", "2030-01-01T01:00"]);
    expect(world.tasks.made[0]).toEqual({
      items: [{ store: "neo4j" }],
      at: Date.UTC(2030, 0, 1, 0, 30),
      options: {
        kind: "drain",
        title: "Drain",
        priority: "LOW",
        schedule: id,
        dedupeKey: `schedule:${id}:${Date.UTC(2030, 0, 1, 0, 30)}`,
      },
    });
    expect(schedules.list()[0]?.lastRun).toEqual({
      time: Date.UTC(2030, 0, 1, 1),
      at: Date.UTC(2030, 0, 1, 1),
      task: "task-1",
      problem: null,
    });
    await schedules.stop();
  });

  it("have no timer when there is nothing to wait for, one for any number of them, and none after the stop", async () => {
    const world = new ScheduleWorld();
    const schedules = await world.open({ startJitterMs: 30 * SECOND });
    await world.clock.flush();
    expect(world.clock.pending).toBe(0);
    const { id } = await schedules.add(draft("@daily"));
    const other = await schedules.add(draft("@yearly"));
    await schedules.add(draft("*/7 * * * *"));
    expect(world.clock.pending).toBe(1);
    for (const view of schedules.list()) await schedules.pause(view.id);
    expect(world.clock.pending).toBe(0);
    await schedules.resume(other.id);
    expect(world.clock.pending).toBe(1);
    await schedules.remove(other.id);
    expect(world.clock.pending).toBe(0);
    await schedules.resume(id);
    await schedules.stop();
    expect(world.clock.pending).toBe(0);
  });

  it("show the next five runs, of an expression too that is not used yet", async () => {
    const world = new ScheduleWorld();
    const schedules = await world.open();
    const view = await schedules.add(draft("@hourly"));
    const hours = ["01", "02", "03", "04", "05"].map((hour) => `2030-01-01T${hour}:00`);
    expect(view.nextRuns.map(isoMinute)).toEqual(hours);
    const preview = schedules.preview("@hourly");
    expect(preview.kind === "times" ? preview.nextRuns.map(isoMinute) : preview.reason).toEqual(hours);
    expect(schedules.preview("0 0 30 2 *")).toEqual({
      kind: "problem",
      reason: "This never happens: no month that it names has a day 30.",
    });
    await schedules.stop();
  });

  it("refuse what cannot run, in words, and keep nothing of it", async () => {
    const world = new ScheduleWorld();
    const schedules = await world.open();
    await expect(schedules.add(draft("* * * * * *"))).rejects.toThrow(RangeError);
    const task = { ...draft("@daily").task, kind: "dance" };
    await expect(schedules.add({ ...draft("@daily"), task })).rejects.toThrow("There is no kind of task named dance.");
    expect(schedules.list()).toEqual([]);
    expect(world.folder.paths()).toEqual([]);
    expect(await schedules.pause("nobody")).toEqual({ kind: "unknown-schedule" });
  });

  it("are paused, resumed and removed over restarts, and miss nothing that fell into a pause", async () => {
    const world = new ScheduleWorld();
    const first = await world.open();
    const { id } = await first.add(draft("@hourly"));
    await first.pause(id);
    await first.stop();
    const second = await world.open();
    expect(second.list()).toMatchObject([{ id, paused: true, nextRuns: [] }]);
    await world.clock.advance(90 * MINUTE);
    await second.resume(id);
    await world.clock.advance(MINUTE);
    expect(world.tasks.times()).toEqual([]);
    await world.clock.advance(30 * MINUTE);
    expect(world.tasks.times()).toEqual(["2030-01-01T02:00"]);
    await second.remove(id);
    await second.stop();
    expect((await world.open()).list()).toEqual([]);
  });

  it("miss nothing that passed before they were made", async () => {
    const world = new ScheduleWorld();
    const schedules = await world.open();
    await world.clock.advance(61 * MINUTE);
    await schedules.add(draft("@hourly"));
    await world.clock.advance(MINUTE);
    expect(world.tasks.times()).toEqual([]);
  });

  it("tell their listeners what they have become, and a listener that throws changes nothing", async () => {
    const world = new ScheduleWorld();
    const schedules = await world.open();
    const heard: (readonly ScheduleView[])[] = [];
    schedules.onChange(() => {
      throw new Error("a listener's own trouble");
    });
    const undo = schedules.onChange((views) => heard.push(views));
    await schedules.add(draft("@hourly"));
    await world.clock.advance(HOUR);
    expect(heard.map((views) => views[0]?.lastRun?.task ?? null)).toEqual([null, "task-0"]);
    undo();
    await world.clock.advance(HOUR);
    expect(heard).toHaveLength(2);
    expect(world.tasks.made).toHaveLength(2);
    await schedules.stop();
  });

  it("keep entries that this version cannot read, and refuse a file of another version", async () => {
    const world = new ScheduleWorld();
    const strange = { id: "x", cron: "every full moon" };
    await world.file().write(JSON.stringify({ version: 1, schedules: [strange] }));
    const schedules = await world.open();
    await schedules.add(draft("@daily"));
    await schedules.stop();
    expect(JSON.parse((await world.file().read())?.text ?? "")).toMatchObject({ schedules: [{ cron: "@daily" }, strange] });
    await world.file().write(JSON.stringify({ version: 2, schedules: [] }));
    await expect(world.open()).rejects.toThrow("written by another version");
  });

  it("say that they are gone when their file is damaged, and nothing when there never was one", async () => {
    const world = new ScheduleWorld();
    await (await world.open()).stop();
    expect(world.errors).toEqual([]);
    const schedules = await world.open();
    await schedules.add(draft("@daily"));
    await schedules.stop();
    const [path = ""] = world.folder.paths();
    world.folder.put(path, world.folder.textOf(path).replace("@daily", "@hourly"));
    const next = await world.open();
    expect(next.list()).toEqual([]);
    expect(world.errors).toEqual(["The file of this device's schedules is damaged, and they begin anew. Make those again that stood there."]);
    await next.add(draft("@weekly"));
    await next.stop();
  });

  it("come back as they were kept", async () => {
    const world = new ScheduleWorld();
    const first = await world.open();
    await first.add(draft("@hourly", "skip"));
    await first.add(draft("0 9 * * MON"));
    await world.clock.advance(2 * HOUR);
    const before = first.list();
    await first.stop();
    expect((await world.open()).list()).toEqual(before);
    expect(world.folder.paths()).toEqual([`${FILE}.a.json`, `${FILE}.b.json`]);
  });
});

describe("times that nobody was there for", () => {
  async function closedFrom0to5(missed: "run-once" | "skip", startJitterMs = 0): Promise<ScheduleWorld> {
    const world = new ScheduleWorld();
    const first = await world.open();
    await first.add(draft("@hourly", missed));
    await first.stop();
    world.clock.setWall(Date.UTC(2030, 0, 1, 5, 20));
    await world.open({ startJitterMs });
    return world;
  }

  it("make one run when the schedule says so", async () => {
    const world = await closedFrom0to5("run-once");
    await world.clock.advance(MINUTE);
    expect(world.tasks.times()).toEqual(["2030-01-01T05:00"]);
    await world.clock.advance(HOUR);
    expect(world.tasks.times()).toEqual(["2030-01-01T05:00", "2030-01-01T06:00"]);
  });

  it("are skipped when it says that", async () => {
    const world = await closedFrom0to5("skip");
    await world.clock.advance(30 * MINUTE);
    expect(world.tasks.times()).toEqual([]);
    await world.clock.advance(30 * MINUTE);
    expect(world.tasks.times()).toEqual(["2030-01-01T06:00"]);
  });

  it("never run in the first moment", async () => {
    const world = await closedFrom0to5("run-once", 30 * SECOND);
    expect(world.clock.pending).toBeLessThanOrEqual(1);
    await world.clock.advance(100);
    expect(world.tasks.times()).toEqual([]);
    await world.clock.advance(30 * SECOND);
    expect(world.tasks.times()).toEqual(["2030-01-01T05:00"]);
    const late = (world.tasks.made[0]?.at ?? 0) - Date.UTC(2030, 0, 1, 5, 20);
    expect(late).toBeGreaterThan(0);
    expect(late).toBeLessThan(30 * SECOND);
  });

  it("are not missed when they fall into the first moment", async () => {
    const world = new ScheduleWorld();
    const first = await world.open();
    await first.add(draft("@hourly", "skip"));
    await first.stop();
    world.clock.setWall(Date.UTC(2030, 0, 1, 0, 59, 59));
    await world.open({ startJitterMs: 30 * SECOND });
    await world.clock.advance(40 * SECOND);
    expect(world.tasks.times()).toEqual(["2030-01-01T01:00"]);
  });
});

describe("clocks that do not run straight", () => {
  it("lets a device that slept look at once when it is told that it woke", async () => {
    const world = new ScheduleWorld();
    const schedules = await world.open();
    await schedules.add(draft("@hourly"));
    world.clock.setWall(Date.UTC(2030, 0, 1, 3, 30));
    schedules.wake();
    schedules.wake();
    await world.clock.flush();
    expect(world.tasks.times()).toEqual(["2030-01-01T03:00"]);
  });

  it("notices within five minutes when nobody says so", async () => {
    const world = new ScheduleWorld();
    const schedules = await world.open();
    await schedules.add(draft("@yearly"));
    world.clock.setWall(Date.UTC(2031, 0, 1));
    await world.clock.advance(5 * MINUTE);
    expect(world.tasks.times()).toEqual(["2031-01-01T00:00"]);
  });

  it("skips what a sleep missed when the schedule says so", async () => {
    const world = new ScheduleWorld();
    const schedules = await world.open();
    await schedules.add(draft("@hourly", "skip"));
    world.clock.setWall(Date.UTC(2030, 0, 1, 3, 30));
    schedules.wake();
    await world.clock.advance(31 * MINUTE);
    expect(world.tasks.times()).toEqual(["2030-01-01T04:00"]);
  });

  it.each(["run-once", "skip"] as const)("runs no time twice when the clock is put back (%s)", async (missed) => {
    const world = new ScheduleWorld();
    const schedules = await world.open();
    await schedules.add(draft("@hourly", missed));
    await world.clock.advance(150 * MINUTE);
    expect(world.tasks.times()).toHaveLength(2);
    world.clock.setWall(Date.UTC(2030, 0, 1, 0, 30));
    world.tasks.endAll();
    expect(schedules.list()[0]?.nextRuns.map(isoMinute)[0]).toBe("2030-01-01T03:00");
    await world.clock.advance(160 * MINUTE);
    expect(world.tasks.times()).toEqual(["2030-01-01T01:00", "2030-01-01T02:00", "2030-01-01T03:00"]);
  });

  it.each(["run-once", "skip"] as const)("goes on at once when a clock that was years ahead is put right (%s)", async (missed) => {
    const world = new ScheduleWorld();
    const schedules = await world.open();
    await schedules.add(draft("@hourly", missed));
    await world.clock.advance(90 * MINUTE);
    world.clock.setWall(Date.UTC(2040, 5, 1, 12, 30));
    await world.clock.advance(45 * MINUTE);
    const ahead = missed === "skip" ? ["2040-06-01T13:00"] : ["2040-06-01T12:00", "2040-06-01T13:00"];
    expect(world.tasks.times()).toEqual(["2030-01-01T01:00", ...ahead]);
    world.clock.setWall(Date.UTC(2030, 0, 1, 1, 58));
    world.tasks.endAll();
    await world.clock.advance(70 * MINUTE);
    expect(world.tasks.times().slice(1 + ahead.length)).toEqual(["2030-01-01T02:00", "2030-01-01T03:00"]);
    world.clock.setWall(Date.UTC(2040, 5, 1, 12, 59));
    await world.clock.advance(65 * MINUTE);
    const times = world.tasks.times();
    expect(new Set(times).size).toBe(times.length);
    expect(times[times.length - 1]).toBe("2040-06-01T14:00");
  });

  it("remembers over a restart what ran before the clock was put back", async () => {
    const world = new ScheduleWorld();
    const first = await world.open();
    await first.add(draft("@hourly"));
    await world.clock.advance(150 * MINUTE);
    await first.stop();
    world.tasks.endAll();
    world.clock.setWall(Date.UTC(2030, 0, 1, 0, 30));
    await world.open();
    await world.clock.advance(160 * MINUTE);
    expect(world.tasks.times()).toEqual(["2030-01-01T01:00", "2030-01-01T02:00", "2030-01-01T03:00"]);
  });
});
