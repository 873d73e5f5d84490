import type { Clock } from "../../kernel/clock";
import type { Hasher } from "../../kernel/hash";
import type { JsonValue } from "../../kernel/json";
import type { Logger } from "../../kernel/logger";
import type { Random } from "../../kernel/random";
import { reasonOf } from "../../kernel/reasonOf";
import { createAlternatingFile } from "../../journal/alternatingFile";
import { StorageError, type DataFolder } from "../../journal/port";
import { createSealedLog } from "../../journal/sealedLog";
import { deviceFolder } from "../../journal/segments";
import { Batcher } from "../../batch/batcher/batcher";
import type { ItemRun } from "../../tasks/itemRunner";
import type { TaskKind } from "../../tasks/kind";
import { itemSink } from "../../tasks/run/itemSink";
import { KindRegistry } from "../../tasks/run/kindRegistry";
import { openSchedules } from "../../tasks/schedule/openSchedules";
import type { Schedules } from "../../tasks/schedule/schedules";
import { TaskDesk } from "../../tasks/taskDesk";
import { defaultTaskSettings } from "../../tasks/taskSettings";
import type { Tasks } from "../../tasks/tasks";
import { watchEnds } from "../../tasks/notices/watchEnds";
import type { Webhook } from "../../tasks/webhook/webhook";
import type { BatchOptions, EngineSettings } from "../engine";
import { hostWaitMs } from "../hostWaitMs";
import { batcherRunner } from "./batcherRunner";
import { createBatch, type CreateBatchParts } from "./createBatch";
import { expandingTasks, type Expansion } from "./expandingTasks";
import { openWebhook } from "./openWebhook";
import { problemOfTask } from "./problemOfTask";
import { stepsKind } from "./stepsKind";
import { taskBatcherSettings } from "./taskBatcherSettings";
import type { TaskOutlets } from "./taskOutlets";
import { unusableSchedules } from "./unusableSchedules";

export interface TaskWorkParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly hasher: Hasher;
  readonly logger: Logger;
  readonly folder: DataFolder;
  readonly device: string;
  /** The vault's UUID. */
  readonly vault: string;
  readonly settings: EngineSettings;
  readonly kinds: readonly TaskKind[];
  /** By the kind's name. */
  readonly expansions: ReadonlyMap<string, Expansion>;
  /** True while nobody sees the host's window. */
  readonly hidden: () => boolean;
  /** Such as `Europe/Berlin`; null: the zone of the host. */
  readonly timeZone: string | null;
  readonly outlets: TaskOutlets | null;
  readonly suggest: CreateBatchParts["suggest"];
  readonly changed: () => void;
}

/** What the first runs of schedules after a start are spread over where the host does not say. */
const START_JITTER_MS = 30_000;

/** Tasks and schedules on this device's folder, with the batcher that runs their items. */
export class TaskWork {
  readonly tasks: Tasks;
  private readonly kinds = new KindRegistry();
  private readonly batcher: Batcher<ItemRun, JsonValue>;
  private readonly desk: TaskDesk;
  private schedulesNow: Schedules | null = null;
  private webhook: Webhook | null = null;
  private unwatch: () => void = () => undefined;
  private settings: EngineSettings;

  constructor(private readonly parts: TaskWorkParts) {
    const { clock, device, expansions, folder, hasher, hidden, kinds, logger, random, settings } = parts;
    this.settings = settings;
    for (const kind of [...kinds, stepsKind((name) => this.kinds.get(name))]) this.kinds.register(kind);
    this.batcher = new Batcher({ clock, random, logger, hidden, sink: itemSink, settings: taskBatcherSettings(settings) });
    this.desk = new TaskDesk({
      clock,
      random,
      logger,
      kinds: this.kinds,
      runner: batcherRunner(this.batcher),
      files: {
        folder,
        base: tasksFolder(device),
        openLog: (stem) => createSealedLog(folder, stem, hasher),
        openFile: (base) => createAlternatingFile(folder, base, hasher),
      },
      retryDelayMs: (failures) => hostWaitMs(failures - 1),
      settings: defaultTaskSettings,
    });
    this.desk.onChange(() => parts.changed());
    this.tasks = expandingTasks(this.desk, expansions);
  }

  /** Those of this device. There are none before the start. */
  get schedules(): Schedules {
    if (this.schedulesNow === null) throw new Error("the tasks are not started");
    return this.schedulesNow;
  }

  /** Goes on with what an earlier run left. Rejects with StorageError when the folder cannot be read. */
  async start(): Promise<void> {
    this.batcher.start();
    // Before the desk: it tells at its start of ends that an earlier run could not tell any more.
    if (this.parts.outlets !== null) this.unwatch = this.watchEnds(this.parts.outlets);
    await this.desk.start();
    // After the desk: of a list that is not read yet it would forget what was delivered.
    if (this.parts.outlets !== null) this.webhook = await this.openWebhook(this.parts.outlets);
    this.schedulesNow = await this.openSchedules();
  }

  /** See `Engine.createBatch`. */
  createBatch(items: readonly JsonValue[], options: BatchOptions): Promise<string> {
    const { schedules, tasks } = this;
    return createBatch({ schedules, tasks, suggest: this.parts.suggest, savedTemplates: () => this.settings.savedTemplates }, items, options);
  }

  /** Throws RangeError where there is a kind of this name. Returns its own undo. */
  registerKind(kind: TaskKind): () => void {
    return this.kinds.register(kind);
  }

  /** Whether a value has the shape that a kind promises; true for kinds that promise none. */
  isResult(kind: string, value: JsonValue): boolean {
    return this.kinds.get(kind)?.isResult?.(value) ?? true;
  }

  updateSettings(settings: EngineSettings): void {
    this.settings = settings;
    this.batcher.updateSettings(taskBatcherSettings(settings));
    this.webhook?.retry();
  }

  /** Something that held the items of a domain up, such as a wrong password, may be over. */
  tryAgain(domain: string): void {
    this.batcher.resume(domain);
  }

  /** The device slept, or its network came back. */
  wake(): void {
    this.schedulesNow?.wake();
    this.webhook?.retry();
  }

  /** Begins nothing more. What runs may end within these milliseconds; what does not is asked to, and comes back at the next start. */
  async stop(deadlineMs: number): Promise<void> {
    await this.schedulesNow?.stop();
    await this.desk.stop(deadlineMs);
    this.unwatch();
    await this.webhook?.stop();
    await this.batcher.stop(0);
  }

  private watchEnds({ notices, notifier }: TaskOutlets): () => void {
    const { clock, logger } = this.parts;
    return watchEnds({ clock, logger, notifier, settings: notices, tasks: this.tasks });
  }

  private openWebhook({ webhook }: TaskOutlets): Promise<Webhook> {
    const { clock, device, folder, hasher, logger, random, vault } = this.parts;
    const file = createAlternatingFile(folder, `${tasksFolder(device)}/webhook`, hasher);
    return openWebhook({ ...webhook, file, tasks: this.tasks, vault, hasher, clock, random, logger });
  }

  private async openSchedules(): Promise<Schedules> {
    const { clock, device, folder, hasher, logger, random, timeZone } = this.parts;
    try {
      return await openSchedules({
        file: createAlternatingFile(folder, `${tasksFolder(device)}/schedules`, hasher),
        tasks: this.tasks,
        problemOfTask: (task) => problemOfTask(this.kinds, task),
        clock,
        random,
        timeZone,
        startJitterMs: this.parts.outlets?.startJitterMs() ?? START_JITTER_MS,
        logger,
      });
    } catch (error) {
      if (error instanceof StorageError) throw error;
      // A file of another version must neither be written over nor keep the vault from being captured.
      logger.error(reasonOf(error));
      return unusableSchedules(reasonOf(error));
    }
  }
}

function tasksFolder(device: string): string {
  return `${deviceFolder(device)}/tasks`;
}
