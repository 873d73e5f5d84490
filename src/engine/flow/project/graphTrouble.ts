import type { Logger } from "../../kernel/logger";
import { reasonOf } from "../../kernel/reasonOf";
import type { StoreStatus } from "../status/status";

/** What the local graph is behind, and where. */
const BEHIND = {
  fold: "The local graph is behind the journal",
  checkpoint: "The local graph is not saved, so the next start reads more of the journal",
  rows: "The local graph cannot be read, so events wait for the store",
  scan: "The local graph is behind the vault, which was not read to its end",
} as const;

export interface GraphTroubleParts {
  readonly logger: Logger;
  readonly changed: () => void;
}

/** What keeps the local graph behind now. Nothing acknowledged is lost by any of it; each is tried again. */
export class GraphTrouble {
  private readonly sentences = new Map<keyof typeof BEHIND, string>();

  constructor(private readonly parts: GraphTroubleParts) {}

  begin(kind: keyof typeof BEHIND, error: unknown): void {
    const sentence = `${BEHIND[kind]}: ${reasonOf(error)}`;
    this.parts.logger.warn(sentence);
    this.sentences.set(kind, sentence);
    this.parts.changed();
  }

  end(kind: keyof typeof BEHIND): void {
    if (this.sentences.delete(kind)) this.parts.changed();
  }

  /** The local graph's status with the trouble in it. */
  shownIn(status: StoreStatus): StoreStatus {
    const [message] = this.sentences.values();
    return message === undefined ? status : { ...status, state: "unavailable", message };
  }
}
