import type { Clock } from "../../kernel/clock";
import type { Hasher } from "../../kernel/hash";
import type { Logger } from "../../kernel/logger";
import { stoppedThroughput } from "../../kernel/throughput";
import { createAlternatingFile } from "../../journal/alternatingFile";
import type { DataFolder } from "../../journal/port";
import { createSealedLog } from "../../journal/sealedLog";
import { deviceFolder } from "../../journal/segments";
import { readAllPaused } from "../../tasks/disk/allPaused";
import { FactLog } from "../../tasks/disk/factLog";
import { loadTasks } from "../../tasks/disk/loadTasks";
import { TaskFiles } from "../../tasks/disk/taskFiles";
import { viewOf } from "../../tasks/state/viewOf";
import type { TaskView } from "../../tasks/taskView";
import { hostWaitMs } from "../hostWaitMs";

export interface TaskViewsParts {
  readonly clock: Clock;
  readonly hasher: Hasher;
  readonly logger: Logger;
  /** Leaves out writes. */
  readonly folder: DataFolder;
  readonly device: string;
}

/** The tasks of a device as their files have them, for who only looks. Rejects with StorageError. */
export async function readTaskViews({ clock, device, folder, hasher, logger }: TaskViewsParts): Promise<readonly TaskView[]> {
  const files = new TaskFiles({
    folder,
    base: `${deviceFolder(device)}/tasks`,
    openLog: (stem) => createSealedLog(folder, stem, hasher),
    openFile: (base) => createAlternatingFile(folder, base, hasher),
  });
  const openLog = (id: string): FactLog =>
    new FactLog({ clock, log: files.log(id), retryDelayMs: (failures) => hostWaitMs(failures - 1), onTrouble: () => undefined });
  const allPaused = await readAllPaused(files.common(), logger);
  const surroundings = { allPaused, waitsFor: null, pace: stoppedThroughput, now: clock.monotonic() };
  return (await loadTasks({ files, logger, openLog })).map(({ state }) => viewOf(state, surroundings));
}
