import type { ChatModel } from "../../../tasks/nodes/chatModel";
import type { NodeTaskSettings } from "../../../tasks/nodes/nodeTaskSettings";
import type { NoteFiles } from "../../../tasks/nodes/noteFiles";

/** What a host gives for tasks on nodes. Settings and key are asked for each time, since they change. */
export interface NodeTaskHost {
  readonly settings: () => NodeTaskSettings;
  readonly notes: NoteFiles;
  readonly model: ChatModel;
  /** The key of the model's endpoint; null where there is none. */
  readonly key: () => string | null;
}
