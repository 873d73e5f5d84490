import type { Clock } from "../../kernel/clock";
import type { StoreFailure } from "../../graph/port";
import { levelOf } from "../queue/level";
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
  readonly open: () => boolean;
  /** Something was submitted or ended, so that something may leave. */
  readonly changed: () => void;
}

/** The way in: who joins whom, what waits in memory and what in the overflow, and who does not wait any longer. */
export class Intake<T, R> {
  private readonly deadlines = new DueHeap<Deadline<T, R>>();
  private deadlinesKept = DEADLINES_KEPT;
  private readonly watches: Watches<T, R>;
  private burstAt: number | null = null;
  /** What the last item of each level was submitted with in this burst, for the next one to share. */
  private recent: (Terms<T, R> | null)[] = [null, null, null, null];

  constructor(private readonly parts: IntakeParts<T, R>) {
    this.watches = new Watches((call, watched) => this.aborted(call, watched));
  }

  /** When (monotonic) the next deadline passes. */
  get deadlineAt(): number {
    while (this.deadlines.first !== null && !waits(this.deadlines.first)) this.deadlines.take();
    return this.deadlines.firstAt;
  }

  /** Takes one item, or says at once why not. */
  take(item: T, options: SubmitOptions, call: Call<R> | null, slot: Slot<R>): void {
    const refused = this.refusal(options);
    if (refused !== null) return this.parts.endings.tell({ call, slot }, refused);
    const holder = options.dedupeKey === undefined ? null : this.parts.claims.holder(options.dedupeKey);
    if (holder !== null) return this.join(holder, options, { call, slot });
    this.accept(item, options, call, slot);
  }

  /** Says that the options of an item cannot be followed. */
  refuse(message: string, waiter: Waiter<R>): void {
    this.parts.endings.tell(waiter, this.misfit(message));
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

  private accept(item: T, options: SubmitOptions, call: Call<R> | null, slot: Slot<R>): void {
    const { lanes, claims, tally, endings, changed } = this.parts;
    const at = this.at();
    const lane = lanes.of(options.domain ?? DEFAULT_DOMAIN, at);
    const terms = this.terms(lane, options, call, at);
    const { key, dedupeKey } = options;
    const inMemory = lanes.roomFor(lane) > 0 && lane.spill?.behind !== true;
    if (!inMemory && lane.spill === null) {
      tally.refused += 1;
      return endings.tell({ call, slot }, { kind: "refused", reason: "queue-full" });
    }
    const place = inMemory && key !== undefined ? lane.queue.keyNamed(key) : lane.queue.keyWithoutOrder(terms.level);
    const entry = new Entry<T, R>(item, terms, place, slot, dedupeKey);
    tally.accepted += 1;
    if (dedupeKey !== undefined) claims.claim(dedupeKey, entry);
    if (inMemory) {
      lane.queue.append(entry, at);
      lanes.waiting += 1;
    } else {
      tally.deferred += 1;
      lane.spill?.add(entry, key);
    }
    this.watch(entry, options, { call, slot });
    changed();
  }

  private terms(lane: Lane<T, R>, options: SubmitOptions, call: Call<R> | null, at: number): Terms<T, R> {
    const level = levelOf(options.priority ?? "NORMAL");
    const bytes = options.bytes ?? 0;
    const user = options.user ?? null;
    const last = this.recent[level] ?? null;
    const same = last !== null && last.lane === lane && last.call === call && last.bytes === bytes && last.user === user;
    if (same) return last;
    const terms = { lane, call, at, level, bytes, user };
    this.recent[level] = terms;
    return terms;
  }

  private join(entry: Entry<T, R>, options: SubmitOptions, waiter: Waiter<R>): void {
    this.parts.tally.duplicates += 1;
    this.parts.claims.join(entry, waiter);
    this.watch(entry, options, waiter);
    this.parts.changed();
  }

  private refusal(options: SubmitOptions): ItemEnd<R> | null {
    if (!this.parts.open()) {
      this.parts.tally.refused += 1;
      return { kind: "refused", reason: "stopped" };
    }
    const fault = optionsFault(options);
    if (fault !== null) return this.misfit(fault);
    return options.signal?.aborted === true ? { kind: "cancelled", started: false } : null;
  }

  private misfit(message: string): ItemEnd<R> {
    this.parts.tally.refused += 1;
    const failure: StoreFailure = { kind: "failed", class: "data", code: "bad-options", message };
    return { kind: "failed", failure, attempts: 0, waitMs: 0, runMs: 0 };
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
