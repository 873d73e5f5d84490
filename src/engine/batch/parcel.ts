import type { LearningEvent } from "../learning/event";
import type { QueueItem } from "./queueKey";

/** An event on its way to a store, with what is remembered of its attempts while it is in memory. */
export interface Parcel {
  readonly event: LearningEvent;
  /** Writes that it took part in. */
  attempts: number;
  /** Epoch milliseconds of the first attempt; null before it. */
  firstTriedAt: number | null;
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
