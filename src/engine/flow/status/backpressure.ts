import type { Pressure } from "../../batch/policy/pressure";
import type { Stats } from "../../stats/reduce";

const levels: readonly Pressure[] = ["spill", "slow", "ok"];

/** The highest level of all stores. */
export function backpressure({ stores }: Stats): Pressure {
  const all = [...stores.values()].map((store) => store.pressure);
  return levels.find((level) => all.includes(level)) ?? "ok";
}
