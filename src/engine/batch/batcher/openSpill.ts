import type { Clock } from "../../kernel/clock";
import type { Logger } from "../../kernel/logger";
import { unknownFailure } from "./answers";
import type { Endings } from "./endings";
import type { Entry } from "./entry";
import type { Lane } from "./lane";
import type { Lanes } from "./lanes";
import type { Overflow } from "./overflow";
import { Spill } from "./spill";
import type { Tally } from "./tally";

export interface OpenSpillParts<T, R> {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly overflow: Overflow<T>;
  readonly lanes: Lanes<T, R>;
  readonly endings: Endings<T, R>;
  readonly tally: Tally;
  readonly changed: () => void;
}

/** The way of a lane's items into the overflow and back into its queue, with the count of what they are at. */
export function openSpill<T, R>(lane: Lane<T, R>, parts: OpenSpillParts<T, R>): Spill<T, R> {
  const { changed, clock, endings, lanes, logger, overflow, tally } = parts;
  const lost = unknownFailure("overflow-lost", "The item could not be kept on disk until it was its turn.");
  return new Spill({
    domain: lane.domain,
    clock,
    logger,
    overflow,
    changed,
    room: () => lanes.roomFor(lane),
    returned: (entry, key) => {
      enqueue(lane, entry, key, clock.monotonic());
      lanes.waiting += 1;
      tally.record({ kind: "returned", count: 1 });
    },
    refused: (entries) => {
      tally.record({ kind: "withdrawn", count: entries.length });
      for (const entry of entries) endings.end(entry, { kind: "refused", reason: "queue-full" });
    },
    lost: (entry) => {
      logger.error(`an item of ${lane.domain} was lost in the overflow`);
      tally.record({ kind: "left", why: "dead", from: "deferred", count: 1 });
      endings.end(entry, { kind: "failed", failure: lost, attempts: 0, waitMs: 0, runMs: 0 });
    },
  });
}

function enqueue<T, R>({ queue }: Lane<T, R>, entry: Entry<T, R>, key: string | undefined, now: number): void {
  entry.place = "queued";
  entry.key = key === undefined ? queue.keyWithoutOrder(entry.level) : queue.keyNamed(key);
  queue.append(entry, now);
}
