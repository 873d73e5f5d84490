/** A request to stop, as the engine passes it on. Hosts translate it to their own (AbortSignal). */
export interface Signal {
  readonly aborted: boolean;
  /** Runs `listener` once on abort, at once when already aborted. Returns its own undo. */
  onAbort(listener: () => void): () => void;
}

export interface SignalSource {
  readonly signal: Signal;
  /** Tells every listener, also when one of them throws; the first such error is thrown afterwards. */
  abort(): void;
}

export function createSignal(): SignalSource {
  const listeners = new Set<() => void>();
  let aborted = false;
  return {
    signal: {
      get aborted() {
        return aborted;
      },
      onAbort(listener) {
        if (aborted) {
          listener();
          return () => undefined;
        }
        // A wrapper of its own: the same function given twice is two listeners.
        const own = (): void => listener();
        listeners.add(own);
        return () => void listeners.delete(own);
      },
    },
    abort() {
      if (aborted) return;
      aborted = true;
      const errors: unknown[] = [];
      for (const listener of listeners) {
        try {
          listener();
        } catch (error) {
          errors.push(error);
        }
      }
      listeners.clear();
      if (errors.length > 0) throw errors[0];
    },
  };
}

export const neverAborted: Signal = { aborted: false, onAbort: () => () => undefined };
