import { readEvent } from "../../learning/readEvent";
import type { LearningEvent, UnplacedEvent } from "../../learning/event";
import type { Clock } from "../../kernel/clock";
import type { Hasher } from "../../kernel/hash";
import type { Journal } from "../../journal/journal";
import type { ReadonlyRanges } from "../../journal/ranges";
import { importBackup, type Imported } from "./backup";
import type { Fold } from "../project/fold";

export interface ForeignEventsParts {
  readonly clock: Clock;
  readonly vault: string;
  readonly device: string;
  readonly hasher: Hasher;
  readonly journal: Pick<Journal, "append" | "has" | "refreshOthers">;
  readonly fold: Fold;
  /** These places of a device are pending again for every store. */
  readonly forgetPlaces: (device: string, places: ReadonlyRanges) => Promise<void>;
  /** Events that a journal has now and that nobody was told of yet. */
  readonly recorded: (events: readonly LearningEvent[]) => void;
}

/** Takes in events that were minted elsewhere: by other devices, in a backup, or in an append that seemed to fail. */
export class ForeignEvents {
  constructor(private readonly parts: ForeignEventsParts) {}

  /** Reads what other devices' folders brought since the last look. Rejects with StorageError; what was found counts. */
  async readOtherDevices(): Promise<number> {
    const { fold, forgetPlaces, journal } = this.parts;
    const found: LearningEvent[] = [];
    const reading = journal.refreshOthers((event) => found.push(event), forgetPlaces);
    // Asked for before the first of them can be sent: rows made of a graph without them would be taken for whole.
    const folded = fold.after(reading.then(() => found, () => found));
    try {
      await reading;
    } finally {
      this.tell(found);
      await folded;
    }
    return found.length;
  }

  importBackup(text: string): Promise<Imported> {
    const { clock, device, hasher, journal, vault } = this.parts;
    const adopt = (events: readonly UnplacedEvent[]): Promise<readonly LearningEvent[]> => this.adopt(events);
    return importBackup(text, { clock, journal, codec: { hasher, readEvent }, device, vault, adopt });
  }

  /** Events whose append was rejected although their lines are durable. */
  recovered(events: readonly LearningEvent[]): void {
    // It reports its own trouble and never rejects.
    void this.parts.fold.after(Promise.resolve(events));
    this.tell(events);
  }

  private async adopt(events: readonly UnplacedEvent[]): Promise<readonly LearningEvent[]> {
    const appended = this.parts.journal.append(events);
    const folded = this.parts.fold.after(appended);
    const placed = await appended;
    this.tell(placed);
    await folded;
    return placed;
  }

  private tell(events: readonly LearningEvent[]): void {
    if (events.length > 0) this.parts.recorded(events);
  }
}
