import type { LearningEvent } from "../../learning/event";
import type { Connected, StoreFailure } from "../../graph/port";
import { Announcer } from "./announcer";
import type { TripEnd, Verdict } from "./bringHome";
import { shielded, type DispatcherParts } from "./dispatcherParts";
import { Intake } from "./intake";
import { KeyedQueue } from "../queue/keyedQueue";
import type { Parcel } from "./parcel";
import { PressureGauge } from "./pressureGauge";
import { Sender } from "./sender";
import { Settlements, type KnownOutcomes, type Settlement } from "./settlements";
import { checkBatchSettings, type BatchSettings } from "../policy/settings";
import { Target, type TargetState } from "./target";
import { Tuning } from "../policy/tuning";
import { Waits } from "./waits";

type Phase = "off" | "running" | "closing";

/**
 * Brings events to one store: a bounded queue in memory, the rest in the journal; batches by size, bytes or age;
 * several at once, one at a time for each key; every failure by its class. An event leaves the journal's care only
 * when it is acknowledged or buried. Nothing that a store or a listener does makes it throw.
 */
export class Dispatcher<C> {
  private readonly parts: DispatcherParts<C>;
  private readonly queue: KeyedQueue<Parcel>;
  private readonly tuning: Tuning;
  private readonly target: Target;
  private readonly intake: Intake<C>;
  private readonly sender: Sender;
  private readonly settlements: Settlements;
  private readonly drains: Waits;
  private readonly flushes: Waits;
  private readonly announcer: Announcer;
  private readonly gauge: PressureGauge;
  private settings: BatchSettings;
  private phase: Phase = "off";
  private wanted = false;
  private stopping: Promise<void> | null = null;
  private flushFailed = false;
  private identity: string | null = null;
  private throttles = 0;
  private localTroubles = 0;
  private systemic = false;
  private patient = false;

  constructor(parts: DispatcherParts<C>) {
    this.settings = checkBatchSettings(parts.settings);
    this.parts = shielded(parts);
    const { clock, logger, name, record } = this.parts;
    this.queue = new KeyedQueue(this.settings.ageingMs);
    this.tuning = new Tuning(this.settings);
    this.announcer = new Announcer(this.parts);
    this.gauge = new PressureGauge((level) => record({ store: name, kind: "backpressure", level }));
    this.drains = new Waits(clock);
    this.flushes = new Waits(clock);
    this.settlements = new Settlements(clock, (count) => record({ store: name, kind: "timed-out", count }));
    this.target = new Target({
      clock,
      logger,
      store: parts.store,
      deadlineMs: () => this.settings.deadlineMs,
      breaker: () => this.settings.breaker,
      welcome: (connected) => this.welcome(connected),
      changed: () => this.targetChanged(),
    });
    this.intake = new Intake<C>({
      ...this.parts,
      queue: this.queue,
      settings: () => this.settings,
      readable: () => this.phase === "running" && this.target.open,
      changed: () => this.pump(),
    });
    this.sender = new Sender(this.parts, this.queue, this.tuning, this.settlements, {
      settings: () => this.settings,
      open: () => this.target.open && !this.flushFailed,
      lanes: () => (this.target.breaker.kind === "half-open" ? 1 : this.tuning.lanes),
      hurry: () => this.phase === "closing" || this.drains.size > 0 || this.settlements.waiting > 0,
      behind: () => this.intake.behind,
      mode: () => (this.patient ? "patient" : "careful"),
      throttled: () => (this.throttles += 1),
      // Batches that meet one trouble together are one: each of them would double the wait.
      localTroubles: () => (this.target.open ? (this.localTroubles += 1) : this.localTroubles),
      ended: (verdict, delivered) => this.batchEnded(verdict, delivered),
    });
  }

  get state(): TargetState {
    return this.target.state;
  }

  /** Why events wait although the store answers; null when there is no such reason. */
  get trouble(): StoreFailure | null {
    return this.sender.trouble;
  }

  /** Connects and sends. Safe to call twice, and again after `stop`. */
  start(): void {
    this.wanted = true;
    if (this.phase !== "off") return;
    this.phase = "running";
    this.parts.store.setConcurrency(this.settings.concurrency);
    this.sender.tellTuning();
    this.sender.renew();
    this.target.start();
  }

  /**
   * Takes nothing new, sends what is in memory once while the deadline allows it, and leaves the rest to the journal.
   * No timer and no write of this dispatcher is left when it resolves. Of several deadlines the first to pass counts.
   */
  stop(deadlineMs: number): Promise<void> {
    this.wanted = false;
    if (this.phase === "off") return Promise.resolve();
    const flushed = deadlineMs > 0 ? this.flushes.for(deadlineMs) : Promise.resolve(false);
    flushed
      .then((all) => this.flushes.end(all))
      .catch((error: unknown) => this.parts.logger.error(`a stop waits for the longest of its deadlines: ${String(error)}`));
    this.stopping ??= this.close(flushed);
    return this.stopping;
  }

  pause(): void {
    this.target.pause();
  }

  resume(): void {
    this.target.resume();
  }

  /** Tries the store once, now, whatever stood in the way: settings changed, a person asks, the machine woke up. */
  reconnect(): void {
    if (this.phase !== "running") return;
    this.patient = this.systemic;
    this.systemic = false;
    this.throttles = 0;
    this.localTroubles = 0;
    this.sender.renew();
    this.target.reconnect();
  }

  /** Takes events that were just journaled. They are safe there: nothing is refused and nothing is waited for. */
  offer(events: readonly LearningEvent[]): void {
    this.intake.offer(events, this.phase === "running");
    this.pump();
  }

  /** Takes dead letters again. The source must no longer leave them out. */
  retryDead(events: readonly LearningEvent[]): void {
    this.intake.again(events, this.phase === "running" && this.identity !== null);
    this.pump();
  }

  /** What became of events that were offered; `deferred` for those that still wait when the time is over. */
  settled(ids: readonly string[], deadlineMs: number, known: KnownOutcomes): Promise<Settlement> {
    const answer = this.settlements.ask(ids, known, deadlineMs, this.phase !== "running" || this.target.stuck);
    this.pump();
    return answer;
  }

  /** True when the store has everything; false when the time is over, or at once when a person has to act first. */
  drain(deadlineMs: number): Promise<boolean> {
    if (this.phase !== "running" || this.target.stuck) return Promise.resolve(false);
    const drained = this.drains.for(deadlineMs);
    this.pump();
    return drained;
  }

  updateSettings(settings: BatchSettings): void {
    this.settings = checkBatchSettings(settings);
    this.queue.ageingMs = settings.ageingMs;
    this.tuning.configure(settings);
    this.sender.tellTuning();
    this.parts.store.setConcurrency(settings.concurrency);
    this.pump();
  }

  private async close(flushed: Promise<boolean>): Promise<void> {
    this.phase = "closing";
    this.sender.close();
    this.pump();
    await flushed;
    this.sender.finish();
    await this.sender.rested();
    this.intake.startOver();
    this.phase = "off";
    this.identity = null;
    this.flushFailed = false;
    this.throttles = 0;
    this.localTroubles = 0;
    this.stopping = null;
    this.target.stop();
    if (this.wanted) this.start();
  }

  // Another database, or the same one wiped, has other acknowledgements: what is pending is read anew.
  private async welcome(connected: Connected): Promise<void> {
    await this.sender.rested();
    const identity = JSON.stringify([connected.address, connected.epoch]);
    if (this.identity !== identity) {
      this.intake.startOver();
      this.identity = identity;
    }
    await this.parts.connected(connected);
  }

  private batchEnded(verdict: Verdict, delivered: TripEnd): void {
    if (this.phase === "closing" && verdict.kind !== "done" && verdict.kind !== "smaller") this.flushFailed = true;
    if (delivered.stored.length > 0) {
      this.throttles = 0;
      this.localTroubles = 0;
    }
    switch (verdict.kind) {
      case "done":
        if (delivered.stored.length > 0) this.target.proven();
        break;
      case "away":
        if (verdict.systemic) this.systemic = true;
        this.target.away(verdict.failure);
        break;
      case "hold":
        this.target.holdFor(verdict.delayMs);
        break;
      case "stop":
        this.systemic = verdict.systemic;
        this.target.refuse(verdict.failure);
        break;
      case "smaller":
      case "aborted":
        break;
    }
    this.pump();
  }

  private targetChanged(): void {
    this.announcer.tell(this.target.state, this.target.breaker.kind);
    // What is still under way to a store that is away is given up: it would only hold its keys until the deadline.
    if (this.target.state.kind === "unavailable" && this.phase === "running" && this.sender.inFlight > 0)
      this.sender.renew();
    this.pump();
  }

  private pump(): void {
    this.intake.fill();
    this.sender.pump();
    this.gauge.read({ waiting: this.queue.size, capacity: this.settings.queueEvents, behind: this.intake.spills });
    this.answerWaiting();
  }

  private answerWaiting(): void {
    const empty = this.queue.size === 0 && this.sender.atRest;
    if (empty && this.target.open && !this.intake.behind) {
      this.patient = false;
      this.systemic = false;
      if (this.target.breaker.kind === "half-open") this.target.proven();
      this.drains.end(true);
    }
    if (this.target.stuck || this.phase === "off") {
      this.drains.end(false);
      this.settlements.release();
    }
    const cannotSend = !this.target.open || this.flushFailed;
    // Suspects are not tried in a hurry, so they and what stands behind them stay with the journal.
    const nothingReady = this.queue.readySize === 0;
    if (this.phase === "closing" && this.sender.atRest && (nothingReady || cannotSend)) this.flushes.end(true);
  }
}
