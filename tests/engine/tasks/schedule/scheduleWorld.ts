import { createAlternatingFile, type AlternatingFile } from "../../../../src/engine/journal/alternatingFile";
import { silentLogger } from "../../../../src/engine/kernel/logger";
import { openSchedules } from "../../../../src/engine/tasks/schedule/openSchedules";
import type { ScheduleDraft } from "../../../../src/engine/tasks/schedule/schedule";
import type { Schedules } from "../../../../src/engine/tasks/schedule/schedules";
import type { CreatedTask, TaskOptions, TaskItems, Tasks } from "../../../../src/engine/tasks/tasks";
import type { TaskView } from "../../../../src/engine/tasks/taskView";
import { madeTask } from "../../../fakes/madeTask";
import { ManualClock } from "../../../fakes/manualClock";
import { MemoryDataFolder } from "../../../fakes/memoryDataFolder";
import { seededRandom } from "../../../fakes/seededRandom";
import { testHasher } from "../../../fakes/testHasher";

export const FILE = "tasks/schedules";

/** Tasks that outlive the process, as on a disk. Keys hold only while a task has not ended. */
export class KeptTasks implements Pick<Tasks, "create" | "list"> {
  readonly made: { readonly items: TaskItems; readonly options: TaskOptions; readonly at: number }[] = [];
  refusing: Error | null = null;
  private readonly views: TaskView[] = [];
  private readonly keys = new Map<string, string>();

  constructor(private readonly clock: ManualClock) {}

  async create(items: TaskItems, options: TaskOptions): Promise<CreatedTask> {
    if (this.refusing !== null) throw this.refusing;
    const same = this.keys.get(options.dedupeKey ?? "");
    if (same !== undefined) return { kind: "joined", id: same };
    const id = `task-${this.views.length}`;
    this.made.push({ items, options, at: this.clock.now() });
    this.views.push(madeTask({ id, kind: options.kind, title: options.title, schedule: options.schedule ?? null }));
    if (options.dedupeKey !== undefined) this.keys.set(options.dedupeKey, id);
    return { kind: "created", id };
  }

  list(): readonly TaskView[] {
    return this.views;
  }

  /** Every task ended so long ago that its key holds no more. */
  endAll(): void {
    this.keys.clear();
  }

  /** The times that tasks were made for, as their keys say. */
  times(): readonly string[] {
    return this.made.map(({ options }) => isoMinute(Number(options.dedupeKey?.split(":").pop())));
  }
}

export function isoMinute(at: number): string {
  return new Date(at).toISOString().slice(0, 16);
}

export interface OpenOptions {
  readonly startJitterMs?: number;
  readonly file?: AlternatingFile;
  readonly tasks?: Pick<Tasks, "create" | "list">;
}

/** One device with its disk, its clock at 2030-01-01 00:00 UTC, and processes that come and go. */
export class ScheduleWorld {
  readonly clock = new ManualClock();
  readonly folder = new MemoryDataFolder();
  readonly tasks = new KeptTasks(this.clock);
  readonly random = seededRandom(7);
  /** What was logged as an error. */
  readonly errors: string[] = [];

  file(): AlternatingFile {
    return createAlternatingFile(this.folder, FILE, testHasher);
  }

  open({ startJitterMs = 0, file = this.file(), tasks = this.tasks }: OpenOptions = {}): Promise<Schedules> {
    return openSchedules({
      file,
      tasks,
      problemOfTask: (task) => (task.kind === "drain" ? null : `There is no kind of task named ${task.kind}.`),
      clock: this.clock,
      random: this.random,
      timeZone: "Etc/UTC",
      startJitterMs,
      logger: { ...silentLogger, error: (message) => void this.errors.push(message) },
    });
  }
}

export function draft(cron: string, missed: ScheduleDraft["missed"] = "run-once"): ScheduleDraft {
  return { cron, missed, task: { kind: "drain", title: "Drain", priority: "LOW", items: [{ store: "neo4j" }] } };
}
