import type { Clock } from "../../kernel/clock";
import type { Logger } from "../../kernel/logger";
import type { Random } from "../../kernel/random";
import type { LearningEvent, Priority } from "../../learning/event";
import { eventBytes } from "./eventBytes";
import type { BatchFact } from "./batchFact";
import { Feed } from "./feed";
import type { KeyedQueue } from "../queue/keyedQueue";
import { levelOf } from "../queue/level";
import type { Parcel } from "./parcel";
import type { PendingSource } from "./pendingSource";
import type { BatchSettings } from "../policy/settings";

export interface IntakeParts<C> {
  readonly name: string;
  readonly queue: KeyedQueue<Parcel>;
  readonly source: PendingSource<C>;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly keyOf: (event: LearningEvent) => string;
  readonly priorityOf: (event: LearningEvent) => Priority;
  readonly record: (fact: BatchFact) => void;
  readonly settings: () => BatchSettings;
  /** True while pending events may be read. */
  readonly readable: () => boolean;
  readonly changed: () => void;
}

/** Part of the memory that the journal may fill; the rest is for what happens now. */
const JOURNAL_SHARE = 0.75;

/** Decides for each event whether it waits in memory or in the journal. */
export class Intake<C> {
  private readonly feed: Feed<C>;

  constructor(private readonly parts: IntakeParts<C>) {
    const { clock, logger, random, queue, record, name: store } = parts;
    this.feed = new Feed<C>({
      source: parts.source,
      clock,
      chance: () => random.next(),
      room: () => this.roomToRead(),
      isHeld: (id) => queue.has(id),
      take: (events) => this.push(events, "journal"),
      taken: () => parts.changed(),
      caughtUp: () => {
        if (!this.feed.behind) record({ store, kind: "caught-up" });
        parts.changed();
      },
      failed: (error) => logger.warn(`what ${store} still has to get could not be taken in, trying again: ${String(error)}`),
    });
  }

  get behind(): boolean {
    return this.feed.behind;
  }

  /** True while the journal has more than memory has room for, although the store takes events. */
  get spills(): boolean {
    return this.feed.behind && this.parts.readable() && this.roomToRead() < 1;
  }

  /** Takes events that were just journaled. What finds no room, or may not overtake, waits in the journal. */
  offer(events: readonly LearningEvent[], accepting: boolean): void {
    const { queue, keyOf } = this.parts;
    const straight: LearningEvent[] = [];
    let left = 0;
    for (const event of events) {
      if (queue.has(event.id)) continue;
      const key = keyOf(event);
      if (accepting && this.feed.mayPass(key) && this.hasRoom(straight.length)) straight.push(event);
      else {
        this.feed.leave(key, event);
        left += 1;
      }
    }
    this.push(straight, "offer");
    this.deferred(left, "offer");
  }

  /** Takes dead letters that are to be sent again. Without room the journal is read from its start once more. */
  again(events: readonly LearningEvent[], accepting: boolean): void {
    const fresh = events.filter((event) => !this.parts.queue.has(event.id));
    if (accepting && this.hasRoom(fresh.length - 1)) {
      this.push(fresh, "dead");
      return;
    }
    this.deferred(fresh.length, "dead");
    this.feed.reset();
  }

  fill(): void {
    this.feed.fill();
  }

  /** Leaves everything that waits to the journal and reads it from the start when it is time. */
  startOver(): void {
    this.feed.reset();
    this.deferred(this.parts.queue.clear(this.parts.clock.monotonic()), "queue");
  }

  private push(events: readonly LearningEvent[], from: "offer" | "journal" | "dead"): void {
    const { queue, clock, keyOf, priorityOf, record, name: store } = this.parts;
    const now = clock.monotonic();
    let count = 0;
    for (const event of events) {
      const value: Parcel = { event, attempts: 0, firstTriedAt: null, suspicion: null };
      const level = levelOf(priorityOf(event));
      if (queue.push({ id: event.id, key: keyOf(event), level, bytes: eventBytes(event), value }, now)) count += 1;
    }
    if (count > 0) record({ store, kind: "queued", count, from });
  }

  private deferred(count: number, from: "offer" | "queue" | "dead"): void {
    if (count > 0) this.parts.record({ store: this.parts.name, kind: "deferred", count, from });
  }

  private hasRoom(more: number): boolean {
    const { queue } = this.parts;
    const { queueEvents, queueBytes } = this.parts.settings();
    return queue.size + more < queueEvents && queue.bytes < queueBytes;
  }

  // Not for a few at a time: each read walks over what is already in memory.
  private roomToRead(): number {
    const { queue, readable, settings } = this.parts;
    const { queueEvents, queueBytes } = settings();
    if (!readable() || queue.bytes >= queueBytes * JOURNAL_SHARE) return 0;
    const room = Math.max(1, Math.floor(queueEvents * JOURNAL_SHARE)) - queue.size;
    return room >= Math.ceil(queueEvents / 4) || queue.size === 0 ? room : 0;
  }
}
