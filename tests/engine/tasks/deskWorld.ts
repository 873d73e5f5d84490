import { createAlternatingFile } from "../../../src/engine/journal/alternatingFile";
import { createSealedLog } from "../../../src/engine/journal/sealedLog";
import { silentLogger } from "../../../src/engine/kernel/logger";
import type { JsonValue } from "../../../src/engine/kernel/json";
import type { ItemResult } from "../../../src/engine/tasks/itemResult";
import type { ItemRunner } from "../../../src/engine/tasks/itemRunner";
import type { ItemContext, TaskKind } from "../../../src/engine/tasks/kind";
import { KindRegistry } from "../../../src/engine/tasks/run/kindRegistry";
import { TaskDesk } from "../../../src/engine/tasks/taskDesk";
import { defaultTaskSettings, type TaskSettings } from "../../../src/engine/tasks/taskSettings";
import type { Tasks } from "../../../src/engine/tasks/tasks";
import type { TaskView } from "../../../src/engine/tasks/taskView";
import { ManualClock } from "../../fakes/manualClock";
import { MemoryDataFolder } from "../../fakes/memoryDataFolder";
import { MemoryItemRunner } from "../../fakes/memoryItemRunner";
import { seededRandom } from "../../fakes/seededRandom";
import { testHasher } from "../../fakes/testHasher";

export const base = "devices/d1/tasks";

/** One run of an item that a test decides about. */
export interface Run {
  readonly input: JsonValue;
  readonly context: ItemContext;
  done(value?: JsonValue): void;
  fail(error: unknown): void;
}

/** A kind whose runs wait until a test ends them. */
export class HeldKind implements TaskKind {
  readonly runs: Run[] = [];

  constructor(
    readonly name = "held",
    readonly repeatable = true,
  ) {}

  check(item: JsonValue): string | null {
    return item === "bad" ? "it is bad" : null;
  }

  domainOf(): string {
    return "vault";
  }

  keyOf(item: JsonValue): string | null {
    return typeof item === "object" && item !== null && "key" in item ? JSON.stringify(item.key) : null;
  }

  costMs(item: JsonValue): number {
    return typeof item === "object" && item !== null && "cost" in item ? Number(item.cost) : 10;
  }

  run(input: JsonValue, context: ItemContext): Promise<JsonValue> {
    return new Promise((resolve, reject) => {
      const run: Run = {
        input,
        context,
        done: (value = null) => resolve(value),
        fail: (error) => reject(error instanceof Error ? error : new Error(String(error))),
      };
      this.runs.push(run);
    });
  }

  /** The run of an item that began last. */
  of(item: number): Run {
    const run = this.runs.filter(({ context }) => context.item === item).at(-1);
    if (run === undefined) throw new Error(`Item ${item} did not run.`);
    return run;
  }

  get started(): readonly number[] {
    return this.runs.map(({ context }) => context.item);
  }
}

/** A kind that is done at once. */
export function quickKind(name = "quick", run: (item: JsonValue, context: ItemContext) => Promise<JsonValue> = async (item) => item): TaskKind {
  return { name, check: () => null, domainOf: () => "vault", keyOf: () => null, costMs: () => 1, repeatable: true, run };
}

export interface WorldOptions {
  readonly folder?: MemoryDataFolder;
  readonly runner?: ItemRunner;
  readonly kinds?: readonly TaskKind[];
  readonly clock?: ManualClock;
  readonly settings?: Partial<TaskSettings>;
  readonly seed?: number;
}

export interface World {
  readonly clock: ManualClock;
  readonly folder: MemoryDataFolder;
  readonly kinds: KindRegistry;
  readonly desk: TaskDesk;
  readonly ends: TaskView[];
  readonly log: string[];
}

export function world({ folder = new MemoryDataFolder(), runner = new MemoryItemRunner(), kinds = [], clock = new ManualClock(), settings, seed = 1 }: WorldOptions = {}): World {
  const registry = new KindRegistry();
  for (const kind of kinds) registry.register(kind);
  const log: string[] = [];
  const keep = (message: string): number => log.push(message);
  const desk = new TaskDesk({
    clock,
    random: seededRandom(seed),
    logger: { ...silentLogger, warn: keep, error: keep },
    kinds: registry,
    runner,
    files: {
      folder,
      base,
      openLog: (stem) => createSealedLog(folder, stem, testHasher),
      openFile: (path) => createAlternatingFile(folder, path, testHasher),
    },
    retryDelayMs: (failures) => 1_000 * failures,
    settings: { ...defaultTaskSettings, ...settings },
  });
  const ends: TaskView[] = [];
  desk.onEnd((view) => ends.push(view));
  return { clock, folder, kinds: registry, desk, ends, log };
}

export async function started(options: WorldOptions = {}): Promise<World> {
  const made = world(options);
  await made.desk.start();
  return made;
}

/** What another process finds on disk when this one dies now. */
export function crashed(world: World, options: WorldOptions = {}): Promise<World> {
  return started({ ...options, folder: world.folder.copy(), seed: 2 });
}

export async function settle(world: World, turns = 10): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await world.clock.flush();
}

export async function resultsOf(tasks: Tasks, id: string): Promise<readonly ItemResult[]> {
  const results: ItemResult[] = [];
  for await (const result of tasks.results(id)) results.push(result);
  return results;
}

export function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

export function identity({ counts }: TaskView): number {
  return counts.waiting + counts.running + counts.done + counts.failed + counts.cancelled - counts.total;
}

/** Lets things happen until this is so. Throws when it never is. */
export async function until(world: World, isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 5_000; turn += 1) {
    if (isSo()) return;
    await world.clock.flush();
  }
  throw new Error("It never came to be.");
}
