import type { Fact } from "../../src/engine/stats/fact";
import { emptyStats, reduce, type Stats } from "../../src/engine/stats/reduce";
import { seededRandom } from "./seededRandom";

const MINUTE_MS = 60_000;
const store = "neo4j";

/** The figures of a store that was sent to for `minutes` up to `now`: quiet and busy times, a slow spell with retries, an outage. */
export function anHourOfBatches(now: number, minutes = 48): Stats {
  const random = seededRandom(11);
  let stats = emptyStats;
  let batch = 0;
  const tell = (fact: Fact): void => {
    stats = reduce(stats, fact);
  };
  tell({ kind: "store-state", store, state: "ok", message: null, at: 0 });
  for (let minute = minutes - 1; minute >= 0; minute -= 1) {
    const time = now - minute * MINUTE_MS;
    const isBusy = minute % 12 < 8;
    const isSlow = minute > 14 && minute < 20;
    if (minute === 14) {
      tell({ kind: "write-failed", store, class: "unavailable", code: "ServiceUnavailable", message: "Neo4j does not answer.", time });
      tell({ kind: "breaker", store, state: "open", at: 0, time });
      tell({ kind: "breaker", store, state: "half-open", at: 2_000, time: time + 2_000 });
      tell({ kind: "breaker", store, state: "closed", at: 2_100, time: time + 2_100 });
    }
    if (!isBusy) continue;
    for (let count = 0; count < 2 + (minute % 5); count += 1) {
      batch += 1;
      const events = Math.round(40 + random.next() * 160);
      const ms = Math.round((isSlow ? 400 : 40) + random.next() * (isSlow ? 900 : 60));
      const failed = minute === 16 && count === 0 ? 2 : 0;
      if (isSlow) tell({ kind: "retried", store, count: events, time });
      const priorities = { LOW: 0, NORMAL: events, HIGH: 0, CRITICAL: 0 };
      tell({
        store,
        kind: "batch-settled",
        batch,
        events,
        stored: events - failed,
        failed,
        returned: 0,
        deferred: 0,
        ms,
        writeMs: ms,
        attempts: isSlow ? 2 : 1,
        bytes: events * 900,
        latenciesMs: [ms],
        priorities,
        at: batch,
        time: time - 30_000 + count * 1_000,
      });
      tell({ kind: "tuned", store, load: isSlow ? 0.9 : random.next() * 0.4, target: isSlow ? 300 : 200, lanes: 4, time });
    }
  }
  return stats;
}
