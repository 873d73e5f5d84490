import type { Clock } from "../kernel/clock";
import type { Hasher } from "../kernel/hash";
import type { Logger } from "../kernel/logger";
import type { Random } from "../kernel/random";
import type { CanvasFiles } from "../canvas/port";
import type { DataFolder } from "../journal/port";
import type { ExportFiles } from "../tasks/export/exportFiles";
import type { VaultPort } from "./capture/vaultPort";
import type { EngineSettings } from "./engine";
import type { NodeTaskHost } from "./tasks/nodes/nodeTaskHost";
import type { TaskOutlets } from "./tasks/taskOutlets";

/** What a host gives the engine. */
export interface EngineParts {
  readonly clock: Clock;
  readonly hasher: Hasher;
  readonly random: Random;
  readonly logger: Logger;
  /** The plugin's folder. Nobody else writes below `devices/<device>` in it. */
  readonly folder: DataFolder;
  readonly vaultFiles: VaultPort;
  /** For changes of canvases that a person asked for. */
  readonly canvasFiles: CanvasFiles;
  /** The vault's UUID. */
  readonly vault: string;
  /** This device's id: letters, digits, `-` and `_`. */
  readonly device: string;
  /** Where exports go. Without it there is no task that exports. */
  readonly exportFiles?: ExportFiles;
  readonly settings: EngineSettings;
  /**
   * Whether the user lets files be captured now. Asked before a task looks at one: a task that was made before they said
   * no may still be there. Yes where nothing is said.
   */
  readonly mayCapture?: () => boolean;
  /** True while nobody sees the host's window: tasks then leave the device alone as far as they may. */
  readonly hidden?: () => boolean;
  /** The zone of schedules, such as `Europe/Berlin`; that of the host where nothing is said. */
  readonly timeZone?: string;
  /** Who hears of tasks that end; nobody where nothing is said. */
  readonly outlets?: TaskOutlets;
  /** For tasks on nodes. There are none without it, and without `exportFiles`. */
  readonly nodeTaskHost?: NodeTaskHost;
}
