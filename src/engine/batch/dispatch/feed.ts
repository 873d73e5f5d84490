import type { Cancel, Clock } from "../../kernel/clock";
import type { LearningEvent } from "../../learning/event";
import { backoffMs, localBackoff } from "../policy/retry";
import type { PendingSource } from "./pendingSource";

/** Events of one read, so that a few large ones do not fill the memory at once. */
const CHUNK = 250;

export interface FeedParts<C> {
  readonly source: PendingSource<C>;
  readonly clock: Clock;
  readonly chance: () => number;
  /** Events that may be read now; 0 while it is too early to read. */
  readonly room: () => number;
  readonly isHeld: (id: string) => boolean;
  /** What it throws for is read again. It must not ask for more by itself. */
  readonly take: (events: readonly LearningEvent[]) => void;
  /** There may be room for more. */
  readonly taken: () => void;
  readonly caughtUp: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Brings what waits in the journal into memory, in order, when there is room. While it is behind, a new event may only
 * go straight to memory when none of its key waits in the journal.
 */
export class Feed<C> {
  private behindNow = true;
  private cursor: C | null = null;
  /** Keys with events in the journal that memory has not seen; null while they are not known. */
  private keys: Set<string> | null = null;
  private generation = 0;
  private readingFor: number | null = null;
  private leftWhileReading = false;
  private failures = 0;
  private retry: Cancel | null = null;

  constructor(private readonly parts: FeedParts<C>) {}

  /** True while the journal may hold events that memory has not seen. */
  get behind(): boolean {
    return this.behindNow;
  }

  /** Starts over from the beginning of what is pending. A read under way counts for nothing. */
  reset(): void {
    this.generation += 1;
    this.readingFor = null;
    this.behindNow = true;
    this.cursor = null;
    this.keys = null;
    this.failures = 0;
    this.retry?.();
    this.retry = null;
  }

  mayPass(key: string): boolean {
    return !this.behindNow || (this.keys !== null && !this.keys.has(key));
  }

  /** An event of this key stays in the journal. */
  leave(key: string, event: LearningEvent): void {
    if (!this.behindNow) {
      this.behindNow = true;
      this.keys = new Set();
    }
    this.keys?.add(key);
    this.leftWhileReading = true;
    if (!this.parts.source.isLast(event)) this.rewind();
  }

  /** Reads on if there is something to read and room for it. */
  fill(): void {
    if (!this.behindNow || this.readingFor !== null || this.retry !== null) return;
    const room = this.parts.room();
    if (room < 1) return;
    this.readingFor = this.generation;
    this.leftWhileReading = false;
    void this.read(this.generation, Math.min(room, CHUNK));
  }

  // What other devices bring may stand before the cursor, where nobody would come by again. A read under way may have
  // passed its place already.
  private rewind(): void {
    this.generation += 1;
    this.readingFor = null;
    this.cursor = null;
  }

  private async read(generation: number, limit: number): Promise<void> {
    try {
      const { events, cursor } = await this.parts.source.read(this.cursor, limit);
      if (generation !== this.generation) return;
      // Before the cursor goes on: what could not be taken has to be read again.
      this.parts.take(events.filter((event) => !this.parts.isHeld(event.id) && this.parts.source.owes(event)));
      this.readingFor = null;
      this.failures = 0;
      this.cursor = cursor;
      if (events.length === 0) this.reachedEnd();
      else this.parts.taken();
    } catch (error) {
      if (generation === this.generation) this.readLater(error);
    }
  }

  // An event that was journaled after the read had begun may be missing from its answer.
  private reachedEnd(): void {
    if (!this.leftWhileReading) {
      this.behindNow = false;
      this.keys = null;
    }
    this.parts.caughtUp();
  }

  private readLater(error: unknown): void {
    this.readingFor = null;
    this.failures += 1;
    this.retry = this.parts.clock.after(backoffMs(localBackoff, this.failures, this.parts.chance), () => {
      this.retry = null;
      this.fill();
    });
    this.parts.failed(error);
  }
}
