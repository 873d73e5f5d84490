import type { Cancel, Clock } from "../../kernel/clock";
import { createEmitter } from "../../kernel/emitter";
import type { Logger } from "../../kernel/logger";
import type { Random } from "../../kernel/random";
import { reasonOf } from "../../kernel/reasonOf";
import { createSerial } from "../../kernel/serial";
import type { AlternatingFile } from "../../journal/alternatingFile";
import type { Tasks } from "../tasks";
import { occurrencesOf, type Occurrences } from "./occurrences";
import { problemOf } from "./problemOf";
import type { Schedule, ScheduleDraft, ScheduledTask } from "./schedule";
import { ScheduleBook } from "./scheduleBook";
import { ScheduleRuns } from "./scheduleRuns";
import { SchedulesStopped } from "./schedulesStopped";
import type { ScheduleChange, SchedulePreview, Schedules, ScheduleView } from "./schedules";
import { clockPutBack, comingTime, comingTimes, dueTime, newSchedule, paused, resumed } from "./scheduleState";
import { readSchedules, schedulesText } from "./scheduleText";

export interface SchedulesParts {
  /** The device's own file: a schedule runs on the device that made it. */
  readonly file: AlternatingFile;
  readonly tasks: Pick<Tasks, "create" | "list">;
  /** Why a task could not be made, as one plain sentence; null when it can. */
  problemOfTask(task: ScheduledTask): string | null;
  readonly clock: Clock;
  readonly random: Random;
  /** Such as `Europe/Berlin`; null: the zone of the host. */
  readonly timeZone: string | null;
  /** The first runs after the start wait a random part of these milliseconds. */
  readonly startJitterMs: number;
  readonly logger: Logger;
}

/**
 * The longest wait of the timer. A timer does not notice that its device slept or that the clock was put forward, so
 * a run is late by at most this where nobody says `wake`.
 */
const LONGEST_WAIT_MS = 5 * 60_000;
/** A run that could not be made is tried again after this. */
const RETRY_MS = 60_000;
const SHOWN_RUNS = 5;

/** Rejects with StorageError when the schedules cannot be read, and with Error when another version wrote them. */
export async function openSchedules(parts: SchedulesParts): Promise<Schedules> {
  const kept = await parts.file.read();
  // Not refused: a first write that a crash cut off looks the same, and nobody has lost anything by that.
  if (kept === null && (await parts.file.isDamaged())) {
    parts.logger.error("The file of this device's schedules is damaged, and they begin anew. Make those again that stood there.");
  }
  const found = readSchedules(kept?.text ?? schedulesText([], []));
  if (found.kind === "foreign") throw new Error(`The schedules of this device cannot be used: ${found.reason}.`);
  if (found.unread.length > 0) {
    parts.logger.warn(`Schedules that could not be read: ${found.unread.length}. They do not run, and stay in the file as they are.`);
  }
  const schedules = new DeviceSchedules(parts, new ScheduleBook(parts.file, found.schedules, found.unread));
  schedules.wake();
  return schedules;
}

class DeviceSchedules implements Schedules {
  private readonly serial = createSerial();
  private readonly changes = createEmitter<readonly ScheduleView[]>((error) =>
    this.parts.logger.error(`A listener to schedules failed: ${reasonOf(error)}`),
  );
  private readonly runs: ScheduleRuns;
  private readonly calendars = new Map<string, Occurrences>();
  private readonly troubles = new Map<string, string>();
  /** Wall time since when runs could have been made. */
  private liveSince: number;
  /** Monotonic times: when the wall clock was last compared, and before which no run begins. */
  private compared: number;
  private readonly notBefore: number;
  private timer: Cancel | null = null;
  private lookAsked = false;
  private stopped = false;

  constructor(
    private readonly parts: SchedulesParts,
    private readonly book: ScheduleBook,
  ) {
    const { tasks, clock, random, logger, startJitterMs } = parts;
    this.runs = new ScheduleRuns({ book, tasks, clock, logger, calendarOf: (schedule) => this.calendarOf(schedule) });
    this.liveSince = clock.now();
    this.compared = clock.monotonic();
    this.notBefore = this.compared + random.next() * startJitterMs;
  }

  preview(cron: string): SchedulePreview {
    const reason = problemOf(cron);
    if (reason !== null) return { kind: "problem", reason };
    return { kind: "times", nextRuns: occurrencesOf(cron, this.parts.timeZone).next(SHOWN_RUNS, this.parts.clock.now()) };
  }

  async add({ cron, missed, task }: ScheduleDraft): Promise<ScheduleView> {
    this.requireOpen();
    const problem = problemOf(cron) ?? this.parts.problemOfTask(task);
    if (problem !== null) throw new RangeError(problem);
    return this.serial(async () => {
      this.followClock();
      const schedule = newSchedule(this.parts.random.uuid(), { cron, missed, task }, this.parts.clock.now());
      await this.book.add(schedule);
      this.changed();
      return this.viewOf(schedule);
    });
  }

  list(): readonly ScheduleView[] {
    return this.book.all().map((schedule) => this.viewOf(schedule));
  }

  pause(id: string): Promise<ScheduleChange> {
    return this.change(id, (schedule) => this.book.replace(paused(schedule)));
  }

  resume(id: string): Promise<ScheduleChange> {
    return this.change(id, async (schedule) => {
      if (schedule.paused) await this.book.replace(resumed(schedule, this.parts.clock.now()));
    });
  }

  remove(id: string): Promise<ScheduleChange> {
    return this.change(id, async () => {
      await this.book.remove(id);
      this.calendars.delete(id);
      this.troubles.delete(id);
    });
  }

  wake(): void {
    // The time zone of the host may be another one.
    this.calendars.clear();
    this.askForLook();
  }

  onChange(listener: (schedules: readonly ScheduleView[]) => void): () => void {
    return this.changes.on(listener);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.setTimer(null);
    await this.serial(() => Promise.resolve());
  }

  private askForLook(): void {
    if (this.stopped || this.lookAsked) return;
    this.lookAsked = true;
    this.serial(() => this.look()).catch((error: unknown) => {
      this.parts.logger.error(`The schedules could not be looked at, and are again in a minute: ${reasonOf(error)}`);
      this.setTimer(RETRY_MS);
    });
  }

  // What was asked for before the stop is written before the stop is over.
  private requireOpen(): void {
    if (this.stopped) throw new SchedulesStopped();
  }

  private async change(id: string, apply: (schedule: Schedule) => Promise<void>): Promise<ScheduleChange> {
    this.requireOpen();
    return this.serial(async () => {
      this.followClock();
      const schedule = this.book.get(id);
      if (schedule === null) return { kind: "unknown-schedule" };
      await apply(schedule);
      this.changed();
      return { kind: "changed" };
    });
  }

  private async look(): Promise<void> {
    this.lookAsked = false;
    this.followClock();
    if (this.parts.clock.monotonic() >= this.notBefore) {
      for (const { id } of this.book.all()) if (!this.stopped) await this.runOne(id);
    }
    this.plan();
  }

  // In the clock of now, the last time this was asked is as long ago as the monotonic clock says: nothing after it was
  // seen. Every change asks too, or a schedule of now would be taken for one that a clock from the future has seen.
  private followClock(): void {
    const { clock } = this.parts;
    const last = clock.now() - (clock.monotonic() - this.compared);
    this.compared = clock.monotonic();
    this.liveSince = Math.min(this.liveSince, last);
    this.book.adjust((schedule) => clockPutBack(schedule, last));
  }

  private async runOne(id: string): Promise<void> {
    const before = this.troubles.get(id);
    try {
      const ran = await this.runs.run(id, this.liveSince);
      if (!this.troubles.delete(id) && !ran) return;
    } catch (error) {
      this.troubles.set(id, reasonOf(error));
      if (before === undefined) this.parts.logger.warn(`A scheduled task could not be made, and is tried again: ${reasonOf(error)}`);
    }
    this.changed();
  }

  private changed(): void {
    this.plan();
    this.changes.emit(this.list());
  }

  private plan(): void {
    const waits = this.book.all().flatMap((schedule) => this.waitOf(schedule));
    this.setTimer(waits.length === 0 ? null : Math.min(...waits, LONGEST_WAIT_MS));
  }

  /** Milliseconds until the schedule has something to do; none when it has nothing. */
  private waitOf(schedule: Schedule): readonly number[] {
    const { clock } = this.parts;
    if (this.troubles.has(schedule.id)) return [RETRY_MS];
    const toStart = Math.max(0, this.notBefore - clock.monotonic());
    if (schedule.begun !== null) return [toStart];
    if (schedule.paused) return [];
    const calendar = this.calendarOf(schedule);
    if (dueTime(schedule, calendar, clock.now(), this.liveSince) !== null) return [toStart];
    const next = comingTime(schedule, calendar, clock.now());
    return next === null ? [] : [Math.max(next - clock.now(), toStart)];
  }

  private setTimer(ms: number | null): void {
    this.timer?.();
    this.timer = ms === null || this.stopped ? null : this.parts.clock.after(ms, () => this.askForLook());
  }

  private calendarOf(schedule: Schedule): Occurrences {
    const known = this.calendars.get(schedule.id);
    if (known !== undefined) return known;
    const calendar = occurrencesOf(schedule.cron, this.parts.timeZone);
    this.calendars.set(schedule.id, calendar);
    return calendar;
  }

  private viewOf(schedule: Schedule): ScheduleView {
    const { id, cron, missed, task, createdAt, lastRun } = schedule;
    const now = this.parts.clock.now();
    const nextRuns = schedule.paused ? [] : comingTimes(schedule, this.calendarOf(schedule), now, SHOWN_RUNS);
    return { id, cron, missed, task, paused: schedule.paused, createdAt, nextRuns, lastRun, trouble: this.troubles.get(id) ?? null };
  }
}
