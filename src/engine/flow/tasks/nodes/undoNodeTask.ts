import type { FileProblem } from "../../../canvas/document";
import { isJsonObject, type JsonObject } from "../../../kernel/json";
import { taskOwner } from "../../../tasks/nodes/taskOwner";
import type { UndoneNodeTask } from "../../../tasks/nodes/nodeTasks";
import { TaskFailure } from "../../../tasks/taskFailure";
import type { Tasks } from "../../../tasks/tasks";
import { readDocument, type NodeWorkParts } from "./nodeWork";

/** What became of taking everything back that one owner wrote on a canvas, the newest first. */
export type OwnerUndo =
  /** `kept` are the ids of what was changed since and therefore stayed as it is. */
  | { readonly kind: "undone" | "unchanged"; readonly path: string; readonly kept: readonly string[] }
  | { readonly kind: "nothing" }
  | { readonly kind: "missing"; readonly path: string }
  | { readonly kind: "unreadable"; readonly problem: FileProblem }
  | { readonly kind: "refused"; readonly reason: string };

export type UndoOwner = (path: string, owner: string) => Promise<OwnerUndo>;

export interface UndoNodeTaskParts extends Pick<NodeWorkParts, "canvasFiles" | "hasher" | "host" | "pathOf"> {
  readonly tasks: Pick<Tasks, "results">;
  readonly undoOwner: UndoOwner | null;
}

/** Takes back what a task wrote on canvases, then the notes that no card shows any more and nobody changed. */
export async function undoNodeTask(parts: UndoNodeTaskParts, task: string): Promise<UndoneNodeTask> {
  const made: JsonObject[] = [];
  for await (const line of parts.tasks.results(task)) if (line.status === "done" && isJsonObject(line.value)) made.push(line.value);
  const kept: string[] = [];
  let canvases = 0;
  for (const path of new Set(made.flatMap((value) => pathIn(parts, value) ?? []))) {
    const undone = (await parts.undoOwner?.(path, taskOwner(task))) ?? { kind: "nothing" };
    if (undone.kind === "undone") canvases += 1;
    kept.push(...reasonsOf(path, undone));
  }
  let notes = 0;
  for (const value of made) {
    const why = await takeNote(parts, value);
    if (why === "taken") notes += 1;
    else if (why !== null) kept.push(why);
  }
  return { canvases, notes, kept };
}

function reasonsOf(path: string, undone: OwnerUndo): readonly string[] {
  switch (undone.kind) {
    case "undone":
    case "unchanged":
      return undone.kept.length === 0 ? [] : [`${undone.kept.length} of what it did on ${path} was changed since, and stays.`];
    case "nothing":
      return [];
    case "missing":
      return [`There is no canvas ${path} any more.`];
    case "unreadable":
      return [`${path} cannot be read: ${undone.problem.reason}.`];
    case "refused":
      return [`${path} could not be changed: ${undone.reason}.`];
  }
}

/** "taken", null for nothing to take, else why it stays. */
async function takeNote(parts: UndoNodeTaskParts, value: JsonObject): Promise<string | null> {
  const { note, noteSum } = value;
  if (typeof note !== "string" || typeof noteSum !== "string") return null;
  if (await isShown(parts, value, note)) return `${note} is still shown on a canvas, and stays.`;
  if (await parts.host.notes.discard(note, (text) => parts.hasher.sha256(text) === noteSum)) return "taken";
  return (await parts.host.notes.read(note)) === null ? null : `${note} was changed since, and stays.`;
}

async function isShown(parts: UndoNodeTaskParts, value: JsonObject, note: string): Promise<boolean> {
  const path = pathIn(parts, value);
  if (path === null || value["node"] === undefined) return false;
  try {
    return (await readDocument(parts, path)).nodes.some((node) => node["file"] === note);
  } catch (error) {
    // A canvas that is gone, or cannot be read, shows nothing.
    if (error instanceof TaskFailure) return false;
    throw error;
  }
}

/** The canvas of a result, where it lies now. */
function pathIn({ pathOf }: UndoNodeTaskParts, { canvas, canvasId }: JsonObject): string | null {
  const now = typeof canvasId === "string" ? pathOf(canvasId) : null;
  return now ?? (typeof canvas === "string" ? canvas : null);
}
