import type { Clock } from "../../kernel/clock";

/** What the engine answers to work that is asked of it after the end, or that went on behind it. */
export class EngineStopped extends Error {
  override readonly name = "EngineStopped";

  constructor() {
    super("The engine is stopped.");
  }
}

const ignore = (): void => undefined;

/** The work that the engine has begun, and the end of taking any more. */
export class OpenWork {
  private readonly running = new Set<Promise<void>>();
  private state: "open" | "ending" | "over" = "open";

  constructor(private readonly clock: Clock) {}

  /** True from the end on, once nothing more may be kept: the plugin folder may belong to somebody else by then. */
  get over(): boolean {
    return this.state === "over";
  }

  /** Does work that the end waits for. Rejects with EngineStopped when the end was asked for. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    this.requireOpen();
    const result = work();
    // Its failure is its caller's news.
    const done = result.then(ignore, ignore);
    this.running.add(done);
    try {
      return await result;
    } finally {
      this.running.delete(done);
    }
  }

  /** Throws EngineStopped when no more work is taken. */
  requireOpen(): void {
    if (this.state !== "open") throw new EngineStopped();
  }

  /** Throws EngineStopped when nothing more may be kept. */
  requireNotOver(): void {
    if (this.over) throw new EngineStopped();
  }

  /** Takes no more work, and waits at most this many milliseconds for what runs. */
  async end(deadlineMs: number): Promise<void> {
    this.state = "ending";
    await new Promise<void>((resolve) => {
      const cancel = this.clock.after(deadlineMs, resolve);
      void Promise.all(this.running).then(() => {
        cancel();
        resolve();
      });
    });
    this.state = "over";
  }
}
