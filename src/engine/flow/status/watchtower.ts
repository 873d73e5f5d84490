import type { Clock } from "../../kernel/clock";
import { createEmitter, type Emitter } from "../../kernel/emitter";
import type { Logger } from "../../kernel/logger";
import { Pulse } from "../../kernel/pulse";
import { reasonOf } from "../../kernel/reasonOf";
import type { FileProblem } from "../../canvas/document";
import type { BatchFact } from "../../batch/dispatch/batchFact";
import type { JournalState } from "../../journal/journalState";
import type { LearningEvent } from "../../learning/event";
import type { Fact } from "../../stats/fact";
import { emptyStats, reduce, type Stats } from "../../stats/reduce";
import type { EngineSignal } from "../engine";
import type { EnginePhase } from "./status";

export interface WatchtowerParts {
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Where everything that happens is told: folded into the stats, passed on as signals, and announced as changes. */
export class Watchtower {
  private statsNow: Stats = emptyStats;
  private duplicatesSeen = 0;
  private phaseNow: EnginePhase = { kind: "starting" };
  private readonly signals: Emitter<EngineSignal>;
  private readonly pulse: Pulse;

  constructor(private readonly parts: WatchtowerParts) {
    const listenerFailed = (error: unknown): void => parts.logger.error(`a listener failed: ${reasonOf(error)}`);
    this.signals = createEmitter(listenerFailed);
    this.pulse = new Pulse(parts.clock, listenerFailed);
  }

  get stats(): Stats {
    return this.statsNow;
  }

  get phase(): EnginePhase {
    return this.phaseNow;
  }

  /** Of the whole run, whatever was reset: a scan under way counts by it. */
  get duplicateCount(): number {
    return this.duplicatesSeen;
  }

  onChange(listener: () => void): () => void {
    return this.pulse.on(listener);
  }

  onSignal(listener: (signal: EngineSignal) => void): () => void {
    return this.signals.on(listener);
  }

  changed(): void {
    if (this.phaseNow.kind !== "stopped") this.pulse.changed();
  }

  enter(phase: EnginePhase): void {
    if (this.phaseNow.kind === "stopped") return;
    this.phaseNow = phase;
    this.changed();
  }

  recorded(events: readonly LearningEvent[]): void {
    this.tell({ kind: "recorded", count: events.length });
    for (const event of events) this.signals.emit({ kind: "event", event });
  }

  duplicates(count: number): void {
    this.duplicatesSeen += count;
    this.tell({ kind: "duplicate", count });
  }

  invalid(count: number): void {
    this.tell({ kind: "invalid", count });
  }

  /** The problems of one file are these now; `added` are those among them that were not known. */
  problems(path: string, problems: readonly FileProblem[], added: readonly FileProblem[]): void {
    this.tell({ kind: "problem-cleared", path });
    for (const problem of problems) this.tell({ kind: "problem", problem });
    for (const problem of added) this.signals.emit({ kind: "problem", problem });
  }

  /** What a store still has to get and has refused, counted in the journal when it answered first. */
  backlog(store: string, pending: number, dead: number): void {
    this.tell({ kind: "backlog", store, pending, dead });
  }

  batch(fact: BatchFact): void {
    this.tell(fact);
    if (fact.kind === "batch-settled") {
      const { store, events, stored, failed, ms } = fact;
      this.signals.emit({ kind: "batch", store, events, stored, failed, ms });
    }
    if (fact.kind === "store-state") {
      this.signals.emit({ kind: "state", store: fact.store, state: fact.state, message: fact.message });
    }
  }

  /** Whether the journal can be written now, in its own words. */
  journal(state: JournalState): void {
    if (state.kind === "failing") this.parts.logger.warn(`the journal cannot be written: ${state.message}`);
    // Each try may fail at another file: that is the same failure.
    const isNews = state.kind !== this.statsNow.journal.state.kind;
    this.tell({ kind: "journal", state });
    if (isNews) this.signals.emit({ kind: "state", store: "journal", state: state.kind, message: state.kind === "ok" ? null : state.message });
  }

  /** Figures from zero. What the journal has and where events are is not a figure of this kind. */
  resetStats(): void {
    this.tell({ kind: "reset", at: this.parts.clock.monotonic() });
  }

  /** Something could not be kept. Nothing acknowledged is lost; it is tried again. */
  trouble(what: string, error: unknown): void {
    this.parts.logger.warn(`${what}: ${reasonOf(error)}`);
  }

  /** Tells the last change and nothing after it. */
  end(): void {
    this.phaseNow = { kind: "stopped" };
    this.pulse.changed();
    this.pulse.end();
  }

  private tell(fact: Fact): void {
    this.statsNow = reduce(this.statsNow, fact);
    this.changed();
  }
}
