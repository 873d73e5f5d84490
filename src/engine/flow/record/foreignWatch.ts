import type { Cancel, Clock } from "../../kernel/clock";

/** How often other devices' folders are looked at, in milliseconds. */
const LOOK_MS = 60_000;

export interface ForeignWatchParts {
  readonly clock: Clock;
  /** Takes in what other devices' folders brought. Where nothing changed it only lists them. */
  readonly read: () => Promise<unknown>;
  /** They could not be read; the next look is a minute later. */
  readonly onTrouble: (error: unknown) => void;
}

/**
 * Looks once a minute for what other devices' folders brought. No host tells of it: Obsidian keeps hidden folders out of
 * its events, and watching them on a server would only help there. This is the one timer of an engine at rest.
 */
export class ForeignWatch {
  private timer: Cancel | null = null;
  private ended = false;

  constructor(private readonly parts: ForeignWatchParts) {
    this.plan();
  }

  /** Looks no more, also where a look is under way. */
  end(): void {
    this.ended = true;
    this.timer?.();
    this.timer = null;
  }

  private plan(): void {
    // A look reports its own trouble and never rejects.
    if (!this.ended) this.timer = this.parts.clock.after(LOOK_MS, () => void this.look());
  }

  private async look(): Promise<void> {
    try {
      await this.parts.read();
    } catch (error) {
      if (!this.ended) this.parts.onTrouble(error);
    }
    this.plan();
  }
}
