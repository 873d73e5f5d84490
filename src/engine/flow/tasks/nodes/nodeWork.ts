import { canvasKey, checkCanvasPath } from "../../../canvas/canvasPath";
import { emptyDocument, type CanvasDocument, type CanvasEntry } from "../../../canvas/document";
import { parseCanvas } from "../../../canvas/parseCanvas";
import type { CanvasPatch } from "../../../canvas/patch";
import type { CanvasFiles } from "../../../canvas/port";
import type { MutateResult } from "../../../canvas/writer";
import type { Clock } from "../../../kernel/clock";
import type { Hasher } from "../../../kernel/hash";
import type { Signal } from "../../../kernel/signal";
import type { MasteryTable } from "../../../learning/mastery";
import type { ItemResult } from "../../../learning/result";
import type { ExportFiles } from "../../../tasks/export/exportFiles";
import type { NodeTurns } from "../../../tasks/nodes/nodeTurns";
import { taskOwner } from "../../../tasks/nodes/taskOwner";
import { TaskFailure } from "../../../tasks/taskFailure";
import type { Look } from "../../capture/look";
import type { VaultPort } from "../../capture/vaultPort";
import type { NodeTaskHost } from "./nodeTaskHost";

/** What the kinds of tasks on nodes are made of. */
export interface NodeWorkParts {
  readonly clock: Clock;
  readonly hasher: Hasher;
  /** The vault's UUID. */
  readonly vault: string;
  readonly host: NodeTaskHost;
  readonly turns: NodeTurns;
  readonly canvasFiles: Pick<CanvasFiles, "read">;
  readonly vaultFiles: Pick<VaultPort, "excludes" | "list">;
  readonly newNotes: ExportFiles;
  readonly mutate: (path: string, patch: CanvasPatch, owner: string) => Promise<MutateResult>;
  readonly masteryTable: () => MasteryTable;
  readonly canvasIdOf: (path: string) => string | null;
  /** Where a canvas lies now; null for one that is not known. */
  readonly pathOf: (canvasId: string) => string | null;
  readonly mayCapture: () => boolean;
  readonly look: (path: string) => Promise<Look>;
  readonly record: (item: object) => Promise<ItemResult>;
}

/** The lane of tasks that ask nobody outside. */
export const CANVAS_DOMAIN = "canvas";
/** The lane of what asks a model. */
export const MODEL_DOMAIN = "model";

/** What no two tasks do something about at once. */
export function turnKey(canvas: string, id: string): string {
  return `${canvasKey(canvas)}#${id}`;
}

/** The path as it is used everywhere. Throws TaskFailure for one that no canvas has. */
export function canvasPathOf(path: string): string {
  const checked = checkCanvasPath(path);
  if (checked.kind === "refused") throw new TaskFailure("data", "path", `${path} is no canvas of this vault: ${checked.reason}.`);
  return checked.path;
}

/** A canvas as it stands now. Rejects with TaskFailure when it cannot be read. */
export async function readDocument({ canvasFiles }: Pick<NodeWorkParts, "canvasFiles">, path: string): Promise<CanvasDocument> {
  const text = await canvasFiles.read(path);
  if (text === null) throw gone(path);
  const parsed = parseCanvas(path, text);
  if (parsed.kind === "unreadable") throw new TaskFailure("data", "unreadable", `${path} cannot be read: ${parsed.problem.reason}.`);
  return parsed.kind === "blank" ? emptyDocument : parsed.document;
}

export function requireEntry(entries: readonly CanvasEntry[], id: string, path: string): CanvasEntry {
  const entry = entries.find((one) => one.id === id);
  if (entry === undefined) throw new TaskFailure("data", "gone", `What this is about is not on ${path} any more.`);
  return entry;
}

/** Carries a patch out in the name of a task. `exists`: somebody else has one of the ids of what was to be added. */
export async function writePatch({ mutate }: Pick<NodeWorkParts, "mutate">, path: string, patch: CanvasPatch, task: string): Promise<"written" | "unchanged" | "exists"> {
  if (patch.length === 0) return "unchanged";
  const result = await mutate(path, patch, taskOwner(task));
  switch (result.kind) {
    case "written":
    case "unchanged":
      return result.kind;
    case "missing":
      throw gone(path);
    case "unreadable":
      throw new TaskFailure("data", "unreadable", `${path} cannot be written: ${result.problem.reason}.`);
    case "refused":
      if (result.code === "exists") return "exists";
      // It is written again soon; a card that is being edited for long ends as a failure that a person can retry.
      if (result.code === "busy") throw new TaskFailure("contention", "busy", `${path} could not be written: ${result.reason}.`);
      throw new TaskFailure("data", result.code, `${path} could not be written: ${result.reason}.`);
  }
}

/** Ends work that was told to end, before it writes anything more. */
export function requireGoing(signal: Signal): void {
  if (signal.aborted) throw cancelled();
}

export function cancelled(): TaskFailure {
  return new TaskFailure("unavailable", "cancelled", "It was cancelled before it was done.");
}

function gone(path: string): TaskFailure {
  return new TaskFailure("data", "missing", `There is no canvas ${path}.`);
}
