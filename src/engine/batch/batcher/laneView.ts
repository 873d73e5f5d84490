import type { LaneView } from "./batcherMetrics";
import type { Lane } from "./lane";

/** How a lane stands now. */
export function laneView<T, R>(lane: Lane<T, R>): LaneView {
  return {
    waiting: lane.waiting,
    deferred: lane.spill?.size ?? 0,
    inFlight: lane.inFlight,
    concurrency: lane.allowed,
    load: lane.size.loadWith(lane.waiting, lane.spill?.behind ?? false),
    targetSize: lane.size.target,
    paused: lane.paused,
    trouble: lane.trouble,
  };
}
