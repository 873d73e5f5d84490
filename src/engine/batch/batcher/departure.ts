import type { Story } from "./deadItem";
import { Durations } from "./durations";
import type { Entry } from "./entry";
import type { Flight } from "./flight";
import type { Tally } from "./tally";

/** What the sink gets. */
export interface Departure<T> {
  readonly values: readonly T[];
  /** 1 when none of them was tried before. */
  readonly attempt: number;
}

/** Puts the items of a batch under way and counts its start. */
export function depart<T, R>(flight: Flight<T, R>, stories: ReadonlyMap<Entry<T, R>, Story>, tally: Tally): Departure<T> {
  const { items, startedAt, parcel } = flight;
  const values = new Array<T>(items.length);
  const waits = new Durations();
  let attempts = 0;
  let retried = 0;
  for (let index = 0; index < items.length; index += 1) {
    const entry = items[index] as Entry<T, R>;
    entry.place = parcel;
    // An item in memory has its value.
    values[index] = entry.value as T;
    const story = stories.size === 0 ? undefined : stories.get(entry);
    if (story === undefined) waits.add(startedAt - entry.enqueuedAt);
    else {
      attempts = Math.max(attempts, story.attempts);
      retried += 1;
    }
  }
  tally.record({ kind: "batch-started", items: items.length, retried, waits: waits.runs });
  return { values, attempt: attempts + 1 };
}
