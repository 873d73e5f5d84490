import type { Cancel, Clock } from "../../src/engine/index";

// Taken before any test can replace it: the manual clock must work beside a test runner's own fake timers.
const hostImmediate = setImmediate;

interface Timer {
  readonly due: number;
  readonly run: () => void;
}

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  private elapsed = 0;
  private readonly timers = new Set<Timer>();

  constructor(private wall = Date.UTC(2030, 0, 1)) {}

  /** Timers that have neither run nor been cancelled. */
  get pending(): number {
    return this.timers.size;
  }

  now(): number {
    return this.wall;
  }

  monotonic(): number {
    return this.elapsed;
  }

  after(ms: number, run: () => void): Cancel {
    const timer = { due: this.elapsed + (ms > 0 ? ms : 0), run };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  /** Moves time on, running what falls due in order of time and then of planning. Promises settle in between. */
  async advance(ms: number): Promise<void> {
    const end = this.elapsed + ms;
    await this.flush();
    for (let timer = this.next(end); timer !== null; timer = this.next(end)) {
      this.moveTo(Math.max(timer.due, this.elapsed));
      this.timers.delete(timer);
      timer.run();
      await this.flush();
    }
    this.moveTo(Math.max(end, this.elapsed));
  }

  /** Lets every promise that can settle now settle, without moving time. */
  async flush(): Promise<void> {
    await new Promise<void>((resolve) => hostImmediate(resolve));
  }

  /** Sets the wall clock, as a person or a time server does. Timers and `monotonic` do not notice. */
  setWall(ms: number): void {
    this.wall = ms;
  }

  // A set keeps the order of planning, and only an earlier timer takes the place of the first one found.
  private next(end: number): Timer | null {
    let first: Timer | null = null;
    for (const timer of this.timers) {
      if (timer.due <= end && (first === null || timer.due < first.due)) first = timer;
    }
    return first;
  }

  private moveTo(elapsed: number): void {
    this.wall += elapsed - this.elapsed;
    this.elapsed = elapsed;
  }
}
