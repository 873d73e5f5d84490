import type { LearningEvent, Priority } from "../../learning/event";
import type { Connected, GraphStore } from "../../graph/port";
import type { PendingSource } from "./pendingSource";
import type { BatchSettings } from "../policy/settings";
import type { TripParts } from "./trip";

export interface DispatcherParts<C> extends TripParts {
  readonly store: GraphStore;
  readonly source: PendingSource<C>;
  /** Events of one key reach the store in the order in which they were offered. */
  readonly keyOf: (event: LearningEvent) => string;
  /** The priority an event queues with. */
  readonly priorityOf: (event: LearningEvent) => Priority;
  /** The store answered and nothing was read from the source for it yet: the time to open its acknowledgements. */
  readonly connected: (connected: Connected) => Promise<void> | void;
  readonly settings: BatchSettings;
}

/** The same parts with a listener that cannot stop the work. */
export function shielded<C>(parts: DispatcherParts<C>): DispatcherParts<C> {
  const { logger, record } = parts;
  return {
    ...parts,
    record: (fact) => {
      try {
        record(fact);
      } catch (error) {
        logger.warn(`a listener to ${fact.kind} failed: ${String(error)}`);
      }
    },
  };
}
