/** Thrown by what would change tasks before their start and after their stop. */
export class TasksStopped extends Error {
  override readonly name = "TasksStopped";

  constructor() {
    super("The tasks are stopped.");
  }
}
