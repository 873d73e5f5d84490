import type { StoreFailure } from "../../graph/port";
import { aimdAfter, aimdConfigured, openAimd, type Aimd, type AimdResult } from "../policy/aimd";
import { breakerAfter, closedBreaker, type Breaker, type BreakerEvent } from "../policy/breaker";
import { limitOf } from "../policy/domainLimits";
import { bucketConfigured, isFull, openBucket, taken, type BucketRate, type TokenBucket } from "../policy/tokenBucket";
import { cutBatch } from "../queue/cut";
import { TurnQueue } from "../queue/turnQueue";
import type { BatcherSettings } from "./batcherSettings";
import { DueHeap } from "./dueHeap";
import type { Entry } from "./entry";
import { LaneSize } from "./laneSize";
import { Parcel } from "./parcel";
import type { Spill } from "./spill";

/** The items of one domain and everything that decides when they leave. Times are monotonic milliseconds. */
export class Lane<T, R> {
  readonly queue: TurnQueue<Entry<T, R>>;
  readonly size: LaneSize;
  /** Parcels that are to be tried again. */
  readonly resting = new DueHeap<Parcel<T, R>>();
  /** Items of it in the overflow; null where there is no overflow. */
  spill: Spill<T, R> | null = null;
  /** Items in resting parcels. */
  restingItems = 0;
  /** Batches that hold a slot. */
  inFlight = 0;
  /** When it last had something to do. */
  busyAt = -Infinity;
  /** Grows with each turn it gets, over all lanes: the lowest has waited longest. */
  turn = 0;
  paused = false;
  /** Why a person has to act before anything leaves; null when nobody has to. */
  trouble: StoreFailure | null = null;
  /** `throttled` answers in a row. */
  throttles = 0;
  private holdUntil = -Infinity;
  private breakerNow: Breaker = closedBreaker;
  private aimd: Aimd;
  private bucket: TokenBucket | null = null;

  constructor(
    readonly domain: string,
    private settings: BatcherSettings,
    now: number,
  ) {
    this.queue = new TurnQueue(settings.ageingMs);
    this.size = new LaneSize(settings);
    this.aimd = openAimd(this.mostInFlight(), settings.targetLatencyMs);
    this.limitRate(now);
  }

  get breaker(): Breaker {
    return this.breakerNow;
  }

  /** Items in memory that are not under way. */
  get waiting(): number {
    return this.queue.size + this.restingItems;
  }

  /** Batches that may be under way at once now. */
  get allowed(): number {
    return this.breakerNow.kind === "half-open" ? 1 : this.aimd.allowed;
  }

  /** True while nothing leaves until a person acts or its breaker lets a probe go. */
  get blocked(): boolean {
    return this.paused || this.trouble !== null || this.breakerNow.kind === "open";
  }

  /**
   * Whether a new lane for its domain would do the same: nothing is here or under way, also not what was cancelled, and
   * nothing that happened holds back what comes next.
   */
  isAsNew(now: number): boolean {
    const isEmpty = this.waiting === 0 && this.inFlight === 0 && this.queue.isKeyless && this.spill?.isClear !== false;
    const isFree = !this.blocked && this.breakerNow.kind === "closed" && this.holdUntil <= now;
    return isEmpty && isFree && (this.bucket === null || isFull(this.bucket, now));
  }

  configure(settings: BatcherSettings, now: number): void {
    this.settings = settings;
    this.queue.ageingMs = settings.ageingMs;
    this.size.configure(settings);
    this.aimd = aimdConfigured(this.aimd, this.mostInFlight(), settings.targetLatencyMs);
    this.limitRate(now);
  }

  /** When its next batch may leave: `now` or before is at once; Infinity: something else has to happen first. */
  dueAt(now: number, hurry: boolean): number {
    if (this.paused || this.trouble !== null || this.inFlight >= this.allowed) return Infinity;
    const due = Math.min(this.resting.firstAt, this.freshAt(now, hurry));
    if (due === Infinity) return Infinity;
    const open = this.breakerNow.kind === "open" ? this.breakerNow.until : -Infinity;
    return Math.max(due, this.holdUntil, open, this.bucketAt(now));
  }

  /** What leaves now. Whoever sends it sets the place of its items. Null when nothing is ready. */
  next(now: number): Parcel<T, R> | null {
    const parcel = this.restingFirst(now) ? this.wake() : this.cut(now);
    if (parcel !== null && this.bucket !== null) this.bucket = taken(this.bucket, now).bucket;
    return parcel;
  }

  /** The level at which its next batch stands among those of other lanes. */
  standing(now: number): number {
    const resting = this.resting.firstAt <= now ? (this.resting.first?.items[0]?.level ?? 0) : 0;
    return Math.max(resting, this.queue.standing(now) ?? 0);
  }

  hold(now: number, ms: number): void {
    this.holdUntil = Math.max(this.holdUntil, now + ms);
  }

  /** A person acted, or the batcher starts anew: nothing that was learned from failures holds it up any longer. */
  renew(): void {
    this.trouble = null;
    this.throttles = 0;
    this.holdUntil = -Infinity;
  }

  /** True when the breaker is another one than before. */
  breakerHears(event: BreakerEvent, now: number): boolean {
    const before = this.breakerNow;
    this.breakerNow = breakerAfter(before, event, now);
    return before.kind !== this.breakerNow.kind;
  }

  rateHears(result: AimdResult): void {
    this.aimd = aimdAfter(this.aimd, result);
  }

  /** A parcel will never be tried again. The first of those that rest is always one that will. */
  forgetClosed(): void {
    while (this.resting.first?.closed === true) this.resting.take();
  }

  private wake(): Parcel<T, R> | null {
    const parcel = this.resting.take();
    this.forgetClosed();
    return parcel;
  }

  // What was tried last says little about a domain that may work again: a probe with something new finds out, where a
  // batch that can never succeed would keep everything else waiting.
  private restingFirst(now: number): boolean {
    return this.resting.firstAt <= now && (this.breakerNow.kind === "closed" || this.queue.readySize === 0);
  }

  private cut(now: number): Parcel<T, R> | null {
    const { batchBytes, perKey } = this.settings;
    const cut = cutBatch(this.queue, { items: this.size.most, bytes: batchBytes, perKey }, now);
    return cut === null ? null : new Parcel(this, cut.items, cut.keys);
  }

  private freshAt(now: number, hurry: boolean): number {
    const { queue, size, settings } = this;
    if (queue.readySize === 0) return Infinity;
    if (hurry || queue.readySize >= size.target || queue.readyBytes >= settings.batchBytes) return now;
    return queue.readySince + settings.lingerMs;
  }

  private bucketAt(now: number): number {
    return this.bucket === null ? -Infinity : now + taken(this.bucket, now).waitMs;
  }

  private mostInFlight(): number {
    const { domains, concurrency } = this.settings;
    return Math.min(concurrency, limitOf(domains, this.domain)?.concurrency ?? concurrency);
  }

  private limitRate(now: number): void {
    const limit = limitOf(this.settings.domains, this.domain);
    const rate: BucketRate | null = limit === null || limit.rps === null ? null : { rps: limit.rps, burst: limit.burst };
    if (rate === null) this.bucket = null;
    else this.bucket = this.bucket === null ? openBucket(rate, now) : bucketConfigured(this.bucket, rate, now);
  }
}
