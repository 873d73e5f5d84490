import type { Clock } from "../../kernel/clock";
import type { Logger } from "../../kernel/logger";
import type { Random } from "../../kernel/random";
import { reasonOf } from "../../kernel/reasonOf";
import { checkedAnswers, lateFailure, thrownFailure, type Answers } from "./answers";
import type { BatcherSettings } from "./batcherSettings";
import { Crew } from "./crew";
import type { DeadItem, Story } from "./deadItem";
import { depart, type Departure } from "./departure";
import { Depot } from "./depot";
import type { Endings } from "./endings";
import type { Entry } from "./entry";
import { Flight } from "./flight";
import { Flights } from "./flights";
import { keptShapes } from "./keptShapes";
import { Lag } from "./lag";
import type { Lane } from "./lane";
import type { Lanes } from "./lanes";
import { teachLane } from "./lessons";
import type { Parcel } from "./parcel";
import { Round } from "./round";
import type { BatchSink } from "./sink";
import type { ItemEnd } from "./submission";
import type { Tally } from "./tally";
import type { ItemPlace } from "./batcherFact";

export interface CarrierParts<T, R> {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly sink: BatchSink<T, R>;
  readonly settings: () => BatcherSettings;
  readonly lanes: Lanes<T, R>;
  readonly endings: Endings<T, R>;
  readonly tally: Tally;
  /** True while the batcher stops: nothing lingers, and nothing is tried again. */
  readonly closing: () => boolean;
  /** True while nobody sees the host's window. */
  readonly hidden: () => boolean;
  readonly died: (item: DeadItem<T>) => void;
  /** Something ended, so that more may leave. */
  readonly changed: () => void;
}

/** Takes batches from the lanes to the sink and deals with what it answers. */
export class Carrier<T, R> {
  private readonly flights: Flights<T, R>;
  private readonly stories = new Map<Entry<T, R>, Story>();
  private readonly lag: Lag;
  private readonly crew: Crew;
  private readonly depot: Depot<T, R>;
  /** Held, not used. */
  private readonly shapes: readonly unknown[];

  constructor(private readonly parts: CarrierParts<T, R>) {
    const { settings, lanes, hidden } = parts;
    this.flights = new Flights({ ...parts, concurrency: () => settings().concurrency });
    this.lag = new Lag(parts.clock);
    this.crew = new Crew({ settings, hidden, lag: this.lag, demand: () => lanes.waiting + lanes.inFlight });
    this.depot = new Depot({ ...parts, stories: this.stories });
    const chance = (): number => parts.random.next();
    this.shapes = keptShapes(settings(), { ...parts, stories: this.stories, maxAttempts: settings().maxAttempts, chance });
  }

  /** Batches that may be under way now. */
  get workers(): number {
    return this.crew.workers;
  }

  get lagMs(): number {
    return this.lag.ms;
  }

  /** Whether this item was ever under way, so that it may have had an effect. */
  started(entry: Entry<T, R>): boolean {
    return this.stories.has(entry) || (typeof entry.place === "object" && entry.place.flight !== null);
  }

  /** Sends what may leave now. Returns when (monotonic) to be asked again; Infinity: not before something happens. */
  pump(now: number): number {
    const { lanes, closing } = this.parts;
    this.expire(now);
    for (;;) {
      this.crew.grow();
      if (lanes.inFlight >= this.crew.workers) return this.flights.limitAt;
      const { lane, againAt } = lanes.choose(now, this.crew.workers, closing());
      if (lane === null) return Math.min(againAt, this.flights.limitAt);
      this.launch(lane, now);
    }
  }

  /** Ends an item that waits in memory or is under way. Returns where it was. */
  remove(entry: Entry<T, R>, end: ItemEnd<R>): ItemPlace {
    const { lanes, endings, clock } = this.parts;
    const { place, terms } = entry;
    const now = clock.monotonic();
    this.stories.delete(entry);
    if (typeof place === "string") {
      terms.lane.queue.takeOut(entry, now);
      lanes.waiting -= 1;
      endings.end(entry, end);
      return "waiting";
    }
    endings.end(entry, end);
    return this.removeFrom(place, entry, now);
  }

  /** Ends everything in memory: what has started as cancelled, the rest as refused. Nothing is waited for any longer. */
  endAll(): void {
    const now = this.parts.clock.monotonic();
    for (let flight = this.flights.first; flight !== null; flight = this.flights.first) {
      const live = flight.items.filter((entry) => entry.place === flight.parcel);
      this.depot.endStopped(live, "inFlight");
      if (!flight.abandoned) this.flights.freeSlot(flight);
      this.depot.giveUp(flight.parcel, flight.parcel.live());
      this.depot.close(flight.parcel, now);
      this.flights.over(flight);
      this.flights.abort(flight);
    }
    this.flights.wrote(0, 0, now);
    for (const lane of this.parts.lanes.all) this.depot.endLane(lane, now);
    this.stories.clear();
  }

  private launch(lane: Lane<T, R>, now: number): void {
    const { clock, settings, tally } = this.parts;
    const probe = lane.breaker.kind !== "closed";
    const parcel = lane.next(now);
    if (parcel === null) return;
    this.depot.wake(parcel);
    if (lane.breaker.kind === "open" && lane.breakerHears({ kind: "probe" }, now)) this.tellBreaker(lane, now);
    const flight = new Flight(parcel, now, clock.now(), now + settings().batchTimeoutMs, probe);
    this.flights.begin(flight);
    const departure = depart(flight, this.stories, tally);
    this.lag.measure();
    this.write(flight, departure);
  }

  private write(flight: Flight<T, R>, { values, attempt }: Departure<T>): void {
    const { sink, logger } = this.parts;
    const context = { domain: flight.parcel.lane.domain, attempt, signal: flight.source.signal };
    started(() => sink.write(values, context))
      .then(
        (answers) => this.land(flight, checkedAnswers(answers, values.length)),
        (error: unknown) => this.land(flight, thrownFailure(error)),
      )
      .catch((error: unknown) => logger.error(`the items of a batch wait for its time limit: ${reasonOf(error)}`));
  }

  private expire(now: number): void {
    const ms = this.parts.settings().batchTimeoutMs;
    // Not in the order of their limits, which the settings may have made shorter meanwhile.
    const late: Flight<T, R>[] = [];
    for (let flight = this.flights.first; flight !== null; flight = flight.next) if (flight.limitAt <= now) late.push(flight);
    for (const flight of late) {
      this.land(flight, lateFailure(ms));
      this.flights.abort(flight);
    }
  }

  private land(flight: Flight<T, R>, answers: Answers<R>): void {
    if (flight.over) return;
    const now = this.parts.clock.monotonic();
    this.flights.over(flight);
    if (flight.abandoned) {
      this.depot.close(flight.parcel, now);
      this.parts.changed();
      return;
    }
    this.flights.freeSlot(flight);
    this.landed(flight, answers, now);
    this.parts.changed();
  }

  private landed(flight: Flight<T, R>, answers: Answers<R>, now: number): void {
    const { settings, random, endings, tally, died } = this.parts;
    const { stories } = this;
    const { maxAttempts } = settings();
    const round = new Round({ endings, stories, maxAttempts, chance: () => random.next() }, flight, now);
    round.take(answers);
    if (teachLane(flight, round, now)) this.tellBreaker(flight.parcel.lane, now);
    const { stored, dead, undecided, levels, failure } = round;
    const returned = undecided.length;
    const ms = now - flight.startedAt;
    tally.record({ kind: "batch-ended", items: flight.items.length, stored, dead: dead.length, returned, ms, latencies: round.latencies.runs, levels });
    const { domain } = flight.parcel.lane;
    if (failure !== null) tally.record({ kind: "write-failed", domain, failure });
    this.flights.wrote(stored, ms, now);
    this.depot.carryOn(flight.parcel, round, now);
    this.crew.shrink();
    for (const item of dead) died(item);
  }

  private removeFrom(parcel: Parcel<T, R>, entry: Entry<T, R>, now: number): ItemPlace {
    const { flight } = parcel;
    if (flight !== null && (parcel.later.length === 0 || flight.items.includes(entry))) {
      flight.live -= 1;
      if (flight.live === 0) this.abandon(flight, now);
      return "inFlight";
    }
    this.depot.left(parcel, now);
    return "waiting";
  }

  // Nobody waits for it, so its slot is free. Its keys are not: it may still have its effect, and nothing of a key may
  // overtake that. They are free when the sink answers or the time of the batch is over.
  private abandon(flight: Flight<T, R>, now: number): void {
    const { parcel } = flight;
    this.flights.freeSlot(flight);
    flight.abandoned = true;
    this.flights.wrote(0, 0, now);
    this.depot.abandoned(parcel);
    this.flights.abort(flight);
    this.parts.changed();
  }

  private tellBreaker(lane: Lane<T, R>, at: number): void {
    const { tally, logger } = this.parts;
    const { kind: state } = lane.breaker;
    tally.record({ kind: "breaker", domain: lane.domain, state, at });
    logger.debug(`the breaker of ${lane.domain} is ${state}`);
  }
}

// An async function turns a throw at the start into a rejection.
async function started<A>(work: () => Promise<A>): Promise<A> {
  return work();
}
