import type { StoreFailure } from "../../graph/port";
import type { LearningEvent } from "../../learning/event";
import type { QueueItem } from "../queue/keyedQueue";

/** How often an event failed alone for an unknown reason while the store worked, and how the last time. */
export interface Suspicion {
  readonly failures: number;
  readonly failure: StoreFailure;
}

/** An event on its way to a store, with what is remembered of its attempts while it is in memory. */
export interface Parcel {
  readonly event: LearningEvent;
  /** Writes that it took part in. */
  attempts: number;
  /** Epoch milliseconds of the first attempt; null before it. */
  firstTriedAt: number | null;
  suspicion: Suspicion | null;
}

export type ParcelItem = QueueItem<Parcel>;

export function eventsOf(items: readonly ParcelItem[]): readonly LearningEvent[] {
  return items.map((item) => item.value.event);
}

/** What an event is about, as one text. */
export function subjectOf(item: ParcelItem): string {
  const { canvas, subject } = item.value.event;
  return `${canvas?.id ?? ""}#${subject.kind}#${subject.id}`;
}
