import type { Origin } from "../../learning/event";
import type { TaskKind } from "../../tasks/kind";
import type { Look } from "../capture/look";
import type { VaultPort } from "../capture/vaultPort";
import { drainKind, type DrainKindParts } from "./drainKind";
import { exportKind, type ExportKindParts } from "./exportKind";
import { indexKind, type IndexKindParts } from "./indexKind";
import { rebuildKind, type RebuildKindParts } from "./rebuildKind";
import { verifyKind, type VerifyKindParts } from "./verifyKind";

export interface TaskKindsParts
  extends Omit<IndexKindParts, "files" | "look">, Pick<DrainKindParts, "drain">, RebuildKindParts, Omit<ExportKindParts, "files">, Omit<VerifyKindParts, "files" | "store"> {
  readonly vaultFiles: VaultPort;
  /** Null where the host cannot export. */
  readonly exportFiles: ExportKindParts["files"] | null;
  readonly look: (path: string, origin: Origin) => Promise<Look>;
  /** Whether this canvas is one that the first index of the vault has still to find. */
  readonly isFirstLook: (path: string) => boolean;
  readonly storeStatus: DrainKindParts["store"];
  readonly comparableStore: VerifyKindParts["store"];
}

/** The kinds of tasks that everybody has. */
export function taskKinds(parts: TaskKindsParts): readonly TaskKind[] {
  const { comparableStore, exportFiles, storeStatus, vaultFiles } = parts;
  const look = (path: string): Promise<Look> => parts.look(path, parts.isFirstLook(path) ? "index" : "catch-up");
  return [
    indexKind({ ...parts, look, files: vaultFiles }),
    drainKind({ ...parts, store: storeStatus }),
    rebuildKind(parts),
    verifyKind({ ...parts, files: vaultFiles, store: comparableStore }),
    ...(exportFiles === null ? [] : [exportKind({ ...parts, files: exportFiles })]),
  ];
}
