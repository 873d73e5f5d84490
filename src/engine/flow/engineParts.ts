import type { Clock } from "../kernel/clock";
import type { Hasher } from "../kernel/hash";
import type { Logger } from "../kernel/logger";
import type { Random } from "../kernel/random";
import type { CanvasFiles } from "../canvas/port";
import type { DataFolder } from "../journal/port";
import type { VaultPort } from "./capture/vaultPort";
import type { EngineSettings } from "./engine";

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
  readonly settings: EngineSettings;
}
