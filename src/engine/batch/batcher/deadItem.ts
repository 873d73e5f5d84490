import type { StoreFailure } from "../../graph/port";
import type { Priority } from "../../learning/event";
import { priorityAt } from "../queue/level";
import type { Entry } from "./entry";

/** How often an item was tried in vain. Times are epoch milliseconds. */
export interface Story {
  attempts: number;
  /** Failed attempts that only the item itself can be to blame for. */
  blamed: number;
  readonly firstTriedAt: number;
  lastTriedAt: number;
  /** Milliseconds of its attempts. */
  runMs: number;
}

/** An item that failed for good, whole. Times are epoch milliseconds. */
export interface DeadItem<T> {
  readonly item: T;
  readonly domain: string;
  readonly key: string | null;
  readonly dedupeKey: string | null;
  readonly priority: Priority;
  readonly user: string | null;
  readonly failure: StoreFailure;
  readonly attempts: number;
  readonly firstTriedAt: number;
  readonly lastTriedAt: number;
}

export function deadItemOf<T, R>(entry: Entry<T, R>, failure: StoreFailure, story: Story): DeadItem<T> {
  const { terms, key } = entry;
  return {
    // An item that was under way has its value.
    item: entry.value as T,
    domain: terms.lane.domain,
    key: key.ordered ? key.name : null,
    dedupeKey: entry.dedupeKey ?? null,
    priority: priorityAt(terms.level),
    user: terms.user,
    failure,
    attempts: story.attempts,
    firstTriedAt: story.firstTriedAt,
    lastTriedAt: story.lastTriedAt,
  };
}
