import { lanesConfigured, lanesContended, lanesStored, openLanes, type Lanes } from "./lanes";
import type { BatchSettings } from "./settings";
import { fitted, loadOf, nextTarget, nothingLearned, tooBig, withinLearned, type LearnedSize } from "./sizing";

/** The weight of the newest write in the latency that counts. */
const NEWEST = 0.2;

/** What the last batches have taught about size and parallelism. */
export class Tuning {
  private targetNow: number;
  private loadNow = 0;
  private latencyMs: number | null = null;
  private learned: LearnedSize = nothingLearned;
  private lanesNow: Lanes;

  constructor(private settings: BatchSettings) {
    this.targetNow = settings.batchSize;
    this.lanesNow = openLanes(settings.concurrency);
  }

  get load(): number {
    return this.loadNow;
  }

  /** Ready events with which a batch leaves at once. */
  get target(): number {
    return withinLearned(this.learned, this.targetNow);
  }

  /** The most events of a batch: what is ready travels along even where fewer would have been enough to leave. */
  get most(): number {
    return withinLearned(this.learned, Math.max(this.targetNow, this.settings.batchSize));
  }

  get lanes(): number {
    return this.lanesNow.allowed;
  }

  configure(settings: BatchSettings): void {
    if (settings.batchSize !== this.settings.batchSize) {
      this.targetNow = settings.batchSize;
      this.learned = nothingLearned;
    }
    this.lanesNow = lanesConfigured(this.lanesNow, settings.concurrency);
    this.settings = settings;
  }

  /** After each batch: `writeMs` of one write, and how full the queue is now. */
  batchEnded(stored: boolean, writeMs: number, waiting: number, behind: boolean): void {
    this.latencyMs = this.latencyMs === null ? writeMs : this.latencyMs + NEWEST * (writeMs - this.latencyMs);
    this.loadNow = loadOf(waiting, this.settings.queueEvents, behind, this.latencyMs);
    this.targetNow = nextTarget(this.targetNow, this.settings.batchSize, this.loadNow);
    if (!stored) return;
    this.lanesNow = lanesStored(this.lanesNow);
    this.learned = fitted(this.learned, this.settings.batchSize);
  }

  contended(): void {
    this.lanesNow = lanesContended(this.lanesNow);
  }

  tooBig(items: number): void {
    this.learned = tooBig(this.learned, items);
  }
}
