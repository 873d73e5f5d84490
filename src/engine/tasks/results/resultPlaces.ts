import type { PlacedFact } from "../disk/factLog";
import { reduceTask } from "../state/reduceTask";
import type { TaskMeta } from "../state/taskMeta";
import { createdState, type TaskState } from "../state/taskState";

/** A place in a task's log, and how many lines of results and which fact stand before it. */
export interface Mark {
  readonly line: number;
  readonly offset: number;
  readonly number: number;
}

/** What a person cancelled while it waited: one fact in the log, and a line of results for each of the items. */
export interface CancelledBlock {
  readonly number: number;
  readonly line: number;
  readonly at: number;
  readonly items: readonly number[];
  /** The task just before. */
  readonly state: TaskState;
}

/** Lines of results from one mark to the next. */
const STEP = 100;
const START: Mark = { line: 0, offset: 0, number: 0 };
const NONE = -1;
const IN_BLOCK = -2;

/**
 * Where the results of a task stand in its log, as far as somebody has read it: a few numbers for each hundred lines and
 * one for each item, so that a page costs what is on it. Facts are told in their order; one that is known changes nothing.
 */
export class ResultPlaces {
  private readonly marks: Mark[] = [START];
  private readonly last: Float64Array;
  private frontMark: Mark = START;
  private blockNow: CancelledBlock | null = null;
  private state: TaskState;

  constructor(meta: TaskMeta) {
    this.state = createdState(meta);
    this.last = new Float64Array(meta.total).fill(NONE);
  }

  /** As far as the log was read. */
  get front(): Mark {
    return this.frontMark;
  }

  get block(): CancelledBlock | null {
    return this.blockNow;
  }

  /** The nearest known place from which this line of results can be reached. */
  before(line: number): Mark {
    if (this.frontMark.line <= line) return this.frontMark;
    let index = this.marks.length - 1;
    while (index > 0 && (this.marks[index]?.line ?? 0) > line) index -= 1;
    return this.marks[index] ?? START;
  }

  take({ end, fact, number, start }: PlacedFact): void {
    if (number <= this.frontMark.number) return;
    let { line } = this.frontMark;
    if (fact.kind === "ended") {
      line += 1;
      this.last[fact.result.item] = start;
    }
    if (fact.kind === "cancelled" && this.state.cancelledAt === null) {
      const items = [...this.state.items.where("waiting")];
      this.blockNow = { number, line, at: fact.at, items, state: this.state };
      for (const item of items) this.last[item] = IN_BLOCK;
      line += items.length;
    }
    this.state = reduceTask(this.state, fact);
    this.frontMark = { line, offset: end, number };
    if (line - (this.marks.at(-1)?.line ?? 0) >= STEP) this.marks.push(this.frontMark);
  }

  /** The byte at which an item's last line begins, "cancelled" for one that the block has; null while there is none. */
  lastOf(item: number): number | "cancelled" | null {
    const place = this.last[item] ?? NONE;
    return place === NONE ? null : place === IN_BLOCK ? "cancelled" : place;
  }

  /** The first item from here on that has a line; null when there is none. */
  next(item: number): number | null {
    for (let at = item; at < this.last.length; at += 1) if (this.last[at] !== NONE) return at;
    return null;
  }
}
