import { bounded } from "../../kernel/bounded";
import { Breath } from "../../kernel/breath";
import type { Clock } from "../../kernel/clock";
import { createEmitter } from "../../kernel/emitter";
import type { Logger } from "../../kernel/logger";
import { reasonOf } from "../../kernel/reasonOf";
import { neverAborted } from "../../kernel/signal";
import type { JournalReader } from "../../journal/journal";
import { RangeSet, type ReadonlyRanges } from "../../journal/ranges";
import type { LearningEvent } from "../../learning/event";
import { EventLedger } from "./eventLedger";

/** Events that are read in one go: about two segments. */
const BLOCK = 16_000;

export interface LedgerFeedParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly journal: Pick<JournalReader, "devices" | "present" | "readPlaces">;
}

export interface LedgerLook {
  readonly ledger: EventLedger;
  /** False while older events are still being read. */
  readonly complete: boolean;
}

/**
 * Keeps a ledger as far as the journals are. Nothing is read before somebody asks; then the newest events are read
 * first, since most questions are about them. From then on new events are taken as they come, so that only what nobody
 * told of has to be read.
 */
export class LedgerFeed {
  private ledger = new EventLedger();
  private asked = false;
  private reading: Promise<void> | null = null;
  /** Somebody has an answer from a part of the events. */
  private owesMore = false;
  private readonly grown;

  constructor(private readonly parts: LedgerFeedParts) {
    this.grown = createEmitter<void>((error) => parts.logger.error(`a listener failed: ${reasonOf(error)}`));
  }

  /** Calls back when there is more than an incomplete look had. */
  onGrown(listener: () => void): () => void {
    return this.grown.on(listener);
  }

  /** The ledger with everything that the journals have now. Rejects with StorageError; what was read by then counts. */
  async whole(): Promise<EventLedger> {
    await this.catchUp();
    return this.ledger;
  }

  /** The same, or after so many milliseconds whatever was read by then. */
  async look(patienceMs: number): Promise<LedgerLook> {
    const complete = (await bounded(this.parts.clock, patienceMs, neverAborted, () => this.catchUp())).kind === "done";
    if (!complete) this.owesMore = true;
    return { ledger: this.ledger, complete };
  }

  /** Events that a journal has now. False where nobody asked yet, so that they need not be known. */
  take(events: readonly LearningEvent[]): boolean {
    if (this.asked) for (const event of events) this.ledger.take(event);
    return this.asked;
  }

  /** What stands on some places is no longer what it was: everything is read again when somebody asks. */
  forget(): void {
    this.ledger = new EventLedger();
    this.asked = false;
    this.reading = null;
  }

  private catchUp(): Promise<void> {
    if (this.reading !== null) return this.reading;
    this.asked = true;
    if (this.hasLostSome()) this.ledger = new EventLedger();
    const reading = this.read(this.ledger).finally(() => {
      if (this.reading === reading) this.reading = null;
      if (!this.owesMore) return;
      this.owesMore = false;
      this.grown.emit();
    });
    this.reading = reading;
    // Whoever waits hears of a failure; where nobody waits any more, the next who asks does.
    reading.catch(() => undefined);
    return reading;
  }

  private async read(ledger: EventLedger): Promise<void> {
    const breath = new Breath(this.parts.clock);
    const tried = new Map<string, RangeSet>();
    for (;;) {
      const blocks = this.parts.journal.devices().flatMap((device) => this.newestMissing(device, ledger, tried) ?? []);
      if (blocks.length === 0) return;
      for (const { device, places } of blocks) {
        for await (const event of this.parts.journal.readPlaces(device, places)) {
          ledger.take(event);
          await breath.take();
        }
      }
      if (this.ledger !== ledger) return;
      if (this.owesMore) this.grown.emit();
    }
  }

  /** Each place is tried once: one that cannot be read any more gives nothing. */
  private newestMissing(device: string, ledger: EventLedger, tried: Map<string, RangeSet>): { readonly device: string; readonly places: RangeSet } | null {
    const done = tried.get(device) ?? new RangeSet();
    tried.set(device, done);
    const places = lastOf(this.parts.journal.present(device).minus(ledger.places(device)).minus(done), BLOCK);
    for (const [from, to] of places.ranges()) done.addRange(from, to);
    return places.count === 0 ? null : { device, places };
  }

  // A folder of another device may go away, and a repair may set lines aside: what is counted must be there.
  private hasLostSome(): boolean {
    const { journal } = this.parts;
    return this.ledger.devices().some((device) => this.ledger.places(device).minus(journal.present(device)).count > 0);
  }
}

/** The greatest `count` numbers of a set. */
function lastOf(places: ReadonlyRanges, count: number): RangeSet {
  const last = new RangeSet();
  for (const [from, to] of [...places.ranges()].reverse()) {
    const room = count - last.count;
    if (room <= 0) break;
    last.addRange(Math.max(from, to - room + 1), to);
  }
  return last;
}
