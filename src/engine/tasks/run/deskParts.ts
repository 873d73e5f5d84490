import type { Clock } from "../../kernel/clock";
import type { Logger } from "../../kernel/logger";
import type { Random } from "../../kernel/random";
import type { TaskFilesParts } from "../disk/taskFiles";
import type { ItemRunner } from "../itemRunner";
import type { TaskSettings } from "../taskSettings";
import type { KindRegistry } from "./kindRegistry";

export interface DeskParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly kinds: KindRegistry;
  readonly runner: ItemRunner;
  readonly files: TaskFilesParts;
  /** Milliseconds until trouble with files, or a full queue, is looked at again after so many failures in a row. */
  readonly retryDelayMs: (failures: number) => number;
  readonly settings: TaskSettings;
}
