import type { Clock } from "../../kernel/clock";
import type { Logger } from "../../kernel/logger";
import type { Random } from "../../kernel/random";
import type { Slots } from "../../kernel/slots";
import type { LearningEvent } from "../../learning/event";
import type { GraphStore, StoreFailure } from "../../graph/port";
import { attemptWrite, type AttemptOutcome, type RowsFor } from "./attempt";
import { bounded, pauseFor, unlessAborted } from "../../kernel/bounded";
import type { DeadLetter } from "./deadLetter";
import type { TripTools } from "./bringHome";
import type { BatchFact } from "./batchFact";
import { eventsOf, subjectOf, type ParcelItem } from "./parcel";
import { backoffMs, localBackoff, type RetryLimits } from "../policy/retry";
import type { BatchSettings } from "../policy/settings";
import type { SendingSession } from "./sendingSession";

export interface TripParts {
  /** The name of the store. */
  readonly name: string;
  readonly store: Pick<GraphStore, "write">;
  readonly rowsFor: RowsFor;
  readonly acknowledge: (events: readonly LearningEvent[]) => void;
  readonly bury: (letter: DeadLetter) => Promise<void> | void;
  readonly slots: Slots;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly record: (fact: BatchFact) => void;
}

export interface TripRules {
  readonly settings: () => BatchSettings;
  readonly deadlineMs: number;
  readonly mode: () => "careful" | "patient";
  readonly contended: () => void;
  readonly throttled: () => number;
  readonly localTroubles: () => number;
  /** Milliseconds until the next write may start; 0: it starts now, and counts. */
  readonly startIn: () => number;
  /** Hears of a stored part after it was acknowledged. */
  readonly stored: (items: readonly ParcelItem[]) => void;
  /** Subjects of events that were buried after all doubt. */
  readonly guilty: Set<string>;
}

/** One batch on its way: its attempts, and what each of them means for its items. */
export class Trip implements TripTools {
  attempts = 0;
  writeMs = 0;
  /** How its last write failed; null when that succeeded or none has ended yet. */
  failure: StoreFailure | null = null;

  constructor(
    private readonly parts: TripParts,
    private readonly rules: TripRules,
    private readonly session: SendingSession,
  ) {}

  /** One attempt in a slot that the caller holds. */
  async attempt(items: readonly ParcelItem[]): Promise<AttemptOutcome> {
    const now = this.parts.clock.now();
    const { outcome, ms } = await attemptWrite(
      this.parts,
      eventsOf(items),
      this.rules.deadlineMs,
      this.session.abandoned.signal,
    );
    if (outcome.kind !== "local") this.count(items, now, ms);
    this.failure = outcome.kind === "failed" ? outcome : null;
    if (outcome.kind === "failed") this.report(outcome);
    return outcome;
  }

  async write(items: readonly ParcelItem[]): Promise<AttemptOutcome> {
    const { signal } = this.session.abandoned;
    // Before the slot: other stores may use it meanwhile.
    if ((await this.turn()) === "aborted") return { kind: "aborted" };
    // A turn that still waits for its slot is not waited for after the signal, and then does nothing.
    return unlessAborted(signal, () =>
      this.parts.slots.run(async (): Promise<AttemptOutcome> =>
        signal.aborted ? { kind: "aborted" } : this.attempt(items),
      ),
    );
  }

  pause(ms: number): Promise<"elapsed" | "aborted"> {
    return pauseFor(this.parts.clock, ms, this.session.closing.signal);
  }

  retry(): RetryLimits {
    return this.rules.settings().retry;
  }

  chance(): number {
    return this.parts.random.next();
  }

  stored(items: readonly ParcelItem[]): void {
    try {
      this.parts.acknowledge(eventsOf(items));
    } catch (error) {
      this.parts.logger.warn(`acknowledging ${items.length} events failed, they will be sent again: ${String(error)}`);
    }
    this.rules.stored(items);
  }

  // What cannot be kept is not dead yet: its key waits until the letter is written or sending stops.
  async bury(item: ParcelItem, failure: StoreFailure): Promise<boolean> {
    const { clock, logger, name } = this.parts;
    const { event, attempts, firstTriedAt } = item.value;
    const { class: of, code, message } = failure;
    const lastAt = clock.now();
    const letter: DeadLetter = {
      store: name,
      event,
      class: of,
      code,
      message,
      attempts,
      firstAt: firstTriedAt ?? lastAt,
      lastAt,
    };
    for (let tries = 1; ; tries += 1) {
      try {
        const kept = await bounded(clock, this.rules.deadlineMs, this.session.abandoned.signal, async () =>
          this.parts.bury(letter),
        );
        if (kept.kind === "done") {
          if (of === "unknown") this.rules.guilty.add(subjectOf(item));
          return true;
        }
        if (kept.kind === "aborted") return false;
      } catch (error) {
        logger.warn(`keeping a dead letter failed, trying again: ${String(error)}`);
      }
      if ((await this.pause(backoffMs(localBackoff, tries, () => this.chance()))) === "aborted") return false;
    }
  }

  isGuilty(item: ParcelItem): boolean {
    return this.rules.guilty.has(subjectOf(item));
  }

  again(items: readonly ParcelItem[]): void {
    this.parts.record({ store: this.parts.name, kind: "retried", count: items.length, time: this.parts.clock.now() });
  }

  contended(): void {
    this.rules.contended();
  }

  throttled(): number {
    return this.rules.throttled();
  }

  localTroubles(): number {
    return this.rules.localTroubles();
  }

  mode(): "careful" | "patient" {
    return this.rules.mode();
  }

  /** Waits until the store's rate lets one more write start. Others may be quicker, so the first wait need not be the last. */
  private async turn(): Promise<"elapsed" | "aborted"> {
    for (let ms = this.rules.startIn(); ms > 0; ms = this.rules.startIn()) {
      if ((await this.pause(ms)) === "aborted") return "aborted";
    }
    return "elapsed";
  }

  private count(items: readonly ParcelItem[], now: number, ms: number): void {
    this.attempts += 1;
    this.writeMs += ms;
    for (const { value } of items) {
      value.attempts += 1;
      value.firstTriedAt ??= now;
    }
  }

  private report({ class: of, code, message }: StoreFailure): void {
    this.parts.record({ store: this.parts.name, kind: "write-failed", class: of, code, message, time: this.parts.clock.now() });
  }
}
