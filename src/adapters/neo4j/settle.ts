import type { Clock, Signal } from "../../engine/index";

/** How a piece of outside work ended, or why nobody waits for it any more. */
export type Settled<T> =
  | { readonly kind: "done"; readonly value: T }
  | { readonly kind: "threw"; readonly error: unknown }
  | { readonly kind: "late" }
  | { readonly kind: "stopped" };

/**
 * Waits for `work`, but no longer than `ms` and not beyond the abort of any signal. Never rejects.
 * A driver's promise on a half-open connection never settles; what it does later is of no interest.
 */
export function settleWithin<T>(
  clock: Clock,
  ms: number,
  signals: readonly Signal[],
  work: Promise<T>,
): Promise<Settled<T>> {
  return new Promise((resolve) => {
    const undos: (() => void)[] = [];
    const end = (settled: Settled<T>): void => {
      resolve(settled);
      for (const undo of undos.splice(0)) undo();
    };
    work.then(
      (value) => end({ kind: "done", value }),
      (error: unknown) => end({ kind: "threw", error }),
    );
    if (signals.some((signal) => signal.aborted)) return end({ kind: "stopped" });
    undos.push(clock.after(ms, () => end({ kind: "late" })));
    for (const signal of signals) undos.push(signal.onAbort(() => end({ kind: "stopped" })));
  });
}
