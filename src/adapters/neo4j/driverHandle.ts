import type { Driver } from "./driverModule";

/**
 * One driver and the calls that use it. A retired driver takes no new calls and closes when its last one is over, so
 * that a change of settings, or one call that hangs, does not break the others.
 */
export class DriverHandle {
  private calls = 0;
  private retired = false;

  constructor(readonly driver: Driver) {}

  /** Runs `work` and keeps the driver open until it settles. `work` must settle: it has a deadline. */
  async use<T>(work: (driver: Driver) => Promise<T>): Promise<T> {
    this.calls += 1;
    try {
      return await work(this.driver);
    } finally {
      this.calls -= 1;
      this.closeWhenIdle();
    }
  }

  retire(): void {
    this.retired = true;
    this.closeWhenIdle();
  }

  private closeWhenIdle(): void {
    // Not awaited: closing says goodbye on connections that may be dead. If it fails, the sockets are left to the
    // system's own time-outs; nothing uses this driver any more.
    if (this.retired && this.calls === 0) this.driver.close().catch(() => undefined);
  }
}
