import type { JsonValue } from "../../kernel/json";
import type { ChatMessage } from "./chatModel";

export type NodeAction = "explain" | "mastery" | "arrange" | "summarise";

export const nodeActions: readonly NodeAction[] = ["explain", "mastery", "arrange", "summarise"];

export function isNodeAction(kind: string): kind is NodeAction {
  return (nodeActions as readonly string[]).includes(kind);
}

/** What is to be done; the items are those of the kind. */
export interface NodeTaskRequest {
  readonly action: NodeAction;
  readonly items: readonly JsonValue[];
}

export type StartedNodeTask =
  | { readonly kind: "started"; readonly id: string; readonly title: string }
  /** The same is being done already; this is its task. */
  | { readonly kind: "joined"; readonly id: string; readonly title: string }
  /** It begins when `behind`, the title of another task on one of its cards, has ended. */
  | { readonly kind: "queued"; readonly id: string; readonly title: string; readonly behind: string };

/** What would be sent to a model, and where to. */
export interface ModelPreview {
  readonly url: string;
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  /** Whether the user has agreed to what is sent to this address. */
  readonly agreed: boolean;
  /** Why it cannot be asked with the settings as they are, as one sentence; null when it can. */
  readonly problem: string | null;
}

/** What became of taking back what a task did. */
export interface UndoneNodeTask {
  /** Canvases on which something was taken back. */
  readonly canvases: number;
  /** Notes that were taken away. */
  readonly notes: number;
  /** What stayed as it is, each as one plain sentence: somebody changed it since. */
  readonly kept: readonly string[];
}

/** Tasks about cards of a canvas, as a person asks for them. */
export interface NodeTasks {
  /**
   * Makes a task, or joins the one that does the same already. Rejects with RangeError for items that are none, with
   * StorageError when it cannot be kept.
   */
  start(request: NodeTaskRequest): Promise<StartedNodeTask>;
  /** What a task of this item would send; null where nothing leaves the device. Rejects with TaskFailure when there is no such card. */
  preview(request: NodeTaskRequest): Promise<ModelPreview | null>;
  /** Whether a task of this kind can be taken back here. */
  canUndo(kind: string): boolean;
  /** Takes back what an ended task did, as far as nobody changed it since. Rejects when the host cannot write. */
  undo(task: string): Promise<UndoneNodeTask>;
}
