import type { Cancel, Clock } from "./clock";
import { createEmitter, type Emitter } from "./emitter";

/** At most 20 news a second. */
const PULSE_MS = 50;

/** Tells listeners that something changed, many changes at once as one, and always of the last one. No timer while nothing changes. */
export class Pulse {
  private readonly emitter: Emitter<void>;
  private timer: Cancel | null = null;

  constructor(
    private readonly clock: Clock,
    onListenerError: (error: unknown) => void,
  ) {
    this.emitter = createEmitter(onListenerError);
  }

  on(listener: () => void): () => void {
    return this.emitter.on(listener);
  }

  changed(): void {
    this.timer ??= this.clock.after(PULSE_MS, () => this.tell());
  }

  /** Tells what is not told yet, now, and plans nothing more. */
  end(): void {
    if (this.timer !== null) this.tell();
  }

  private tell(): void {
    this.timer?.();
    this.timer = null;
    this.emitter.emit();
  }
}
