import type { Clock } from "./clock";

/** The host gets its thread back after this many milliseconds of work without a pause. */
const SLICE_MS = 8;

/** Long work in slices, so that the app that hosts the engine stays quick. */
export class Breath {
  private since: number;

  constructor(private readonly clock: Clock) {
    this.since = clock.monotonic();
  }

  /** Lets the host do its own work when this slice has been long enough. */
  async take(): Promise<void> {
    if (this.clock.monotonic() - this.since < SLICE_MS) return;
    await new Promise<void>((resolve) => this.clock.after(0, resolve));
    this.since = this.clock.monotonic();
  }
}
