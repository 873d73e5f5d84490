import type { CanvasDocument } from "../../../canvas/document";
import { isJsonObject, ownMember, type JsonValue } from "../../../kernel/json";
import { chatUrl } from "../../../tasks/nodes/modelUrl";
import { isAgreed, problemOfModel } from "../../../tasks/nodes/modelGenerator";
import { readExplainItem, readSummariseItem } from "../../../tasks/nodes/nodeItems";
import { isNodeAction, type ModelPreview, type NodeAction, type NodeTaskRequest, type NodeTasks, type StartedNodeTask, type UndoneNodeTask } from "../../../tasks/nodes/nodeTasks";
import type { ChatMessage } from "../../../tasks/nodes/chatModel";
import { explainPrompt, summaryPrompt } from "../../../tasks/nodes/prompt";
import { TaskFailure } from "../../../tasks/taskFailure";
import type { Tasks } from "../../../tasks/tasks";
import { nodeTaskTitle } from "./nodeTaskTitle";
import { completeItems, sameKey, turnsOf } from "./nodeItemsOf";
import { nodeTextOf } from "./nodeTextOf";
import { canvasPathOf, readDocument, type NodeWorkParts } from "./nodeWork";
import { outlineOf } from "./summariseKind";
import { undoNodeTask, type UndoOwner } from "./undoNodeTask";

export interface NodeTaskDeskParts extends NodeWorkParts {
  readonly tasks: Tasks;
  /** What a person had to act for may be in order now. */
  readonly tryModelAgain: () => void;
  /** Null where writes of canvases cannot be taken back. */
  readonly undoOwner: UndoOwner | null;
}

/** Items of one task that are looked at for the cards they are about. */
const LOOKED_AT = 1_000;

/** Tasks on nodes as a person asks for them: joined, queued with a word, shown before anything is sent, and taken back. */
export class NodeTaskDesk implements NodeTasks {
  constructor(private readonly parts: NodeTaskDeskParts) {}

  async start({ action, items }: NodeTaskRequest): Promise<StartedNodeTask> {
    const { tasks, tryModelAgain } = this.parts;
    const complete = completeItems(this.parts, action, items);
    const title = nodeTaskTitle(action, complete, await this.documentOf(complete[0]));
    const options = { kind: action, title, priority: "HIGH", dedupeKey: sameKey(action, complete), joinEnded: false } as const;
    const { id, kind } = await tasks.create(complete, options);
    // Whoever asks again has perhaps put right what the model refused.
    if (complete.some((item) => usesModel(action, item))) tryModelAgain();
    if (kind === "joined") return { kind, id, title: tasks.status(id)?.title ?? title };
    const behind = await this.busyWith(id, new Set(complete.flatMap((item) => turnsOf(action, item))));
    return behind === null ? { kind: "started", id, title } : { kind: "queued", id, title, behind };
  }

  async preview({ action, items }: NodeTaskRequest): Promise<ModelPreview | null> {
    const [first] = completeItems(this.parts, action, items);
    if (first === undefined || !usesModel(action, first)) return null;
    const { model } = this.parts.host.settings();
    const problem = problemOfModel(model);
    const messages = await this.messagesOf(action, first);
    return { url: problem === null ? chatUrl(model.url) : "", model: model.name.trim(), messages, agreed: isAgreed(model), problem };
  }

  canUndo(kind: string): boolean {
    return isNodeAction(kind) && (kind === "summarise" || this.parts.undoOwner !== null);
  }

  undo(task: string): Promise<UndoneNodeTask> {
    return undoNodeTask(this.parts, task);
  }

  /** The title of an earlier task that has not ended and is about one of these cards; null when there is none. */
  private async busyWith(own: string, keys: ReadonlySet<string>): Promise<string | null> {
    if (keys.size === 0) return null;
    const { tasks } = this.parts;
    for (const { endedAt, id, kind, title } of tasks.list()) {
      if (id === own) return null;
      if (endedAt !== null || !isNodeAction(kind)) continue;
      const items = await tasks.items(id, 0, LOOKED_AT);
      const open = items.filter(({ status }) => status === "waiting" || status === "running");
      if (open.some(({ input }) => turnsOf(kind, input).some((key) => keys.has(key)))) return title;
    }
    return null;
  }

  private async messagesOf(action: NodeAction, value: JsonValue): Promise<readonly ChatMessage[]> {
    if (action === "explain") {
      const read = readExplainItem(value);
      if (read.kind === "refused") throw new RangeError(read.reason);
      const path = canvasPathOf(read.item.canvas);
      const about = await nodeTextOf(this.parts, path, await readDocument(this.parts, path), read.item.target);
      return explainPrompt(about, read.item.style ?? this.parts.host.settings().style);
    }
    const read = readSummariseItem(value);
    if (read.kind === "refused") throw new RangeError(read.reason);
    const path = canvasPathOf(read.item.canvas);
    return summaryPrompt(path, await outlineOf(this.parts, path, "model"));
  }

  /** For a title only: what cannot be read now says why when it runs. */
  private async documentOf(item: JsonValue | undefined): Promise<CanvasDocument | null> {
    const canvas = item !== undefined && isJsonObject(item) ? ownMember(item, "canvas") : undefined;
    if (typeof canvas !== "string") return null;
    try {
      return await readDocument(this.parts, canvasPathOf(canvas));
    } catch (error) {
      if (error instanceof TaskFailure) return null;
      throw error;
    }
  }
}

function usesModel(action: NodeAction, value: JsonValue): boolean {
  if (action !== "explain" && action !== "summarise") return false;
  const read = action === "explain" ? readExplainItem(value) : readSummariseItem(value);
  return read.kind === "item" && read.item.generator === "model";
}
