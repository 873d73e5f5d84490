import { fitted, loadOf, nextTarget, nothingLearned, tooBig, withinLearned, type LearnedSize } from "../policy/sizing";
import type { BatcherSettings } from "./batcherSettings";

/** The weight of the newest write in the latency that counts. */
const NEWEST = 0.2;

/** How large the batches of one domain are, and what its last ones have taught. */
export class LaneSize {
  private targetNow: number;
  private latency: number | null = null;
  private learned: LearnedSize = nothingLearned;

  constructor(private settings: BatcherSettings) {
    this.targetNow = settings.batchSize;
  }

  /** Ready items with which a batch leaves at once. */
  get target(): number {
    return withinLearned(this.learned, this.targetNow);
  }

  /** The most items of a batch: what is ready travels along even where fewer would have been enough to leave. */
  get most(): number {
    return withinLearned(this.learned, Math.max(this.targetNow, this.settings.batchSize));
  }

  get latencyMs(): number {
    return this.latency ?? 0;
  }

  loadWith(waiting: number, behind: boolean): number {
    return loadOf(waiting, this.settings.queueItems, behind, this.latencyMs);
  }

  configure(settings: BatcherSettings): void {
    const { batchSize, adaptive } = this.settings;
    if (settings.batchSize !== batchSize) this.learned = nothingLearned;
    if (settings.batchSize !== batchSize || settings.adaptive !== adaptive) this.targetNow = settings.batchSize;
    this.settings = settings;
  }

  /** After each batch: how long its write took, and how full the queue is now. */
  batchEnded(stored: boolean, writeMs: number, waiting: number, behind: boolean): void {
    const { batchSize, adaptive } = this.settings;
    this.latency = this.latency === null ? writeMs : this.latency + NEWEST * (writeMs - this.latency);
    if (adaptive && batchSize > 1) this.targetNow = nextTarget(this.targetNow, batchSize, this.loadWith(waiting, behind));
    if (stored) this.learned = fitted(this.learned, batchSize);
  }

  tooBig(items: number): void {
    this.learned = tooBig(this.learned, items);
  }
}
