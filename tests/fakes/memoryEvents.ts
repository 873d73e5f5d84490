import type { JournalReader } from "../../src/engine/journal/journal";
import { RangeSet, type ReadonlyRanges } from "../../src/engine/journal/ranges";
import type { LearningEvent } from "../../src/engine/learning/event";

/** Events on their places, as the journals of all devices would give them. */
export class MemoryEvents implements Pick<JournalReader, "devices" | "present" | "readPlaces"> {
  private readonly byDevice = new Map<string, Map<number, LearningEvent>>();
  /** How many events were read. */
  read = 0;
  /** While set, reading fails. */
  failure: Error | null = null;

  constructor(events: readonly LearningEvent[] = []) {
    this.add(events);
  }

  add(events: readonly LearningEvent[]): void {
    for (const event of events) {
      const places = this.byDevice.get(event.device) ?? new Map<number, LearningEvent>();
      this.byDevice.set(event.device, places.set(event.seq, event));
    }
  }

  remove({ device, seq }: LearningEvent): void {
    this.byDevice.get(device)?.delete(seq);
  }

  devices(): readonly string[] {
    return [...this.byDevice.keys()];
  }

  present(device: string): ReadonlyRanges {
    return RangeSet.of([...(this.byDevice.get(device)?.keys() ?? [])].sort((a, b) => a - b).map((seq) => [seq, seq] as const));
  }

  async *readPlaces(device: string, places: ReadonlyRanges): AsyncGenerator<LearningEvent> {
    for (const seq of places.values()) {
      if (this.failure !== null) throw this.failure;
      const event = this.byDevice.get(device)?.get(seq);
      if (event === undefined) continue;
      this.read += 1;
      yield await Promise.resolve(event);
    }
  }
}
