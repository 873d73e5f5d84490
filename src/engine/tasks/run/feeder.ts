import type { Cancel, Clock } from "../../kernel/clock";
import type { JsonValue } from "../../kernel/json";
import type { Logger } from "../../kernel/logger";
import { reasonOf } from "../../kernel/reasonOf";
import type { ItemEnd } from "../../batch/batcher/submission";
import type { Priority } from "../../learning/event";
import type { ItemPages } from "../disk/itemPages";
import type { ItemResult } from "../itemResult";
import type { ItemRunner } from "../itemRunner";
import type { TaskKind } from "../kind";
import { Hand } from "./hand";
import type { KindRegistry } from "./kindRegistry";
import type { Task } from "./task";

export interface FeederParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly kinds: KindRegistry;
  readonly pages: ItemPages;
  readonly runner: ItemRunner;
  readonly retryDelayMs: (failures: number) => number;
  /** The tasks that may have work. */
  readonly tasks: () => Iterable<Task>;
  /** Whether its items may start now. */
  readonly mayStart: (task: Task) => boolean;
  /** Its items cannot be read. */
  readonly onUnreadable: (task: Task, reason: string) => void;
  /** A run of an item ended; the runner has still to decide what follows. */
  readonly onRest: () => void;
  /** An item came back; something new may start. */
  readonly onReturn: () => void;
}

/** Items of one task that are with the runner at once, at most. */
const WINDOW = 32;
/** Items of all tasks of a priority and the ones above it, so that lower ones never take the places of higher ones. */
const ALL_WINDOWS = 200;
/** What a runner that keeps no word is taken to have said. */
const lost: ItemEnd<JsonValue> = { kind: "refused", reason: "queue-full" };
const levels: Readonly<Record<Priority, number>> = { LOW: 0, NORMAL: 1, HIGH: 2, CRITICAL: 3 };

/**
 * Keeps the runner supplied with items, a few of each task, so that it can choose between them: tasks share, and a
 * change of what a task may do is about few items.
 */
export class Feeder {
  private pumping = false;
  private again = false;
  private closed = false;
  /** Items handed over so far. */
  private served = 0;
  /** Places that are taken, by the level at which they were. */
  private readonly taken = [0, 0, 0, 0];
  private refusals = 0;
  private refused: Cancel | null = null;

  constructor(private readonly parts: FeederParts) {}

  /** Why nothing can be handed to the runner; null when something can. */
  get waitsFor(): string | null {
    return this.refused === null ? null : "The queue takes no more items at the moment.";
  }

  /** Hands over what may start now. */
  pump(): void {
    this.again = true;
    if (this.pumping || this.closed || this.refused !== null) return;
    this.pumping = true;
    this.rounds()
      .catch((error: unknown) => this.parts.logger.error(`Tasks do not go on until something else changes: ${reasonOf(error)}`))
      .finally(() => {
        this.pumping = false;
        if (this.again && !this.closed) this.pump();
      });
  }

  /** Takes back what has not started. */
  withdraw(task: Task): void {
    for (const hand of [...task.hands.values()]) if (!hand.isRunning) hand.withdraw();
  }

  /** Takes back everything. */
  withdrawAll(task: Task): void {
    for (const hand of [...task.hands.values()]) hand.withdraw();
  }

  /** Hands nothing over from now on, and does not hear any more of what comes back. */
  close(): void {
    this.closed = true;
    this.refused?.();
    this.refused = null;
  }

  private async rounds(): Promise<void> {
    while (this.again && !this.closed && this.refused === null) {
      // Items end in bursts, and one look at all tasks is enough for each.
      await Promise.resolve();
      this.again = false;
      const ready = [...this.parts.tasks()].filter((task) => this.isReady(task)).sort(byTurn);
      const share = Math.min(WINDOW, Math.max(1, Math.floor(ALL_WINDOWS / Math.max(1, ready.length))));
      for (const task of ready) {
        // Whoever comes behind has no more room.
        if (this.roomFor(task) <= 0) break;
        await this.feed(task, share);
      }
    }
  }

  private isReady(task: Task): boolean {
    return task.state.counts.waiting > 0 && this.parts.mayStart(task) && this.parts.kinds.get(task.state.meta.kind) !== null;
  }

  private async feed(task: Task, share: number): Promise<void> {
    // Results that are not on disk yet take places too. Without that, items that need no waiting for would run in one turn
    // of the host, with all their results in memory and no crash that would not run them again.
    const most = Math.min(share - task.hands.size - task.unkept, this.roomFor(task));
    if (most <= 0) return;
    const items = task.nextWaiting(most);
    for (const [index, item] of items.entries()) {
      const input = await this.inputOf(task, item);
      const kind = this.parts.kinds.get(task.state.meta.kind);
      if (input === null || kind === null || !this.isReady(task) || task.state.items.statusOf(item) !== "waiting") {
        // All that is not handed over has to be found again.
        for (const left of items.slice(index)) task.lookFrom(left);
        return;
      }
      this.hand(task, kind, item, input.value);
    }
  }

  private async inputOf(task: Task, item: number): Promise<{ readonly value: JsonValue | undefined } | null> {
    try {
      const value = await this.parts.pages.read(task.state.meta, item);
      return { value };
    } catch (error) {
      this.parts.onUnreadable(task, reasonOf(error));
      return null;
    }
  }

  private hand(task: Task, kind: TaskKind, item: number, input: JsonValue | undefined): void {
    if (input === undefined) {
      this.refuse(task, item, "damaged", "What the item is about cannot be read from disk any more.");
      return;
    }
    let domain: string;
    let key: string | null;
    try {
      domain = requireText(kind.domainOf(input), "domain");
      key = kind.keyOf(input) ?? null;
      if (key !== null) requireText(key, "key");
    } catch (error) {
      this.refuse(task, item, "kind", `The kind of task cannot say where the item belongs: ${reasonOf(error)}`);
      return;
    }
    const { clock, runner, logger, onRest } = this.parts;
    this.served += 1;
    task.servedAt = this.served;
    const hand = new Hand({ clock, task, kind, item, input, domain, onRest, onListenerError: (error) => logger.warn(`A listener of a task's item failed: ${reasonOf(error)}`) });
    task.hands.set(item, hand);
    const leave = this.takePlace(task);
    const options = { priority: task.state.priority, domain, signal: hand.signal, ...(key === null ? {} : { key }) };
    runner.submitAll([hand], options).then(
      ([end = lost]) => {
        leave();
        this.settle(task, item, hand, end);
      },
      (error: unknown) => {
        leave();
        logger.error(`An item of a task was not taken: ${reasonOf(error)}`);
        this.settle(task, item, hand, lost);
      },
    );
  }

  private settle(task: Task, item: number, hand: Hand, end: ItemEnd<JsonValue>): void {
    if (this.closed) return;
    task.hands.delete(item);
    task.lookFrom(item);
    if (end.kind === "refused") this.wait();
    else this.refusals = 0;
    this.conclude(task, item, hand, end);
    this.parts.onReturn();
    this.pump();
  }

  private conclude(task: Task, item: number, hand: Hand, end: ItemEnd<JsonValue>): void {
    const status = task.state.items.statusOf(item);
    const result = hand.resultOf(end);
    // One that had not started was cancelled together with the others.
    if (result === null || status === "cancelled") {
      if (status === "running") task.note({ kind: "returned", item });
      return;
    }
    this.keep(task, result);
  }

  private keep(task: Task, result: ItemResult): void {
    task.unkept += 1;
    const leave = this.takePlace(task);
    const isKept = (): void => {
      leave();
      task.unkept -= 1;
      this.pump();
    };
    // The task itself says that it cannot be kept.
    task.tell({ kind: "ended", result }).then(isKept, isKept);
  }

  private refuse(task: Task, item: number, code: string, message: string): void {
    const { meta, items } = task.state;
    const at = this.parts.clock.now();
    const waitMs = Math.max(0, at - meta.createdAt);
    const error = { class: "data" as const, code, message };
    this.keep(task, { item, domain: "", attempts: items.attemptsOf(item), waitMs, runMs: 0, at, status: "failed", error });
  }

  /** The runner is full or stopped: nothing tells when that ends, so it is tried again after a while. */
  private wait(): void {
    if (this.refused !== null) return;
    this.refusals += 1;
    this.refused = this.parts.clock.after(this.parts.retryDelayMs(this.refusals), () => {
      this.refused = null;
      this.pump();
    });
  }

  private roomFor(task: Task): number {
    return ALL_WINDOWS - this.taken.slice(levels[task.state.priority]).reduce((sum, count) => sum + count, 0);
  }

  /** Takes a place until the answer is called. */
  private takePlace(task: Task): () => void {
    const level = levels[task.state.priority];
    this.taken[level] = (this.taken[level] ?? 0) + 1;
    return () => {
      this.taken[level] = (this.taken[level] ?? 0) - 1;
    };
  }
}

// A kind may be another plugin's, which no compiler has checked.
function requireText(value: unknown, what: string): string {
  if (typeof value !== "string") throw new TypeError(`its ${what} is no text`);
  return value;
}

/** Higher priorities first; of one priority, who was not served for longest: with more tasks than places, all get theirs. */
function byTurn(a: Task, b: Task): number {
  return levels[b.state.priority] - levels[a.state.priority] || a.servedAt - b.servedAt || a.state.meta.order - b.state.meta.order;
}
