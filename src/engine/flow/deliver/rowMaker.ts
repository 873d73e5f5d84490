import type { Clock } from "../../kernel/clock";
import type { Hasher } from "../../kernel/hash";
import { reasonOf } from "../../kernel/reasonOf";
import type { Signal } from "../../kernel/signal";
import type { LearningEvent } from "../../learning/event";
import type { MadeRows } from "../../batch/dispatch/attempt";
import { bounded } from "../../kernel/bounded";
import type { LocalGraph } from "../../graph/localGraph";
import type { PrivacyLevel } from "../../graph/privacyLevel";
import type { StoreBatch } from "../../graph/rows";
import { rowsWithin } from "../../graph/rowsWithin";
import { createUids } from "../../graph/uids";
import { StorageError } from "../../journal/port";
import type { GraphTrouble } from "../project/graphTrouble";
import { streamOf } from "../record/streams";

/** After this long the graph is said to be in the way. Its reads are this device's own, so no store is to blame. */
const LONGEST_MS = 25_000;

export interface RowMakerParts {
  readonly clock: Clock;
  readonly hasher: Hasher;
  readonly vault: string;
  readonly graph: Pick<LocalGraph, "rowsFor">;
  /** Resolves when the graph has everything that the journal has: rows are made of the graph. */
  readonly graphIdle: () => Promise<void>;
  readonly trouble: Pick<GraphTrouble, "begin" | "end">;
}

/** Makes the rows of batches with nothing above the level in them, and tells whoever looks at the local graph while some of it cannot be read for that. */
export class RowMaker {
  /** Streams whose rows could not be made; one that can be read does not mean that the others can. */
  private readonly unread = new Set<string>();

  constructor(
    private readonly parts: RowMakerParts,
    private readonly level: PrivacyLevel,
  ) {}

  /** Rejects for a fault of the events alone. */
  async rowsFor(events: readonly LearningEvent[], signal: Signal): Promise<MadeRows> {
    try {
      const made = await bounded(this.parts.clock, LONGEST_MS, signal, () => this.make(events));
      if (made.kind === "aborted") return made;
      if (made.kind === "late") return this.failed(events, `it was not read within ${LONGEST_MS / 1_000} seconds`);
      this.wasRead(events);
      return { kind: "rows", rows: made.value };
    } catch (error) {
      if (error instanceof StorageError) return this.failed(events, error);
      throw error;
    }
  }

  /** Nothing is sent any more, so nothing is waited for. */
  end(): void {
    this.unread.clear();
    this.parts.trouble.end("rows");
  }

  private async make(events: readonly LearningEvent[]): Promise<StoreBatch> {
    await this.parts.graphIdle();
    const { graph, hasher, vault } = this.parts;
    return rowsWithin(await graph.rowsFor(events), this.level, createUids(hasher, vault, this.level));
  }

  private failed(events: readonly LearningEvent[], error: unknown): MadeRows {
    for (const event of events) this.unread.add(streamOf(event));
    this.parts.trouble.begin("rows", error);
    return { kind: "local", reason: reasonOf(error) };
  }

  private wasRead(events: readonly LearningEvent[]): void {
    if (this.unread.size === 0) return;
    for (const event of events) this.unread.delete(streamOf(event));
    if (this.unread.size === 0) this.parts.trouble.end("rows");
  }
}
