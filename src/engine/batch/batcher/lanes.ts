import type { BatcherSettings } from "./batcherSettings";
import { Lane } from "./lane";

/** Lanes up to which an idle one is kept, with what it has learned of its domain. */
const KEPT = 256;
/** Milliseconds for which a lane keeps its share of the slots although it has nothing to do. */
const SHARE_KEPT_MS = 1_000;

/** Which lane has the next slot, and when to ask again; Infinity: not before something happens. */
export interface Choice<T, R> {
  readonly lane: Lane<T, R> | null;
  readonly againAt: number;
}

/**
 * All lanes of a batcher. Each one that has work is sure of an even share of the slots, at least one; what others leave
 * over goes to the longest lane, but never so much that a lane which worked a moment ago would find its share taken.
 * Among lanes within their share the higher priority goes first, then the one whose turn is longest ago.
 */
export class Lanes<T, R> {
  /** Items in memory that are not under way, of all lanes. */
  waiting = 0;
  /** Slots in use. */
  inFlight = 0;
  private readonly byDomain = new Map<string, Lane<T, R>>();
  private last: Lane<T, R> | null = null;
  private turns = 0;

  constructor(
    private settings: BatcherSettings,
    private readonly opened: (lane: Lane<T, R>) => void,
  ) {}

  get all(): Iterable<Lane<T, R>> {
    return this.byDomain.values();
  }

  find(domain: string): Lane<T, R> | null {
    return this.byDomain.get(domain) ?? null;
  }

  of(domain: string, now: number): Lane<T, R> {
    // Nearly every item is of the domain of the one before it.
    if (this.last?.domain === domain) return this.last;
    const lane = this.byDomain.get(domain) ?? this.open(domain, now);
    this.last = lane;
    return lane;
  }

  configure(settings: BatcherSettings, now: number): void {
    this.settings = settings;
    for (const lane of this.all) lane.configure(settings, now);
  }

  /** How many more items of this lane memory has room for. */
  roomFor(lane: Lane<T, R>): number {
    const { queueItems } = this.settings;
    if (this.byDomain.size === 1) return Math.max(0, queueItems - this.waiting);
    const share = Math.floor(queueItems / this.byDomain.size);
    return Math.max(0, queueItems - this.waiting, share - lane.waiting);
  }

  choose(now: number, slots: number, hurry: boolean): Choice<T, R> {
    const { share, reserved, reservedUntil } = this.shares(now, slots);
    const spare = slots - this.inFlight > reserved;
    let againAt = Infinity;
    let within: Lane<T, R> | null = null;
    let beyond: Lane<T, R> | null = null;
    for (const lane of this.byDomain.values()) {
      const at = lane.dueAt(now, hurry);
      if (at > now) againAt = Math.min(againAt, at);
      else if (lane.inFlight < share) within = this.first(within, lane, now);
      else if (spare) beyond = longer(beyond, lane);
      else againAt = Math.min(againAt, reservedUntil);
    }
    const lane = within ?? beyond;
    if (lane !== null) lane.turn = this.turns += 1;
    return { lane, againAt };
  }

  private shares(now: number, slots: number): { share: number; reserved: number; reservedUntil: number } {
    const active: Lane<T, R>[] = [];
    let reservedUntil = Infinity;
    for (const lane of this.byDomain.values()) {
      const busy = lane.waiting > 0 || lane.inFlight > 0;
      if (busy) lane.busyAt = now;
      if (lane.inFlight > 0 || (!lane.blocked && now - lane.busyAt < SHARE_KEPT_MS)) active.push(lane);
      if (!busy && now - lane.busyAt < SHARE_KEPT_MS) reservedUntil = Math.min(reservedUntil, lane.busyAt + SHARE_KEPT_MS);
    }
    const share = Math.max(1, Math.floor(slots / Math.max(1, active.length)));
    let reserved = 0;
    for (const lane of active) reserved += lane.blocked ? 0 : Math.max(0, Math.min(share, lane.allowed) - lane.inFlight);
    return { share, reserved, reservedUntil };
  }

  private first(a: Lane<T, R> | null, b: Lane<T, R>, now: number): Lane<T, R> {
    if (a === null) return b;
    const lead = b.standing(now) - a.standing(now);
    return lead > 0 || (lead === 0 && b.turn < a.turn) ? b : a;
  }

  private open(domain: string, now: number): Lane<T, R> {
    if (this.byDomain.size >= KEPT) this.forgetIdle(now);
    const lane = new Lane<T, R>(domain, this.settings, now);
    this.opened(lane);
    this.byDomain.set(domain, lane);
    return lane;
  }

  // What a domain did wrong is remembered for as long as it may matter.
  private forgetIdle(now: number): void {
    for (const [domain, lane] of this.byDomain) if (lane.isAsNew(now)) this.byDomain.delete(domain);
    this.last = null;
  }
}

function longer<T, R>(a: Lane<T, R> | null, b: Lane<T, R>): Lane<T, R> {
  if (a === null || b.waiting > a.waiting) return b;
  return b.waiting === a.waiting && b.turn < a.turn ? b : a;
}
