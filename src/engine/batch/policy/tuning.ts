import { aimdAfter, aimdConfigured, openAimd, type Aimd } from "./aimd";
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
  private parallel: Aimd;
  private cutsNow = 0;

  constructor(private settings: BatchSettings) {
    this.targetNow = settings.batchSize;
    this.parallel = openAimd(settings.concurrency, settings.targetLatencyMs);
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
    return this.settings.adaptive ? this.parallel.allowed : this.settings.concurrency;
  }

  /** How often the store has pushed back; see `pushedBack`. */
  get cuts(): number {
    return this.cutsNow;
  }

  configure(settings: BatchSettings): void {
    const { adaptive, batchSize, concurrency, targetLatencyMs } = settings;
    if (batchSize !== this.settings.batchSize) this.learned = nothingLearned;
    if (batchSize !== this.settings.batchSize || !adaptive) this.targetNow = batchSize;
    this.parallel = adaptive ? aimdConfigured(this.parallel, concurrency, targetLatencyMs) : openAimd(concurrency, targetLatencyMs);
    this.settings = settings;
  }

  /** After each batch: `writeMs` of one write, and how full the queue is now. */
  batchEnded(stored: boolean, writeMs: number, waiting: number, behind: boolean): void {
    this.latencyMs = this.latencyMs === null ? writeMs : this.latencyMs + NEWEST * (writeMs - this.latencyMs);
    this.loadNow = loadOf(waiting, this.settings.queueEvents, behind, this.latencyMs);
    if (this.settings.adaptive) this.targetNow = nextTarget(this.targetNow, this.settings.batchSize, this.loadNow);
    if (!stored) return;
    this.parallel = aimdAfter(this.parallel, { kind: "ok", latencyMs: writeMs });
    this.learned = fitted(this.learned, this.settings.batchSize);
  }

  /**
   * The store refused a batch for load, or its writers met. `cuts` is what it was when the batch left: batches that were
   * under way together meet one trouble together, and each of them would halve what is allowed.
   */
  pushedBack(cuts: number): void {
    if (cuts < this.cutsNow) return;
    this.cutsNow += 1;
    this.parallel = aimdAfter(this.parallel, { kind: "pushed-back" });
  }

  tooBig(items: number): void {
    this.learned = tooBig(this.learned, items);
  }
}
