import type { Clock } from "../../kernel/clock";
import { createEmitter, type Emitter } from "../../kernel/emitter";
import type { Logger } from "../../kernel/logger";
import type { Random } from "../../kernel/random";
import { reasonOf } from "../../kernel/reasonOf";
import { pressureAfter, type Pressure } from "../policy/pressure";
import { AfterBurst } from "./afterBurst";
import { Alarm } from "./alarm";
import { metricsOf, type BatcherMetrics } from "./batcherMetrics";
import { checkBatcherSettings, type BatcherSettings } from "./batcherSettings";
import { Call } from "./call";
import { Carrier } from "./carrier";
import { Claims } from "./claims";
import type { DeadItem } from "./deadItem";
import { Endings } from "./endings";
import { Intake } from "./intake";
import { valueOf } from "./itemErrors";
import { Lanes } from "./lanes";
import { laneView } from "./laneView";
import { openSpill } from "./openSpill";
import type { Overflow } from "./overflow";
import type { BatchSink } from "./sink";
import { Stopping } from "./stopping";
import type { ItemEnd, SubmitOptions } from "./submission";
import { Tally } from "./tally";

export interface BatcherParts<T, R> {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly sink: BatchSink<T, R>;
  readonly settings: BatcherSettings;
  /** Where items wait for which memory has no room. Without one they are refused. */
  readonly overflow?: Overflow<T>;
  /** True while nobody sees the host's window; then as few batches as allowed are under way. */
  readonly hidden?: () => boolean;
}

type Phase = "off" | "running" | "closing";

const noOptions: SubmitOptions = {};

/**
 * Makes few large writes of many small items: a bounded queue for each domain, batches by size, bytes or age, several at
 * once, one at a time for each key; every failure by its class. Each item that is taken ends exactly once, and nothing
 * that a sink, a listener or an overflow does makes it throw or stop. At rest it has no timer.
 *
 * With a `batchSize` of 1 and a `lingerMs` of 0 nothing is batched: each item goes to the sink by itself as soon as a
 * slot is free, with the same order, limits and treatment of failures.
 */
export class Batcher<T, R> implements AsyncDisposable {
  private readonly tally = new Tally();
  private readonly lanes: Lanes<T, R>;
  private readonly carrier: Carrier<T, R>;
  private readonly intake: Intake<T, R>;
  private readonly alarm: Alarm;
  private readonly moves: AfterBurst;
  private readonly dead: Emitter<DeadItem<T>>;
  private settings: BatcherSettings;
  private phase: Phase = "off";
  private wanted = false;
  private pressure: Pressure = "ok";
  private stopping: Stopping | null = null;

  /** Throws RangeError for settings that are out of their limits. It takes nothing before `start`. */
  constructor(private readonly parts: BatcherParts<T, R>) {
    const { clock, random, logger, overflow, sink } = parts;
    this.settings = checkBatcherSettings(parts.settings);
    this.dead = createEmitter((error) => logger.error(`a listener to dead items threw: ${reasonOf(error)}`));
    const claims = new Claims<T, R>();
    const endings = new Endings<T, R>(claims);
    this.lanes = new Lanes(this.settings, (lane) => (lane.spill = overflow === undefined ? null : openSpill(lane, { ...shared, overflow })));
    const shared = { clock, logger, endings, lanes: this.lanes, tally: this.tally, changed: () => this.plan() };
    this.carrier = new Carrier({
      ...shared,
      random,
      sink,
      settings: () => this.settings,
      closing: () => this.phase === "closing",
      hidden: parts.hidden ?? (() => false),
      died: (item) => this.dead.emit(item),
    });
    this.intake = new Intake({ ...shared, claims, carrier: this.carrier });
    this.moves = new AfterBurst(
      () => this.move(),
      (error) => logger.error(`items wait until something else happens: ${reasonOf(error)}`),
    );
    this.alarm = new Alarm(clock, () => this.moves.now());
  }

  /** Takes and sends items. Safe to call twice, and again after `stop`. */
  start(): void {
    this.wanted = true;
    if (this.phase !== "off" || this.stopping !== null) return;
    this.phase = "running";
    this.intake.open = true;
    for (const lane of this.lanes.all) lane.renew();
  }

  /**
   * Takes nothing new and sends what it has once, without linger, while the deadline allows it. What is left then ends
   * as refused, or as cancelled when it had started. Of several deadlines the first to pass counts. No timer and no
   * batch of this batcher is waited for when it resolves.
   */
  stop(deadlineMs: number): Promise<void> {
    this.wanted = false;
    if (this.phase === "off") return this.stopping?.done ?? Promise.resolve();
    if (this.stopping === null) {
      this.stopping = new Stopping(this.parts.clock, () => this.finish());
      this.phase = "closing";
      this.intake.open = false;
    }
    const { done } = this.stopping;
    if (!(deadlineMs > 0)) this.finish();
    else {
      this.stopping.within(deadlineMs);
      this.plan();
    }
    return done;
  }

  /** Starts, runs `work` and stops in any case, flushing for `closeMs`. */
  async run<A>(work: (batcher: this) => Promise<A>): Promise<A> {
    this.start();
    try {
      return await work(this);
    } finally {
      await this.stop(this.settings.closeMs);
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop(this.settings.closeMs);
  }

  /**
   * The item's own result. Rejects with ItemFailed, ItemCancelled, ItemTimedOut, QueueFull or BatcherStopped. Options
   * that cannot be followed are a failure of class `data` of that item, here and in `submitAll`.
   */
  submit(item: T, options: SubmitOptions = noOptions): Promise<R> {
    return new Promise<R>((resolve) => {
      if (options.signal === undefined) this.intake.take(item, options, null, resolve);
      else this.intake.take(item, options, new Call<R>(1, ([end]) => resolve(valueOf(end))), 0);
      this.plan();
    });
  }

  /** How each item ended, in the order of the items, when all have. Never rejects. Cheaper than a promise for each. */
  submitAll(
    items: readonly T[],
    options: SubmitOptions | ((item: T, index: number) => SubmitOptions) = noOptions,
  ): Promise<readonly ItemEnd<R>[]> {
    if (items.length === 0) return Promise.resolve([]);
    return new Promise((resolve) => {
      const call = new Call<R>(items.length, resolve);
      for (let index = 0; index < items.length; index += 1) this.takeOf(call, items[index] as T, index, options);
      this.plan();
    });
  }

  /** An item failed for good. Returns its own undo; a listener that throws is logged. */
  onDead(listener: (item: DeadItem<T>) => void): () => void {
    return this.dead.on(listener);
  }

  /** Nothing of this domain leaves until `resume`; what is under way goes on. */
  pause(domain: string): void {
    this.lanes.of(domain, this.parts.clock.monotonic()).paused = true;
  }

  /** Ends a pause, and tries again what stopped because a person had to act. */
  resume(domain: string): void {
    const lane = this.lanes.find(domain);
    if (lane === null) return;
    lane.paused = false;
    lane.renew();
    this.plan();
  }

  /** Counts for what leaves from now on. Throws RangeError for settings that are out of their limits. */
  updateSettings(settings: BatcherSettings): void {
    this.settings = checkBatcherSettings(settings);
    this.lanes.configure(settings, this.parts.clock.monotonic());
    for (const lane of this.lanes.all) lane.renew();
    this.plan();
  }

  metrics(): BatcherMetrics {
    this.updatePressure();
    const { carrier, lanes, pressure: backpressure } = this;
    return metricsOf(this.tally.figures, {
      lanes: new Map([...lanes.all].map((lane) => [lane.domain, laneView(lane)])),
      backpressure,
      workers: carrier.workers,
      lagMs: carrier.lagMs,
      now: this.parts.clock.monotonic(),
    });
  }

  /** Forgets the past. What has not ended stays counted. */
  resetMetrics(): void {
    this.tally.reset(this.parts.clock.monotonic());
  }

  private takeOf(
    call: Call<R>,
    item: T,
    index: number,
    options: SubmitOptions | ((item: T, index: number) => SubmitOptions),
  ): void {
    let own: SubmitOptions;
    try {
      own = typeof options === "function" ? options(item, index) : options;
    } catch (error) {
      return this.intake.misfit({ call, slot: index }, `The options of an item could not be made: ${reasonOf(error)}`);
    }
    this.intake.take(item, own, call, index);
  }

  private plan(): void {
    if (this.phase !== "off") this.moves.ask();
  }

  private move(): void {
    if (this.phase === "off") return;
    this.intake.endBurst();
    const now = this.parts.clock.monotonic();
    this.intake.expire(now);
    const leavesAt = this.carrier.pump(now);
    let overflowAt = Infinity;
    let spilled = false;
    for (const lane of this.lanes.all) {
      if (lane.spill === null) continue;
      if (lane.spill.againAt <= now || lane.spill.againAt === Infinity) lane.spill.move();
      overflowAt = Math.min(overflowAt, lane.spill.againAt);
      spilled ||= lane.spill.size > 0;
    }
    this.updatePressure();
    if (this.phase === "closing" && this.lanes.inFlight === 0 && leavesAt === Infinity && !spilled) return this.finish();
    this.alarm.by(Math.min(leavesAt, overflowAt, this.intake.deadlineAt));
  }

  private finish(): void {
    if (this.phase !== "closing") return;
    this.phase = "off";
    this.alarm.off();
    this.stopping?.cut();
    this.carrier.endAll();
    for (const lane of this.lanes.all) this.intake.endSpilled(lane);
    this.rest()
      .finally(() => {
        this.stopping?.end();
        this.stopping = null;
        if (this.wanted) this.start();
      })
      .catch((error: unknown) => this.parts.logger.error(`the batcher did not start again: ${reasonOf(error)}`));
  }

  private async rest(): Promise<void> {
    for (const lane of this.lanes.all) {
      await lane.spill
        ?.empty()
        .catch((error: unknown) => this.parts.logger.error(`an overflow keeps items that nobody waits for: ${reasonOf(error)}`));
    }
  }

  private updatePressure(): void {
    const capacity = this.settings.queueItems;
    const behind = [...this.lanes.all].some((lane) => (lane.spill?.size ?? 0) > 0);
    this.pressure = pressureAfter(this.pressure, { waiting: this.lanes.waiting, capacity, behind });
  }
}
