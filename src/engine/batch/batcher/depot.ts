import type { ItemPlace } from "./batcherFact";
import type { Story } from "./deadItem";
import type { Endings } from "./endings";
import type { Entry } from "./entry";
import type { Lane } from "./lane";
import type { Lanes } from "./lanes";
import type { Parcel } from "./parcel";
import type { Round } from "./round";
import type { Tally } from "./tally";

type Part<T, R> = readonly Entry<T, R>[];

export interface DepotParts<T, R> {
  readonly lanes: Lanes<T, R>;
  readonly endings: Endings<T, R>;
  readonly tally: Tally;
  readonly stories: Map<Entry<T, R>, Story>;
  /** True while the batcher stops: then nothing is tried again. */
  readonly closing: () => boolean;
}

/** Keeps parcels between their batches, and takes them apart when they are over. */
export class Depot<T, R> {
  constructor(private readonly parts: DepotParts<T, R>) {}

  /** A parcel leaves: what has ended meanwhile stays behind. */
  wake(parcel: Parcel<T, R>): void {
    if (!parcel.resting) return;
    parcel.resting = false;
    const [first, ...later] = livingParts(parcel, [parcel.items, ...parcel.later]);
    parcel.items = first ?? [];
    parcel.later = later;
    parcel.lane.restingItems -= parcel.items.length;
  }

  /** What a parcel does after its batch. Its undecided items wait from now on. */
  carryOn(parcel: Parcel<T, R>, round: Round<T, R>, now: number): void {
    const { undecided } = round;
    this.parts.lanes.waiting += undecided.length;
    parcel.lane.restingItems += undecided.length;
    const later = livingParts(parcel, parcel.later);
    const all = [undecided, ...later].flat();
    if (all.length === 0) this.close(parcel, now);
    else if (this.parts.closing()) {
      this.giveUp(parcel, all);
      this.close(parcel, now);
    } else if (round.putBack) this.putBack(parcel, all, now);
    else if (round.divide) this.rest(parcel, [...halves(undecided), ...later], now);
    else if (undecided.length === 0) this.rest(parcel, later, now);
    else {
      parcel.items = undecided;
      parcel.later = later;
      this.restUntil(parcel, now + round.againMs, now);
    }
  }

  /** Nobody waits any more for what is under way. What would follow it waits in the queue, behind its held keys. */
  abandoned(parcel: Parcel<T, R>): void {
    const later = parcel.live();
    for (const entry of later) entry.place = "queued";
    parcel.lane.restingItems -= later.length;
    parcel.lane.queue.putBack(later);
  }

  /** One of its items that is not under way has ended. */
  left(parcel: Parcel<T, R>, now: number): void {
    this.parts.lanes.waiting -= 1;
    parcel.lane.restingItems -= 1;
    if (parcel.flight === null && parcel.live().length === 0) this.close(parcel, now);
  }

  /** It is over: others may have its keys. */
  close(parcel: Parcel<T, R>, now: number): void {
    if (parcel.closed) return;
    parcel.closed = true;
    parcel.lane.queue.release(parcel.keys, now);
    parcel.lane.forgetClosed();
  }

  /** The batcher has stopped for these items, which wait in a parcel. */
  giveUp(parcel: Parcel<T, R>, entries: Part<T, R>): void {
    this.parts.lanes.waiting -= entries.length;
    parcel.lane.restingItems -= entries.length;
    this.endStopped(entries, "waiting");
  }

  /** The batcher has stopped for everything of this lane that is not under way. */
  endLane(lane: Lane<T, R>, now: number): void {
    for (let parcel = lane.resting.take(); parcel !== null; parcel = lane.resting.take()) {
      if (parcel.closed) continue;
      this.giveUp(parcel, parcel.live());
      this.close(parcel, now);
    }
    for (let turn = lane.queue.hold(now); turn !== null; turn = lane.queue.hold(now)) {
      const entries: Entry<T, R>[] = [];
      for (let entry = lane.queue.take(turn.key); entry !== null; entry = lane.queue.take(turn.key)) entries.push(entry);
      this.parts.lanes.waiting -= entries.length;
      this.endStopped(entries, "waiting");
      lane.queue.release([turn.key], now);
    }
  }

  endStopped(entries: Part<T, R>, from: ItemPlace): void {
    if (entries.length === 0) return;
    const { endings, tally, stories } = this.parts;
    tally.record({ kind: "left", why: "stopped", from, count: entries.length });
    for (const entry of entries) {
      const started = stories.delete(entry) || from === "inFlight";
      endings.end(entry, started ? { kind: "cancelled", started } : { kind: "refused", reason: "stopped" });
    }
  }

  private putBack(parcel: Parcel<T, R>, entries: Part<T, R>, now: number): void {
    const { lane } = parcel;
    for (const entry of entries) entry.place = "queued";
    lane.restingItems -= entries.length;
    lane.queue.putBack(entries);
    this.close(parcel, now);
  }

  private rest(parcel: Parcel<T, R>, parts: readonly Part<T, R>[], now: number): void {
    parcel.divide(parts);
    this.restUntil(parcel, now, now);
  }

  // Keys of which nothing is left in the parcel are free already.
  private restUntil(parcel: Parcel<T, R>, dueAt: number, now: number): void {
    parcel.resting = true;
    const needed = new Set(parcel.live().map((entry) => entry.key));
    parcel.lane.queue.release(parcel.keys.filter((key) => !needed.has(key)), now);
    parcel.keys = parcel.keys.filter((key) => needed.has(key));
    parcel.lane.resting.add(dueAt, parcel);
  }
}

function livingParts<T, R>(parcel: Parcel<T, R>, parts: readonly Part<T, R>[]): Part<T, R>[] {
  return parts.map((part) => part.filter((entry) => entry.place === parcel)).filter((part) => part.length > 0);
}

function halves<E>(items: readonly E[]): readonly (readonly E[])[] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)].filter((part) => part.length > 0);
}
