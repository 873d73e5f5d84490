import type { Origin } from "../../learning/event";
import type { TaskKind } from "../../tasks/kind";
import type { Look } from "../capture/look";
import { drainKind, type DrainKindParts } from "./drainKind";
import { exportKind, type ExportKindParts } from "./exportKind";
import { indexKind, type IndexKindParts } from "./indexKind";
import { rebuildKind, type RebuildKindParts } from "./rebuildKind";

export interface TaskKindsParts extends Omit<IndexKindParts, "files" | "look">, Omit<DrainKindParts, "clock">, RebuildKindParts, Omit<ExportKindParts, "files"> {
  readonly vaultFiles: IndexKindParts["files"];
  /** Null where the host cannot export. */
  readonly exportFiles: ExportKindParts["files"] | null;
  readonly look: (path: string, origin: Origin) => Promise<Look>;
  /** Whether this canvas is one that the first index of the vault has still to find. */
  readonly isFirstLook: (path: string) => boolean;
}

/** The kinds of tasks that everybody has. */
export function taskKinds(parts: TaskKindsParts): readonly TaskKind[] {
  const look = (path: string): Promise<Look> => parts.look(path, parts.isFirstLook(path) ? "index" : "catch-up");
  const { exportFiles, vaultFiles } = parts;
  return [
    indexKind({ ...parts, look, files: vaultFiles }),
    drainKind(parts),
    rebuildKind(parts),
    ...(exportFiles === null ? [] : [exportKind({ ...parts, files: exportFiles })]),
  ];
}
