import type { JsonValue } from "../kernel/json";
import type { Signal } from "../kernel/signal";

/** What a handler knows of the item that it runs. */
export interface ItemContext {
  /** The task's id. */
  readonly task: string;
  /** The item's position in the task, from 0. */
  readonly item: number;
  /** 1 for the first run. */
  readonly attempt: number;
  /** Aborted when the task is cancelled or the engine stops: end soon, and write nothing afterwards. */
  readonly signal: Signal;
}

/**
 * A kind of task: what is done with each of its items. Items and results are JSON, since both are kept on disk.
 * A handler that throws `TaskFailure` says how its failure is to be treated; any other throw is of class `unknown`.
 */
export interface TaskKind {
  /** Short and stable, such as `index`. */
  readonly name: string;
  /** Why a value is no item of this kind, as one plain sentence; null when it is one. Asked before anything is kept. */
  check(item: JsonValue): string | null;
  /** Whose limits the item falls under, such as a store, a host or a folder. */
  domainOf(item: JsonValue): string;
  /** Items of one key run one at a time, in order: the canvas they write. Null: in any order. */
  keyOf(item: JsonValue): string | null;
  /** What one item takes, in milliseconds, as far as it is known before: the weight of the item in the progress. */
  costMs(item: JsonValue): number;
  /** Whether an item that a crash interrupted may simply run again. One that may not ends as failed and waits for a person. */
  readonly repeatable: boolean;
  /** Whether a result has the shape that this kind promises, for the quality score. Any value has where nothing is said. */
  isResult?(value: JsonValue): boolean;
  run(item: JsonValue, context: ItemContext): Promise<JsonValue>;
}
