import type { NodeTarget } from "../../../tasks/nodes/nodeItems";
import { readStamp } from "../../../tasks/nodes/noteStamp";
import { TaskFailure } from "../../../tasks/taskFailure";
import type { Explanation } from "./findExplanation";
import type { NodeWorkParts } from "./nodeWork";

export interface MadeExplanation {
  readonly path: string;
  readonly target: NodeTarget;
  readonly note: Explanation;
  /** Something of it was made in this run. */
  readonly isNew: boolean;
}

/** `not-captured`: this vault is not captured, or the canvas is kept out. `unknown`: the note does not say any more when it was made. */
export type RecordedExplanation = "recorded" | "there" | "not-captured" | "unknown";

/**
 * Journals that something was explained. The event is made of what the note says of itself, so that it is the same event
 * whenever it is told, and the journal has it once.
 */
export async function recordExplanation({ look, mayCapture, record, vaultFiles }: NodeWorkParts, { isNew, note, path, target }: MadeExplanation): Promise<RecordedExplanation> {
  const stamp = readStamp(note.text);
  if (stamp === null) return "unknown";
  // Told under another path it would be another event.
  if (!isNew && stamp.canvas !== path) return "there";
  if (!mayCapture() || vaultFiles.excludes?.(path) === true) return "not-captured";
  // The canvas may be new, or the card: the event needs a graph that knows both.
  await look(path);
  const { createdAt, generator, identity, style } = stamp;
  const event = { type: "explanation_created", timestamp: createdAt, canvas: path, [target.kind]: target.id, data: { explanation: identity, style, generator } };
  const { error, status } = await record(event);
  if (status === "duplicate") return "there";
  if (error === undefined) return "recorded";
  if (status === "failed") throw new TaskFailure("unavailable", error.code, `The note is made, and that it was made could not be journaled: ${error.message}`);
  throw new TaskFailure("data", error.code, `The note is made, and that it was made is not journaled: ${error.message}`);
}
