import type { Clock } from "../../kernel/clock";
import type { StoreFailure } from "../../graph/port";
import { levelOf, type Level } from "../queue/level";
import type { Call } from "./call";
import type { Carrier } from "./carrier";
import type { Claims } from "./claims";
import { DueHeap } from "./dueHeap";
import type { Endings } from "./endings";
import { Entry, type Slot, type Terms, type Waiter } from "./entry";
import type { Lane } from "./lane";
import type { Lanes } from "./lanes";
import { optionsFault } from "./optionsFault";
import type { ItemEnd, SubmitOptions } from "./submission";
import type { Tally } from "./tally";
import { Watches, type Watched } from "./watches";

const DEFAULT_DOMAIN = "default";
const NORMAL = levelOf("NORMAL");
/** Deadlines of items that have ended are forgotten when so many more than at the last look are kept. */
const DEADLINES_KEPT = 1_000;

interface Deadline<T, R> extends Waiter<R> {
  readonly entry: Entry<T, R>;
}

export interface IntakeParts<T, R> {
  readonly clock: Clock;
  readonly lanes: Lanes<T, R>;
  readonly claims: Claims<T, R>;
  readonly endings: Endings<T, R>;
  readonly carrier: Carrier<T, R>;
  readonly tally: Tally;
  /** Items have ended, so that others may leave. What was submitted is not told. */
  readonly changed: () => void;
}

/** The way in: who joins whom, what waits in memory and what in the overflow, and who does not wait any longer. */
export class Intake<T, R> {
  private readonly deadlines = new DueHeap<Deadline<T, R>>();
  private deadlinesKept = DEADLINES_KEPT;
  private readonly watches: Watches<T, R>;
  private readonly lanes: Lanes<T, R>;
  private readonly claims: Claims<T, R>;
  private readonly tally: Tally;
  /** Whether new items are taken. */
  open = false;
  private burstAt: number | null = null;
  /** What the last item of each level was submitted with in this burst, for the next one to share. */
  private recent: (Terms<T, R> | null)[] = [null, null, null, null];

  constructor(private readonly parts: IntakeParts<T, R>) {
    this.lanes = parts.lanes;
    this.claims = parts.claims;
    this.tally = parts.tally;
    this.watches = new Watches((call, watched) => this.aborted(call, watched));
  }

  /** When (monotonic) the next deadline passes. */
  get deadlineAt(): number {
    while (this.deadlines.first !== null && !waits(this.deadlines.first)) this.deadlines.take();
    return this.deadlines.firstAt;
  }

  /** Takes one item, or says at once why not. */
  take(item: T, options: SubmitOptions, call: Call<R> | null, slot: Slot<R>): void {
    const { dedupeKey, signal, priority, bytes, deadlineMs } = options;
    if (!this.open) return this.refuse({ call, slot }, { kind: "refused", reason: "stopped" });
    const plain = bytes === undefined && deadlineMs === undefined && signal === undefined;
    const level: Level | undefined = priority === undefined ? NORMAL : levelOf(priority);
    if (!plain || level === undefined) {
      const fault = optionsFault(options);
      if (fault !== null) return this.misfit({ call, slot }, fault);
      if (signal?.aborted === true) return this.parts.endings.tell({ call, slot }, { kind: "cancelled", started: false });
    }
    const holder = dedupeKey === undefined ? null : this.claims.holder(dedupeKey);
    const entry = holder === null ? this.accept(item, options, level, call, slot) : this.join(holder, { call, slot });
    if (!plain && entry !== null) this.watch(entry, options, { call, slot });
  }

  /** Says that the options of an item cannot be followed. */
  misfit(waiter: Waiter<R>, message: string): void {
    const failure: StoreFailure = { kind: "failed", class: "data", code: "bad-options", message };
    this.refuse(waiter, { kind: "failed", failure, attempts: 0, waitMs: 0, runMs: 0 });
  }

  /** What is submitted from now on is submitted later than what was before. */
  endBurst(): void {
    if (this.burstAt === null) return;
    this.burstAt = null;
    this.recent = [null, null, null, null];
  }

  /** Takes out what has not started in time. */
  expire(now: number): void {
    while (this.deadlines.firstAt <= now) {
      const deadline = this.deadlines.take();
      if (deadline === null || !waits(deadline) || this.parts.carrier.started(deadline.entry)) continue;
      this.leave(deadline.entry, deadline, { kind: "timed-out" });
    }
  }

  /** Ends what is in the overflow. */
  endSpilled(lane: Lane<T, R>): void {
    const { endings, tally } = this.parts;
    if (lane.spill === null) return;
    const entries = [...lane.spill.live()];
    if (entries.length > 0) tally.record({ kind: "left", why: "stopped", from: "deferred", count: entries.length });
    for (const entry of entries) {
      lane.spill.ended();
      endings.end(entry, { kind: "refused", reason: "stopped" });
    }
  }

  private accept(item: T, options: SubmitOptions, level: Level, call: Call<R> | null, slot: Slot<R>): Entry<T, R> | null {
    const { lanes, tally } = this;
    const { key, dedupeKey, domain } = options;
    const at = this.at();
    const lane = lanes.of(domain ?? DEFAULT_DOMAIN, at);
    const { queue, spill } = lane;
    const inMemory = lanes.roomFor(lane) > 0 && spill?.behind !== true;
    if (!inMemory && spill === null) {
      this.refuse({ call, slot }, { kind: "refused", reason: "queue-full" });
      return null;
    }
    const terms = this.terms(lane, options, level, call, at);
    const place = inMemory && key !== undefined ? queue.keyNamed(key) : queue.keyWithoutOrder(level);
    const entry = new Entry<T, R>(item, terms, place, slot, dedupeKey);
    tally.accepted += 1;
    if (dedupeKey !== undefined) this.claims.claim(dedupeKey, entry);
    if (inMemory) {
      queue.append(entry, at);
      lanes.waiting += 1;
    } else {
      tally.deferred += 1;
      spill?.add(entry, key);
    }
    return entry;
  }

  private terms(lane: Lane<T, R>, options: SubmitOptions, level: Level, call: Call<R> | null, at: number): Terms<T, R> {
    const bytes = options.bytes ?? 0;
    const user = options.user ?? null;
    const last = this.recent[level] ?? null;
    const same = last !== null && last.lane === lane && last.call === call && last.bytes === bytes && last.user === user;
    if (same) return last;
    const terms = { lane, call, at, level, bytes, user };
    this.recent[level] = terms;
    return terms;
  }

  private join(entry: Entry<T, R>, waiter: Waiter<R>): Entry<T, R> {
    this.tally.duplicates += 1;
    this.claims.join(entry, waiter);
    return entry;
  }

  private refuse(waiter: Waiter<R>, end: ItemEnd<R>): void {
    this.tally.refused += 1;
    this.parts.endings.tell(waiter, end);
  }

  private watch(entry: Entry<T, R>, { deadlineMs, signal }: SubmitOptions, waiter: Waiter<R>): void {
    if (deadlineMs !== undefined) this.addDeadline(this.at() + deadlineMs, { entry, ...waiter });
    const { call, slot } = waiter;
    if (signal !== undefined && call !== null && typeof slot === "number") this.watches.add(call, signal, { entry, place: slot });
  }

  private addDeadline(at: number, deadline: Deadline<T, R>): void {
    this.deadlines.add(at, deadline);
    if (this.deadlines.size < this.deadlinesKept) return;
    this.deadlines.keep(waits);
    this.deadlinesKept = DEADLINES_KEPT + 2 * this.deadlines.size;
  }

  private aborted(call: Call<R>, watched: readonly Watched<T, R>[]): void {
    for (const { entry, place } of watched) {
      if (call.has(place)) continue;
      this.leave(entry, { call, slot: place }, { kind: "cancelled", started: this.parts.carrier.started(entry) });
    }
    this.parts.changed();
  }

  /** One waiter does not wait any longer. The item goes with the last of them. */
  private leave(entry: Entry<T, R>, waiter: Waiter<R>, end: ItemEnd<R> & { readonly kind: "cancelled" | "timed-out" }): void {
    const { claims, endings, tally, carrier } = this.parts;
    const why = end.kind;
    if (entry.terms.call !== waiter.call || entry.slot !== waiter.slot) {
      if (!claims.leave(entry, waiter)) return;
      tally.record({ kind: "left", why, from: null, count: 1 });
      return endings.tell(waiter, end);
    }
    const heir = claims.heir(entry);
    if (heir !== null) {
      entry.terms = { ...entry.terms, call: heir.call };
      entry.slot = heir.slot;
      tally.record({ kind: "left", why, from: null, count: 1 });
      return endings.tell(waiter, end);
    }
    if (entry.place === "spilled") {
      entry.terms.lane.spill?.ended();
      endings.end(entry, end);
      tally.record({ kind: "left", why, from: "deferred", count: 1 });
    } else tally.record({ kind: "left", why, from: carrier.remove(entry, end), count: 1 });
  }

  // The time is asked for once in a burst of calls: asking costs more than queueing.
  private at(): number {
    return (this.burstAt ??= this.parts.clock.monotonic());
  }
}

function waits<T, R>({ entry }: Deadline<T, R>): boolean {
  return entry.place !== "ended";
}
