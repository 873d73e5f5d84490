import { QueueKey } from "../queue/queueKey";
import type { BatcherSettings } from "./batcherSettings";
import { Call } from "./call";
import { Durations } from "./durations";
import { Entry } from "./entry";
import { Flight } from "./flight";
import { Lane } from "./lane";
import { Parcel } from "./parcel";
import { Round, type RoundParts } from "./round";

/** Laid out like the times that follow: a whole number is another shape. */
const NO_TIME = Number.NaN;

/**
 * One of everything that comes and goes with items and batches. A JavaScript engine that finds no object of a class left,
 * as after a quiet minute, forgets how such objects are laid out and throws away all code that was compiled for them.
 * The next items would then cost a third more. Whoever has these keeps that code.
 */
export function keptShapes<T, R>(settings: BatcherSettings, parts: RoundParts<T, R>): readonly unknown[] {
  const lane = new Lane<T, R>("", settings, NO_TIME);
  const key = new QueueKey<Entry<T, R>>("");
  const call = new Call<R>(1, null);
  const terms = { lane, call, at: NO_TIME, level: 0, bytes: 0, user: null } as const;
  const entry = new Entry<T, R>(undefined, terms, key, 0, undefined);
  const parcel = new Parcel<T, R>(lane, [entry], [key]);
  const flight = new Flight<T, R>(parcel, NO_TIME, NO_TIME, NO_TIME, false);
  return [flight, new Round<T, R>(parts, flight, NO_TIME), new Durations()];
}
