import type { JsonObject, JsonValue } from "../kernel/json";
import { RangeSet, type Range, type ReadonlyRanges } from "./ranges";
import type { SealedLog } from "./sealedLog";

/** Where an event stands: a device's journal and its seq there. */
export interface Place {
  readonly device: string;
  readonly seq: number;
}

/** The first line of the file: whose acknowledgements these are. */
export function targetLine(target: string): JsonObject {
  return { target };
}

/** Lines beyond which a file is written anew, if that makes it much shorter. */
const LONG = 500;

/**
 * What one target has. Lines only ever add, so losing some means sending again, and reading one twice means
 * nothing.
 */
export class TargetAcks {
  private readonly acked = new Map<string, RangeSet>();
  private unsaved = new Map<string, RangeSet>();
  private saving: Promise<void> | null = null;
  private lines = 0;

  constructor(
    private readonly target: string,
    private readonly log: SealedLog,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Takes in a line of the file. */
  load(line: JsonObject): void {
    this.lines += 1;
    const { device, ranges } = line;
    if (typeof device !== "string") return;
    for (const [from, to] of readRanges(ranges)) rangesFor(this.acked, device).addRange(from, to);
  }

  get count(): number {
    let count = 0;
    for (const ranges of this.acked.values()) count += ranges.count;
    return count;
  }

  has({ device, seq }: Place): boolean {
    return this.acked.get(device)?.has(seq) === true;
  }

  highest(device: string): number {
    return this.acked.get(device)?.last ?? 0;
  }

  pending(device: string, present: ReadonlyRanges): RangeSet {
    return present.minus(this.acked.get(device) ?? new RangeSet());
  }

  acknowledge(places: Iterable<Place>): void {
    for (const { device, seq } of places) {
      rangesFor(this.acked, device).add(seq);
      rangesFor(this.unsaved, device).add(seq);
    }
    void this.save();
  }

  /** Resolves when nothing waits to be written, or when that failed. Never rejects: a failure goes to `onFailure`. */
  save(): Promise<void> {
    if (this.unsaved.size > 0) this.saving ??= this.saveAll();
    return this.saving ?? Promise.resolve();
  }

  /** These places are pending again. Rejects with StorageError. */
  async forget(device: string, places: ReadonlyRanges): Promise<void> {
    let known = false;
    for (const map of [this.acked, this.unsaved]) {
      for (const [from, to] of places.ranges()) {
        known ||= map.get(device)?.touches(from, to) === true;
        map.get(device)?.removeRange(from, to);
      }
    }
    if (known) await this.rewrite();
  }

  /** Writes the file anew when that makes it much shorter. */
  async compact(longerThan: number): Promise<void> {
    if (this.lines > Math.max(longerThan, 2 * this.shortest().length)) await this.rewrite();
  }

  private shortest(): readonly JsonObject[] {
    return [targetLine(this.target), ...linesOf(this.acked)];
  }

  private async rewrite(): Promise<void> {
    const lines = this.shortest();
    const replaced = this.unsaved;
    this.unsaved = new Map();
    try {
      await this.log.replace(lines);
      this.lines = lines.length;
    } catch (error) {
      this.putBack(replaced);
      throw error;
    }
  }

  // Begins only with something to write, so that it waits at least once and ends after `save` has kept it.
  private async saveAll(): Promise<void> {
    try {
      while (this.unsaved.size > 0) await this.saveWaiting();
    } catch (error) {
      this.onFailure(error);
    } finally {
      // In the same step as the last look at what waits: whatever comes after it begins a write of its own.
      this.saving = null;
    }
  }

  // What is acknowledged during a write gathers and leaves with the next one.
  private async saveWaiting(): Promise<void> {
    const leaving = this.unsaved;
    this.unsaved = new Map();
    const lines = [...(this.lines === 0 ? [targetLine(this.target)] : []), ...linesOf(leaving)];
    try {
      await this.log.append(lines);
    } catch (error) {
      this.putBack(leaving);
      throw error;
    }
    this.lines += lines.length;
    await this.compact(LONG);
  }

  private putBack(places: ReadonlyMap<string, RangeSet>): void {
    for (const [device, ranges] of places) {
      for (const [from, to] of ranges.ranges()) rangesFor(this.unsaved, device).addRange(from, to);
    }
  }
}

function rangesFor(map: Map<string, RangeSet>, device: string): RangeSet {
  const known = map.get(device);
  if (known !== undefined) return known;
  const ranges = new RangeSet();
  map.set(device, ranges);
  return ranges;
}

function linesOf(places: ReadonlyMap<string, RangeSet>): JsonObject[] {
  return [...places].map(([device, ranges]) => ({ device, ranges: [...ranges.ranges()] }));
}

function* readRanges(value: JsonValue | undefined): Generator<Range> {
  if (!Array.isArray(value)) return;
  for (const item of value as readonly JsonValue[]) {
    const [from, to] = Array.isArray(item) ? (item as readonly JsonValue[]) : [];
    if (isPlace(from) && isPlace(to) && from <= to) yield [from, to];
  }
}

function isPlace(value: JsonValue | undefined): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 1;
}
