import type { LearningEvent, UnplacedEvent } from "../learning/event";

/** One call of append that waits for its lines to be durable. */
export interface AppendCall {
  readonly events: readonly UnplacedEvent[];
  resolve(events: readonly LearningEvent[]): void;
  reject(error: unknown): void;
}

const FORGET_AFTER = 1024;

/** First in, first out. Taking does not move the rest each time, so that 100,000 waiting calls stay cheap. */
export class AppendQueue {
  private readonly calls: AppendCall[] = [];
  private head = 0;

  get isEmpty(): boolean {
    return this.head === this.calls.length;
  }

  push(call: AppendCall): void {
    this.calls.push(call);
  }

  take(): AppendCall | null {
    const call = this.calls[this.head];
    if (call === undefined) return null;
    this.head += 1;
    if (this.head === this.calls.length || this.head === FORGET_AFTER) {
      this.calls.splice(0, this.head);
      this.head = 0;
    }
    return call;
  }

  takeAll(): readonly AppendCall[] {
    const rest = this.calls.slice(this.head);
    this.calls.length = 0;
    this.head = 0;
    return rest;
  }
}
