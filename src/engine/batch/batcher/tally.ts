import type { BatcherFact } from "./batcherFact";
import { figuresAfter, noFigures, resetFigures, type Figures } from "./figures";

/** Keeps the figures. What is submitted is added up first, since a fact for each item would cost more than its queueing. */
export class Tally {
  accepted = 0;
  deferred = 0;
  duplicates = 0;
  refused = 0;
  private figuresNow: Figures = noFigures;

  get figures(): Figures {
    this.flush();
    return this.figuresNow;
  }

  record(fact: BatcherFact): void {
    this.flush();
    this.figuresNow = figuresAfter(this.figuresNow, fact);
  }

  reset(now: number): void {
    this.flush();
    this.figuresNow = resetFigures(this.figuresNow, now);
  }

  private flush(): void {
    const { accepted, deferred, duplicates, refused } = this;
    if (accepted === 0 && duplicates === 0 && refused === 0) return;
    this.accepted = this.deferred = this.duplicates = this.refused = 0;
    this.figuresNow = figuresAfter(this.figuresNow, { kind: "submitted", accepted, deferred, duplicates, refused });
  }
}
