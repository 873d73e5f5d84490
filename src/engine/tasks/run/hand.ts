import type { Clock } from "../../kernel/clock";
import type { JsonValue } from "../../kernel/json";
import { createSignal, type Signal, type SignalSource } from "../../kernel/signal";
import type { ItemAnswer } from "../../batch/batcher/sink";
import type { ItemEnd } from "../../batch/batcher/submission";
import type { StoreFailure } from "../../graph/port";
import type { ItemRun } from "../itemRunner";
import type { ItemResult } from "../itemResult";
import type { TaskKind } from "../kind";
import { answerOf } from "./answerOf";
import type { Task } from "./task";

export interface HandParts {
  readonly clock: Clock;
  readonly task: Task;
  readonly kind: TaskKind;
  readonly item: number;
  readonly input: JsonValue;
  readonly domain: string;
  /** A run ended, and perhaps another one has to wait for somebody who acts. */
  readonly onRest: () => void;
  /** What a handler's listener threw when it was told to end. */
  readonly onListenerError: (error: unknown) => void;
}

const notRun: StoreFailure = { kind: "failed", class: "unavailable", code: "withdrawn", message: "It was withdrawn before it ran." };

/** One item while it is with the runner. */
export class Hand implements ItemRun {
  readonly domain: string;
  private readonly withdrawal: SignalSource = createSignal();
  /** The run that counts: a runner that no longer waits for one may have begun the next. */
  private latest: object | null = null;
  private running = false;
  private answer: ItemAnswer<JsonValue> | "not run" | null = null;
  private waitedMs: number | null = null;
  private runMs = 0;

  constructor(private readonly parts: HandParts) {
    this.domain = parts.domain;
  }

  /** Aborted when the runner is to let go of it. */
  get signal(): Signal {
    return this.withdrawal.signal;
  }

  get isRunning(): boolean {
    return this.running;
  }

  /** Why its last run failed, while it waits for another one; null where it does not. */
  get waitsFor(): string | null {
    const { answer } = this;
    return this.running || answer === null || answer === "not run" || answer.kind === "done" ? null : answer.message;
  }

  /** Milliseconds that it waited for its last start; null before the first. */
  get waitMs(): number | null {
    return this.waitedMs;
  }

  /** Takes it back from the runner. One that runs is asked to end. */
  withdraw(): void {
    this.withdrawal.abort();
  }

  async run(signal: Signal): Promise<ItemAnswer<JsonValue>> {
    const { task, kind, clock, item } = this.parts;
    if (this.signal.aborted || signal.aborted) return this.leave();
    const { meta, retriedAt } = task.state;
    const at = clock.now();
    this.running = true;
    this.waitedMs = Math.max(0, at - (retriedAt.get(item) ?? meta.createdAt));
    const kept = task.tell({ kind: "started", item, at });
    try {
      // What may not run twice runs only once its start can not be forgotten. The others need not wait for the disk.
      if (meta.repeatable) kept.catch(() => undefined);
      else await kept;
    } catch {
      this.withdraw();
      return this.leave();
    }
    return this.signal.aborted ? this.leave() : this.runKind(kind, signal);
  }

  /** What its end means for the task; null when it waits again. */
  resultOf(end: ItemEnd<JsonValue>): ItemResult | null {
    const { clock, task, item } = this.parts;
    const attempts = task.state.items.attemptsOf(item);
    const ended = { item, domain: this.domain, attempts, waitMs: this.waitedMs ?? 0, runMs: this.runMs, at: clock.now() };
    // A runner that was told to let go may not have heard that the item was done by then.
    const { answer } = this;
    if (answer !== null && answer !== "not run" && answer.kind === "done") return { ...ended, status: "done", value: answer.value };
    if (end.kind === "done") return { ...ended, status: "done", value: end.value };
    if (end.kind === "failed" && answer !== "not run") {
      const { class: failure, code, message } = end.failure;
      return { ...ended, status: "failed", error: { class: failure, code, message } };
    }
    return task.state.cancelledAt === null ? null : { ...ended, status: "cancelled" };
  }

  /** A handler's own listener may throw; whoever pauses or cancels must not hear of it. */
  private abort(run: SignalSource): void {
    try {
      run.abort();
    } catch (error) {
      this.parts.onListenerError(error);
    }
  }

  private leave(): StoreFailure {
    this.running = false;
    this.answer = "not run";
    return notRun;
  }

  private async runKind(kind: TaskKind, signal: Signal): Promise<ItemAnswer<JsonValue>> {
    const { task, clock, item, input } = this.parts;
    const either = createSignal();
    const undo = [this.signal, signal].map((one) => one.onAbort(() => this.abort(either)));
    const began = clock.monotonic();
    const attempt = task.state.items.attemptsOf(item);
    const own = {};
    this.latest = own;
    try {
      const answer = await answerOf(kind, input, { task: task.id, item, attempt, signal: either.signal });
      if (this.latest === own) this.answer = answer;
      return answer;
    } finally {
      if (this.latest === own) this.running = false;
      this.runMs += clock.monotonic() - began;
      for (const one of undo) one();
      this.parts.onRest();
    }
  }
}
