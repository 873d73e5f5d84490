import type { Cancel } from "../../kernel/clock";
import type { StoreFailure } from "../../graph/port";
import type { AttemptOutcome } from "./attempt";
import { Burst } from "../policy/burst";
import { cutBatch, type Cut } from "../queue/cut";
import { bringHome, type TripEnd, type Verdict } from "./bringHome";
import type { KeyedQueue } from "../queue/keyedQueue";
import { eventsOf, type Parcel, type ParcelItem } from "./parcel";
import { openSendingSession, type SendingSession } from "./sendingSession";
import { settledFact } from "./settledFact";
import type { BatchSettings } from "../policy/settings";
import type { Settlements } from "./settlements";
import { backoffMs, suspectRule } from "../policy/retry";
import { StartRate } from "./startRate";
import { Suspects } from "./suspects";
import { Trip, type TripParts } from "./trip";
import type { Tuning } from "../policy/tuning";

export interface SenderRules {
  readonly settings: () => BatchSettings;
  /** True while batches may leave. */
  readonly open: () => boolean;
  /** Batches that may be under way now. */
  readonly lanes: () => number;
  /** True while somebody waits for the events: then nothing lingers. */
  readonly hurry: () => boolean;
  /** True while more waits in the journal. */
  readonly behind: () => boolean;
  readonly mode: () => "careful" | "patient";
  readonly throttled: () => number;
  readonly localTroubles: () => number;
  /** A batch has ended and the queue has what came back of it. */
  readonly ended: (verdict: Verdict, delivered: TripEnd) => void;
}

interface Journey {
  readonly session: SendingSession;
  readonly trip: Trip;
  readonly cut: Cut<ParcelItem>;
  readonly batch: number;
  readonly cutAt: number;
  readonly kept: ParcelItem[];
}

/**
 * Cuts batches when it is time and brings each to its end. A batch is cut when it has its slot, not before, so that
 * what waits for a slot is still in the queue, in the order of its priority.
 */
export class Sender {
  private session: SendingSession | null = null;
  private readonly burst: Burst;
  private linger: { readonly due: number; readonly cancel: Cancel } | null = null;
  private running = 0;
  private events = 0;
  private batches = 0;
  private resting: (() => void)[] = [];
  private readonly trips = new Set<Trip>();
  private readonly suspects: Suspects;
  private readonly rate: StartRate;
  private readonly guilty = new Set<string>();

  constructor(
    private readonly parts: TripParts,
    private readonly queue: KeyedQueue<Parcel>,
    private readonly tuning: Tuning,
    private readonly settlements: Settlements,
    private readonly rules: SenderRules,
  ) {
    this.burst = new Burst((message) => parts.logger.debug(message));
    this.rate = new StartRate(() => rules.settings().rate);
    this.suspects = new Suspects({ clock: parts.clock, queue, onDue: () => this.pump() });
  }

  /** Events in batches under way. */
  get inFlight(): number {
    return this.events;
  }

  get atRest(): boolean {
    return this.running === 0;
  }

  /** Why events that were tried wait; null when there is no such reason. */
  get trouble(): StoreFailure | null {
    for (const { failure } of this.trips) if (failure !== null) return failure;
    return this.suspects.failure;
  }

  /** Begins a stretch of sending. What is under way from the one before is given up and put back. */
  renew(): void {
    const old = this.session;
    this.session = openSendingSession();
    this.suspects.release();
    this.guilty.clear();
    old?.closing.abort();
    old?.abandoned.abort();
  }

  /** No attempt is repeated from now on. */
  close(): void {
    this.suspects.close();
    this.session?.closing.abort();
  }

  /** Gives up what is under way and leaves it to the journal. */
  finish(): void {
    const old = this.session;
    this.session = null;
    this.suspects.release();
    this.still();
    if (old === null) return;
    old.over = true;
    old.closing.abort();
    old.abandoned.abort();
  }

  /** Says how large batches are and how many may be under way. */
  tellTuning(): void {
    const { load, target, lanes } = this.tuning;
    this.parts.record({ store: this.parts.name, kind: "tuned", load, target, lanes, time: this.parts.clock.now() });
  }

  /** Resolves when no batch is under way. */
  rested(): Promise<void> {
    return this.running === 0 ? Promise.resolve() : new Promise((resolve) => this.resting.push(resolve));
  }

  pump(): void {
    const { session } = this;
    if (session === null || !this.rules.open() || session.asking || this.running >= this.rules.lanes()) {
      this.still();
      return;
    }
    if (this.suspects.due) this.ask(session);
    else if (this.queue.readySize === 0) this.still();
    else if (this.isTime()) this.ask(session);
    else this.wait();
  }

  private startIn(): number {
    return this.rate.take(this.parts.clock.monotonic());
  }

  private isTime(): boolean {
    const { batchBytes, lingerMs } = this.rules.settings();
    if (this.queue.readySize >= this.tuning.target || this.queue.readyBytes >= batchBytes || this.rules.hurry())
      return true;
    return this.parts.clock.monotonic() - this.queue.readySince >= lingerMs;
  }

  private wait(): void {
    this.wakeAt(this.queue.readySince + this.rules.settings().lingerMs);
  }

  private wakeAt(due: number): void {
    if (this.linger?.due === due) return;
    this.still();
    const cancel = this.parts.clock.after(due - this.parts.clock.monotonic(), () => {
      this.linger = null;
      this.pump();
    });
    this.linger = { due, cancel };
  }

  private still(): void {
    this.linger?.cancel();
    this.linger = null;
  }

  private ask(session: SendingSession): void {
    const waitMs = this.startIn();
    if (waitMs > 0) return this.wakeAt(this.parts.clock.monotonic() + waitMs);
    this.still();
    session.asking = true;
    this.parts.slots
      .run(() => this.board(session))
      .then((boarded) => (boarded === null ? undefined : this.travel(boarded.journey, boarded.first)))
      .catch((error: unknown) =>
        this.parts.logger.error(`sending to ${this.parts.name} met a fault: ${String(error)}`),
      );
  }

  /** In a slot: cuts the batch and makes the first attempt. */
  private async board(session: SendingSession): Promise<{ journey: Journey; first: AttemptOutcome } | null> {
    session.asking = false;
    const journey = session === this.session && this.rules.open() ? this.depart(session) : null;
    this.pump();
    return journey === null ? null : { journey, first: await journey.trip.attempt(journey.cut.items) };
  }

  private depart(session: SendingSession): Journey | null {
    const now = this.parts.clock.monotonic();
    const { batchBytes, deadlineMs } = this.rules.settings();
    const cut = this.suspects.cut() ?? cutBatch(this.queue, { items: this.tuning.most, bytes: batchBytes }, now);
    if (cut === null) return null;
    const kept: ParcelItem[] = [];
    const stored = (items: readonly ParcelItem[]): void => void kept.push(...items);
    const { cuts } = this.tuning;
    const contended = (): void => this.tuning.pushedBack(cuts);
    const throttled = (): number => {
      this.tuning.pushedBack(cuts);
      return this.rules.throttled();
    };
    const startIn = (): number => this.startIn();
    const rules = { ...this.rules, guilty: this.guilty, deadlineMs, contended, throttled, startIn, stored };
    const trip = new Trip(this.parts, rules, session);
    this.trips.add(trip);
    this.running += 1;
    this.batches += 1;
    this.events += cut.items.length;
    this.burst.begin(now);
    const waitsMs = cut.items.map((item) => now - item.enqueuedAt);
    this.parts.record({
      store: this.parts.name,
      kind: "batch-started",
      batch: this.batches,
      events: cut.items.length,
      waitsMs,
    });
    return { session, trip, cut, batch: this.batches, cutAt: now, kept };
  }

  private async travel(journey: Journey, first: AttemptOutcome): Promise<void> {
    let delivered: TripEnd;
    try {
      delivered = await bringHome(journey.cut.items, first, journey.trip);
    } catch (error) {
      delivered = this.afterFault(journey, error);
    }
    this.arrive(journey, delivered);
  }

  // A fault in our own code must not end the loop, nor turn it into a hot one: it counts as a store that is away.
  private afterFault({ cut, kept }: Journey, error: unknown): TripEnd {
    this.parts.logger.error(`a batch to ${this.parts.name} met a fault: ${String(error)}`);
    const failure = {
      kind: "failed",
      class: "unavailable",
      code: "INTERNAL",
      message: "Sending met a fault of its own.",
    } as const;
    const stored = new Set(kept);
    const back = cut.items.filter((item) => !stored.has(item));
    return { stored: kept, dead: [], back, apart: [], verdict: { kind: "away", failure, systemic: false } };
  }

  private arrive(journey: Journey, delivered: TripEnd): void {
    const { session, trip, cut, batch, cutAt } = journey;
    const { stored, dead, back } = delivered;
    const now = this.parts.clock.monotonic();
    this.queue.finish([...stored, ...dead, ...(session.over ? back : [])]);
    if (!session.over) this.queue.putBack(back);
    const apart = session === this.session ? delivered.apart : [];
    for (const item of apart) this.suspects.keep(item, this.waitBefore(item));
    const apartKeys = new Set(apart.map((item) => item.key));
    this.queue.release(cut.keys.filter((key) => !apartKeys.has(key)), now);
    this.trips.delete(trip);
    this.running -= 1;
    this.events -= cut.items.length;
    const { attempts, writeMs } = trip;
    const figures = { store: this.parts.name, batch, cutAt, attempts, writeMs, over: session.over, time: this.parts.clock.now() };
    this.parts.record(settledFact(delivered, figures, now));
    this.tune(delivered, trip);
    this.burst.end(stored.length, writeMs, this.rules.settings().concurrency, now, this.running === 0);
    this.settlements.settle(idsOf(stored), "stored", { batch, ms: now - cutAt });
    this.settlements.settle(idsOf(dead), "dead", { batch, ms: now - cutAt });
    this.rules.ended(delivered.verdict, delivered);
    if (this.running === 0) for (const resolve of this.resting.splice(0)) resolve();
  }

  private waitBefore({ value }: ParcelItem): number {
    return backoffMs(suspectRule.backoff, value.suspicion?.failures ?? 1, () => this.parts.random.next());
  }

  private tune(delivered: TripEnd, trip: Trip): void {
    // Without a write there is nothing to learn about the store.
    if (delivered.verdict.kind === "aborted" || trip.attempts === 0) return;
    if (delivered.verdict.kind === "smaller") this.tuning.tooBig(delivered.verdict.items);
    const done = delivered.verdict.kind === "done";
    this.tuning.batchEnded(done, trip.writeMs / trip.attempts, this.queue.size, this.rules.behind());
    this.tellTuning();
  }
}

function idsOf(items: readonly ParcelItem[]): readonly string[] {
  return eventsOf(items).map((event) => event.id);
}
