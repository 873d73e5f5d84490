/** Thrown by what would change schedules after their stop: another process may have the file by then. */
export class SchedulesStopped extends Error {
  override readonly name = "SchedulesStopped";

  constructor() {
    super("The schedules are stopped, so nothing of them was changed. Change them after the next start.");
  }
}
