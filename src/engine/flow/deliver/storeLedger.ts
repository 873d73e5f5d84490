import type { LearningEvent } from "../../learning/event";
import type { DeadLetter } from "../../batch/dispatch/deadLetter";
import type { PendingSource } from "../../batch/dispatch/pendingSource";
import type { Connected } from "../../graph/port";
import type { Acknowledgements } from "../../journal/acknowledgements";
import type { DeadLetter as KeptLetter, DeadLetters } from "../../journal/deadLetters";
import type { JournalReader } from "../../journal/journal";
import type { ReadonlyRanges } from "../../journal/ranges";
import { JournalDebt, type DebtCursor } from "./journalDebt";
import type { StoreStatus } from "../status/status";
import { lastTarget, targetOf } from "./targets";

export interface StoreLedgerParts {
  readonly journal: JournalReader;
  readonly acks: Acknowledgements;
  readonly dead: DeadLetters;
}

/** Events that a walk through what is owed holds at once. */
const OWED = 500;

/**
 * What one store has, still has to get, and refused. Before it said which database it is, figures are those of the
 * database that was last sent to at its address, and nothing can be read, acknowledged or buried.
 */
export class StoreLedger implements PendingSource<DebtCursor> {
  private target: string | null = null;
  private readonly debt: JournalDebt;

  constructor(
    private readonly parts: StoreLedgerParts,
    private readonly address: string,
  ) {
    this.debt = new JournalDebt({ ...parts, target: () => this.target });
  }

  /** The store said which database it is. */
  recognise({ address, epoch }: Connected): void {
    this.target = targetOf(address, epoch);
  }

  get counts(): Pick<StoreStatus, "sent" | "pending" | "dead"> {
    const { acks, dead } = this.parts;
    const target = this.likelyTarget;
    if (target === null) return { sent: 0, pending: this.pending, dead: 0 };
    return { sent: acks.count(target), pending: this.pending, dead: dead.count(target) };
  }

  /** Events that it still has to get. */
  get pending(): number {
    return this.debt.count(this.likelyTarget ?? "");
  }

  read(cursor: DebtCursor | null, limit: number): ReturnType<JournalDebt["read"]> {
    return this.debt.read(cursor, limit);
  }

  owes(event: LearningEvent): boolean {
    return this.debt.owes(event);
  }

  isLast(event: LearningEvent): boolean {
    return this.debt.isLast(event);
  }

  /** What became of those of these events that are no longer pending, by event id. */
  outcomes(events: readonly LearningEvent[]): ReadonlyMap<string, "stored" | "dead"> {
    const { acks, dead } = this.parts;
    const { target } = this;
    const outcomes = new Map<string, "stored" | "dead">();
    if (target === null) return outcomes;
    for (const event of events) {
      if (acks.has(target, event)) outcomes.set(event.id, "stored");
      else if (dead.leavesOut(target, event.id)) outcomes.set(event.id, "dead");
    }
    return outcomes;
  }

  acknowledge(events: readonly LearningEvent[]): void {
    if (this.target !== null) this.parts.acks.acknowledge(this.target, events);
  }

  /** Rejects with StorageError; the event is then still pending. */
  async bury({ event, message, class: failure, code, attempts, firstAt, lastAt }: DeadLetter): Promise<void> {
    const { target } = this;
    if (target === null) throw new Error("a refusal by a store that nobody knows");
    await this.parts.dead.add([{ target, event, reason: message, class: failure, code, attempts, firstAt, lastAt }]);
  }

  /** The events of those letters that this store refused. */
  ownEvents(letters: readonly KeptLetter[]): readonly LearningEvent[] {
    return letters.filter((letter) => letter.target === this.target).map((letter) => letter.event);
  }

  /** True once the store said which database it is. */
  get isKnown(): boolean {
    return this.target !== null;
  }

  /** What it should not be expected to have: events that are pending, then those that it refused. */
  async *owed(): AsyncGenerator<LearningEvent, void, undefined> {
    // A debt of its own: whoever sends goes on with the walk that the other one holds open.
    const debt = new JournalDebt({ ...this.parts, target: () => this.target });
    try {
      let cursor: DebtCursor | null = null;
      for (;;) {
        const read: Awaited<ReturnType<JournalDebt["read"]>> = await debt.read(cursor, OWED);
        if (read.events.length === 0) break;
        yield* read.events;
        cursor = read.cursor;
      }
    } finally {
      await debt.close();
    }
    yield* this.ownEvents(this.parts.dead.list());
  }

  /** These places of devices are pending again for this store alone. Rejects with StorageError. */
  async forgetPlaces(places: ReadonlyMap<string, ReadonlyRanges>): Promise<void> {
    const { target } = this;
    if (target === null) return;
    for (const [device, ranges] of places) await this.parts.acks.forgetPlaces(device, ranges, target);
  }

  /** Everything is pending again. Rejects with StorageError. */
  async forget(): Promise<void> {
    const target = this.likelyTarget;
    if (target !== null) await this.parts.acks.forget(target);
  }

  /** Lets go of files and writes what is not written yet. */
  async close(): Promise<void> {
    await this.debt.close();
    await this.parts.acks.flush();
  }

  private get likelyTarget(): string | null {
    return this.target ?? lastTarget(this.parts.acks.targets, this.address);
  }
}
