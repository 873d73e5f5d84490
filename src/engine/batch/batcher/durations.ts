import type { DurationRun } from "../../kernel/histogram";

/** The durations of the items of a batch. Items of one call mostly have the same, so equal ones in a row are kept as one. */
export class Durations {
  private readonly done: DurationRun[] = [];
  private ms = NaN;
  private count = 0;

  add(ms: number): void {
    if (ms !== this.ms) this.close(ms);
    this.count += 1;
  }

  get runs(): readonly DurationRun[] {
    this.close(this.ms);
    return this.done;
  }

  private close(next: number): void {
    if (this.count > 0) this.done.push({ ms: this.ms, count: this.count });
    this.ms = next;
    this.count = 0;
  }
}
