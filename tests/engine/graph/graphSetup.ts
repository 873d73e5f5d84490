import { createAlternatingFile } from "../../../src/engine/journal/alternatingFile";
import type { Clock } from "../../../src/engine/kernel/clock";
import { silentLogger, type Logger } from "../../../src/engine/kernel/logger";
import type { LearningEvent } from "../../../src/engine/learning/event";
import type { Covered } from "../../../src/engine/graph/covered";
import { LocalGraph } from "../../../src/engine/graph/localGraph";
import { RangeSet } from "../../../src/engine/journal/ranges";
import { ManualClock } from "../../fakes/manualClock";
import { MemoryDataFolder } from "../../fakes/memoryDataFolder";
import { testHasher } from "../../fakes/testHasher";
import { vault } from "./madeEvents";

export const base = "devices/d1/graph";

export interface Setup {
  readonly folder?: MemoryDataFolder;
  /** What the journals have, for canvases whose checkpoint is damaged. */
  readonly journal?: readonly LearningEvent[];
  readonly maxOpen?: number;
  readonly logger?: Logger;
  readonly clock?: Clock;
}

export function openGraph({
  folder = new MemoryDataFolder(),
  journal = [],
  maxOpen = 32,
  logger = silentLogger,
  clock = new ManualClock(),
}: Setup = {}): Promise<LocalGraph> {
  const history = async function* (): AsyncIterable<LearningEvent> {
    yield* journal;
  };
  return LocalGraph.open({ clock, folder, base, vault, hasher: testHasher, createAlternatingFile, history, logger, maxOpen });
}

/** What a graph has after these events were all applied. */
export function coveredBy(events: readonly LearningEvent[]): Covered {
  const places = new Map<string, RangeSet>();
  for (const { device, seq } of events) {
    const known = places.get(device) ?? new RangeSet();
    known.add(seq);
    places.set(device, known);
  }
  return new Map([...places].map(([device, set]) => [device, [...set.ranges()]]));
}

/** The events that a checkpoint does not cover. */
export function tailAfter(
  covered: Covered,
  events: readonly LearningEvent[],
): readonly LearningEvent[] {
  return events.filter(({ device, seq }) => !RangeSet.of(covered.get(device) ?? []).has(seq));
}

/** A folder whose n-th write from now is cut at some byte, and that counts what it is asked. */
export class CutFolder extends MemoryDataFolder {
  reads = 0;
  writes = 0;
  cutAt = 0;
  cutBytes = 0;

  override read(path: string): Promise<string | null> {
    this.reads += 1;
    return super.read(path);
  }

  override write(path: string, text: string): Promise<void> {
    this.writes += 1;
    if (this.writes === this.cutAt) this.tearNext(this.cutBytes);
    return super.write(path, text);
  }
}
