import type { BatchSink, ItemAnswer, SinkContext } from "../../src/engine/batch/batcher/sink";
import type { StoreFailure } from "../../src/engine/index";

/** One call of a sink, and the means to answer it. */
export interface SinkCall<T, R> {
  readonly items: readonly T[];
  readonly context: SinkContext;
  readonly answer: (answers: readonly ItemAnswer<R>[] | StoreFailure) => void;
  readonly reject: (error: Error) => void;
}

/** A sink that keeps every call, and answers as it is told to, or when the test does. */
export class ScriptedSink<T> implements BatchSink<T, T> {
  readonly calls: SinkCall<T, T>[] = [];
  /** Calls that have not been answered. */
  underWay = 0;
  mostUnderWay = 0;
  /** The answer to a call; null: the test answers it itself. */
  script: (items: readonly T[], context: SinkContext) => readonly ItemAnswer<T>[] | StoreFailure | null = done;

  get batches(): readonly (readonly T[])[] {
    return this.calls.map(({ items }) => items);
  }

  write(items: readonly T[], context: SinkContext): Promise<readonly ItemAnswer<T>[] | StoreFailure> {
    this.underWay += 1;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    return new Promise((resolve, reject) => {
      const end = (): void => void (this.underWay -= 1);
      const answer: SinkCall<T, T>["answer"] = (answers) => {
        end();
        resolve(answers);
      };
      this.calls.push({
        items,
        context,
        answer,
        reject: (error) => {
          end();
          reject(error);
        },
      });
      const scripted = this.script(items, context);
      if (scripted !== null) answer(scripted);
    });
  }
}

/** Every item done, with itself as its value. */
export function done<T>(items: readonly T[]): readonly ItemAnswer<T>[] {
  return items.map((value) => ({ kind: "done", value }));
}

export function failure(of: StoreFailure["class"], more: Partial<StoreFailure> = {}): StoreFailure {
  return { kind: "failed", class: of, code: "test", message: `The sink says ${of}.`, ...more };
}
