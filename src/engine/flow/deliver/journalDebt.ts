import type { LearningEvent } from "../../learning/event";
import type { Acknowledgements } from "../../journal/acknowledgements";
import type { DeadLetters } from "../../journal/deadLetters";
import type { JournalReader } from "../../journal/journal";
import type { RangeSet } from "../../journal/ranges";
import type { PendingSource } from "../../batch/dispatch/pendingSource";

/** How far a store has read in each device's journal. */
export type DebtCursor = ReadonlyMap<string, number>;

export interface JournalDebtParts {
  readonly journal: JournalReader;
  readonly acks: Acknowledgements;
  readonly dead: DeadLetters;
  /** The store that is connected; null before it said who it is. */
  readonly target: () => string | null;
}

/** What the journals of all devices still owe a store: what is there, less what it has, less what it refused. */
export class JournalDebt implements PendingSource<DebtCursor> {
  /** The walk that the last read left open, and the cursor it stands at: going on spares reading segments again. */
  private open: { readonly walk: AsyncGenerator<LearningEvent, void, undefined>; readonly at: DebtCursor } | null = null;

  constructor(private readonly parts: JournalDebtParts) {}

  /** Events that the store still has to get. */
  count(target: string): number {
    return this.parts.journal.devices().reduce((sum, device) => sum + this.places(target, device).count, 0);
  }

  async read(cursor: DebtCursor | null, limit: number): Promise<{ events: readonly LearningEvent[]; cursor: DebtCursor }> {
    const from = cursor ?? new Map<string, number>();
    const known = this.open?.at === from ? this.open.walk : null;
    if (known === null) await this.close();
    const first = await this.take(known ?? this.walk(from), from, limit);
    // An old walk does not see what was journaled after it had begun.
    return first.events.length === 0 && known !== null ? this.take(this.walk(from), from, limit) : first;
  }

  /** Lets go of the files that a walk holds open. */
  async close(): Promise<void> {
    const { open } = this;
    this.open = null;
    await open?.walk.return();
  }

  private async take(
    walk: AsyncGenerator<LearningEvent, void, undefined>,
    from: DebtCursor,
    limit: number,
  ): Promise<{ events: readonly LearningEvent[]; cursor: DebtCursor }> {
    const events: LearningEvent[] = [];
    const cursor = new Map(from);
    const open = { walk, at: cursor };
    this.open = open;
    while (events.length < limit) {
      const next = await walk.next();
      if (next.done === true) {
        if (this.open === open) this.open = null;
        break;
      }
      cursor.set(next.value.device, next.value.seq);
      // A walk keeps the places that it began with, and is gone on with while its events are being sent.
      if (this.owes(next.value)) events.push(next.value);
    }
    // A read that nobody waits for any more may end when the next one has begun: that one's walk is not ours to end.
    if (this.open !== open) await walk.return();
    return { events, cursor };
  }

  private async *walk(from: DebtCursor): AsyncGenerator<LearningEvent, void, undefined> {
    const target = this.parts.target();
    if (target === null) return;
    for (const device of this.parts.journal.devices()) {
      const places = this.places(target, device);
      const seen = from.get(device) ?? 0;
      if (seen > 0) places.removeRange(0, seen);
      if (places.count > 0) yield* this.parts.journal.readPlaces(device, places);
    }
  }

  owes(event: LearningEvent): boolean {
    const { acks, dead } = this.parts;
    const target = this.parts.target();
    return target !== null && !acks.has(target, event) && !dead.leavesOut(target, event.id);
  }

  // Our own journal only grows at its end; the segments of another device may arrive in any order.
  isLast(event: LearningEvent): boolean {
    return event.device === this.parts.journal.device;
  }

  private places(target: string, device: string): RangeSet {
    const { journal, acks, dead } = this.parts;
    return acks.pending(target, device, journal.present(device)).minus(dead.places(target, device));
  }
}
