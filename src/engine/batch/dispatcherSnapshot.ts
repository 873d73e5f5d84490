import type { Breaker } from "./breaker";
import type { Target, TargetState } from "./target";
import type { Tuning } from "./tuning";

/** How full the memory is: room for all, more than half full, or so full that new events wait in the journal. */
export type Pressure = "ok" | "high" | "full";

export interface DispatcherSnapshot {
  readonly state: TargetState;
  readonly breaker: Breaker["kind"];
  readonly waiting: number;
  readonly inFlight: number;
  /** True while the journal may hold events that memory has not seen. */
  readonly behind: boolean;
  readonly pressure: Pressure;
  /** 0 to 1. */
  readonly load: number;
  /** Ready events with which a batch leaves before its linger is over. */
  readonly targetSize: number;
  readonly lanes: number;
}

export interface SnapshotParts {
  readonly target: Pick<Target, "state" | "breaker">;
  readonly tuning: Pick<Tuning, "load" | "target" | "lanes">;
  readonly waiting: number;
  /** The most events that may wait in memory. */
  readonly room: number;
  readonly inFlight: number;
  readonly behind: boolean;
}

/** How a store's dispatcher stands now, as one value. */
export function snapshotOf({ target, tuning, waiting, room, inFlight, behind }: SnapshotParts): DispatcherSnapshot {
  const high = waiting * 2 > room;
  return {
    state: target.state,
    breaker: target.breaker.kind,
    waiting,
    inFlight,
    behind,
    pressure: !high ? "ok" : behind ? "full" : "high",
    load: tuning.load,
    targetSize: tuning.target,
    lanes: tuning.lanes,
  };
}
