import type { Clock } from "../../kernel/clock";
import type { LearningEvent } from "../../learning/event";
import { Breath } from "../../kernel/breath";
import type { FoldedPlaces } from "./foldedPlaces";

const RETRY_MS = 1_000;
/** Events that are folded without a pause. */
const SLICE = 125;

export interface FoldParts {
  readonly clock: Clock;
  readonly folded: FoldedPlaces;
  readonly apply: (events: readonly LearningEvent[]) => Promise<void>;
  /** The graph could not take events in (a checkpoint could not be read); they are tried again every second. */
  readonly onTrouble: (error: unknown) => void;
}

/**
 * Brings journaled events into the local graph, in the order in which their appends were asked for. What the journal
 * has is kept whatever happens here, so trouble delays the graph and never an acknowledgement.
 */
export class Fold {
  private tail: Promise<void> = Promise.resolve();
  private ended = false;

  constructor(private readonly parts: FoldParts) {}

  /**
   * Folds what an append brings once it is durable and everything before it is folded. Resolves after the first try:
   * where that fails, the retries hold back the events behind it but not the caller.
   */
  after(appended: Promise<readonly LearningEvent[]>): Promise<void> {
    const first = this.tail.then(async () => {
      // A failed append is its caller's news; here it only means that there is nothing to fold.
      const events = await appended.catch(() => []);
      return (await this.take(events)) ? [] : events;
    });
    this.tail = first.then((left) => (left.length === 0 ? undefined : this.until(() => this.take(left))));
    return first.then(() => undefined);
  }

  /**
   * Does other work on the whole graph while nothing is folded; whoever waits for the graph waits for it too. Where it
   * fails the caller hears of it, and `mend` is tried every second before anybody sees the graph again.
   */
  alone(work: () => Promise<void>, mend: () => Promise<void>): Promise<void> {
    const done = this.tail.then(work);
    this.tail = done.catch(() => this.until(() => this.succeeds(mend)));
    return done;
  }

  /** Resolves when everything asked for so far is in the graph. */
  idle(): Promise<void> {
    return this.tail;
  }

  /** Gives up waiting for a graph that cannot take events in. The next start folds them from the journal. */
  end(): void {
    this.ended = true;
  }

  private take(events: readonly LearningEvent[]): Promise<boolean> {
    return this.succeeds(async () => {
      const breath = new Breath(this.parts.clock);
      for (let from = 0; from < events.length; from += SLICE) {
        await this.parts.apply(events.slice(from, from + SLICE));
        await breath.take();
      }
      this.parts.folded.add(events);
    });
  }

  private async succeeds(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.parts.onTrouble(error);
      return false;
    }
  }

  private async until(done: () => Promise<boolean>): Promise<void> {
    while (!this.ended) {
      await new Promise<void>((resolve) => this.parts.clock.after(RETRY_MS, resolve));
      if (await done()) return;
    }
  }
}
