import type { Clock } from "./clock";
import { createSignal, type Signal } from "./signal";

export type Bounded<T> =
  { readonly kind: "done"; readonly value: T } | { readonly kind: "late" } | { readonly kind: "aborted" };

/**
 * Waits for work at most `ms` and only until `signal`. What ends early is told so by the signal it was given, and is
 * not waited for: work that never settles must not hold anybody. Rejects when the work does so in time.
 */
export function bounded<T>(
  clock: Clock,
  ms: number,
  signal: Signal,
  work: (signal: Signal) => Promise<T>,
): Promise<Bounded<T>> {
  if (signal.aborted) return Promise.resolve({ kind: "aborted" });
  return new Promise((resolve, reject) => {
    const own = createSignal();
    const end = (result: Bounded<T>): void => {
      cleanUp();
      resolve(result);
      if (result.kind !== "done") own.abort();
    };
    const cancel = clock.after(ms, () => end({ kind: "late" }));
    const undo = signal.onAbort(() => end({ kind: "aborted" }));
    const cleanUp = (): void => {
      cancel();
      undo();
    };
    started(work, own.signal).then(
      (value) => end({ kind: "done", value }),
      (error: unknown) => {
        cleanUp();
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}

/** Waits for work only until `signal`; what ends then is not waited for. Rejects when the work does so before. */
export function unlessAborted<T>(signal: Signal, work: () => Promise<T>): Promise<T | { readonly kind: "aborted" }> {
  if (signal.aborted) return Promise.resolve({ kind: "aborted" });
  return new Promise((resolve, reject) => {
    const undo = signal.onAbort(() => resolve({ kind: "aborted" }));
    started(work, signal).then(resolve, reject).finally(undo);
  });
}

/** Waits `ms`, or less when the signal comes first. */
export function pauseFor(clock: Clock, ms: number, signal: Signal): Promise<"elapsed" | "aborted"> {
  if (signal.aborted) return Promise.resolve("aborted");
  return new Promise((resolve) => {
    const cancel = clock.after(ms, () => {
      undo();
      resolve("elapsed");
    });
    const undo = signal.onAbort(() => {
      cancel();
      resolve("aborted");
    });
  });
}

// An async function turns a throw at the start into a rejection.
async function started<T>(work: (signal: Signal) => Promise<T>, signal: Signal): Promise<T> {
  return work(signal);
}
