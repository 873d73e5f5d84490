import type { JsonValue } from "../../kernel/json";
import type { AlternatingFile } from "../../journal/alternatingFile";
import type { Schedule } from "./schedule";
import { schedulesText } from "./scheduleText";

/** The schedules of this device, in memory as they are on disk. One change at a time. */
export class ScheduleBook {
  constructor(
    private readonly file: AlternatingFile,
    private schedules: readonly Schedule[],
    private readonly unread: readonly JsonValue[],
  ) {}

  all(): readonly Schedule[] {
    return this.schedules;
  }

  get(id: string): Schedule | null {
    return this.schedules.find((one) => one.id === id) ?? null;
  }

  /** Rejects with StorageError, and nothing is changed then. */
  add(schedule: Schedule): Promise<void> {
    return this.keep([...this.schedules, schedule]);
  }

  /** Rejects with StorageError, and nothing is changed then. */
  replace(schedule: Schedule): Promise<void> {
    return this.keep(this.with(schedule));
  }

  /** Rejects with StorageError, and nothing is changed then. */
  remove(id: string): Promise<void> {
    return this.keep(this.schedules.filter((one) => one.id !== id));
  }

  /** What has happened whether it can be kept or not. Rejects with StorageError; it is kept with the next change then. */
  note(schedule: Schedule): Promise<void> {
    this.schedules = this.with(schedule);
    return this.keep(this.schedules);
  }

  /** What only this process knows. */
  adjust(change: (schedule: Schedule) => Schedule): void {
    this.schedules = this.schedules.map(change);
  }

  private with(schedule: Schedule): readonly Schedule[] {
    return this.schedules.map((one) => (one.id === schedule.id ? schedule : one));
  }

  private async keep(next: readonly Schedule[]): Promise<void> {
    await this.file.write(schedulesText(next, this.unread));
    this.schedules = next;
  }
}
