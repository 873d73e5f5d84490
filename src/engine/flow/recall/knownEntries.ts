import type { TimelineEntry } from "./recall";

const KEPT = 500;

interface Place {
  readonly device: string;
  readonly seq: number;
}

/** Entries that were read lately, so that a page which is shown again costs no read. */
export class KnownEntries {
  private readonly entries = new Map<string, TimelineEntry>();

  get(place: Place): TimelineEntry | null {
    return this.entries.get(keyOf(place)) ?? null;
  }

  set(place: Place, entry: TimelineEntry): void {
    const key = keyOf(place);
    this.entries.delete(key);
    this.entries.set(key, entry);
    const oldest = this.entries.keys().next();
    if (this.entries.size > KEPT && oldest.done !== true) this.entries.delete(oldest.value);
  }

  clear(): void {
    this.entries.clear();
  }
}

function keyOf({ device, seq }: Place): string {
  return `${device} ${seq}`;
}
