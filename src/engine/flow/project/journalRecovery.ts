import type { Cancel, Clock } from "../../kernel/clock";
import type { Journal } from "../../journal/journal";
import { hostWaitMs } from "../hostWaitMs";

export interface JournalRecoveryParts {
  readonly clock: Clock;
  readonly journal: Pick<Journal, "state" | "onState" | "tryAgain">;
}

/**
 * Ends a failing journal when the host can keep lines again, also where nobody records anything. No timer while the
 * journal is well.
 */
export class JournalRecovery {
  private timer: Cancel | null = null;
  private tries = 0;
  private ended = false;

  constructor(private readonly parts: JournalRecoveryParts) {
    parts.journal.onState(() => this.look());
    // It may have failed before anybody could listen.
    this.look();
  }

  /** Plans nothing more. */
  end(): void {
    this.ended = true;
    this.cancel();
  }

  private look(): void {
    if (this.parts.journal.state.kind === "ok") {
      this.tries = 0;
      this.cancel();
    } else if (!this.ended) {
      // `tryAgain` never rejects.
      this.timer ??= this.parts.clock.after(hostWaitMs(this.tries), () => void this.again());
    }
  }

  private async again(): Promise<void> {
    this.timer = null;
    this.tries += 1;
    await this.parts.journal.tryAgain();
    this.look();
  }

  private cancel(): void {
    this.timer?.();
    this.timer = null;
  }
}
