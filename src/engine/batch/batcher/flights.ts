import type { Logger } from "../../kernel/logger";
import { reasonOf } from "../../kernel/reasonOf";
import { Burst } from "../policy/burst";
import { LinkedList } from "../queue/linkedList";
import type { Flight } from "./flight";
import type { Lanes } from "./lanes";

export interface FlightsParts<T, R> {
  readonly logger: Logger;
  readonly lanes: Lanes<T, R>;
  /** Batches that may be under way at once, for the log. */
  readonly concurrency: () => number;
}

/** The batches that a sink has, and the slots that they hold. The one that began first is first. */
export class Flights<T, R> {
  private readonly open = new LinkedList<Flight<T, R>>();
  private readonly burst: Burst;

  constructor(private readonly parts: FlightsParts<T, R>) {
    this.burst = new Burst((message) => parts.logger.debug(message));
  }

  get first(): Flight<T, R> | null {
    return this.open.first;
  }

  /**
   * When (monotonic) the time of one is over; Infinity when none is under way. Not always of the first: the settings may
   * have made the limit shorter since it began.
   */
  get limitAt(): number {
    let at = Infinity;
    for (let flight = this.open.first; flight !== null; flight = flight.next) at = Math.min(at, flight.limitAt);
    return at;
  }

  begin(flight: Flight<T, R>): void {
    const { lanes } = this.parts;
    flight.parcel.flight = flight;
    this.open.append(flight);
    flight.parcel.lane.inFlight += 1;
    lanes.inFlight += 1;
    lanes.waiting -= flight.items.length;
    this.burst.begin(flight.startedAt);
  }

  /** Another batch may have its slot. */
  freeSlot({ parcel }: Flight<T, R>): void {
    parcel.flight = null;
    parcel.lane.inFlight -= 1;
    this.parts.lanes.inFlight -= 1;
  }

  /** A batch whose slot is free has written so many items in so many milliseconds. */
  wrote(stored: number, ms: number, now: number): void {
    const { lanes, concurrency } = this.parts;
    this.burst.end(stored, ms, concurrency(), now, lanes.inFlight === 0);
  }

  /** Its answer is there, or comes too late. */
  over(flight: Flight<T, R>): void {
    flight.over = true;
    this.open.remove(flight);
  }

  /** Tells the sink that nobody waits for it. */
  abort(flight: Flight<T, R>): void {
    try {
      flight.source.abort();
    } catch (error) {
      this.parts.logger.error(`a sink's listener to the end of its batch threw: ${reasonOf(error)}`);
    }
  }
}
