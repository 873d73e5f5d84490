/**
 * A list of listeners. A listener that throws is reported and the others still hear: what happened has
 * happened, and no listener may turn finished work into failed work.
 */
export interface Emitter<T> {
  /** Adds a listener and returns its own undo, which counts at once: also for an emit that is under way. */
  on(listener: (value: T) => void): () => void;
  emit(value: T): void;
}

export function createEmitter<T>(reportListenerError: (error: unknown) => void): Emitter<T> {
  const listeners = new Set<(value: T) => void>();
  return {
    on(listener) {
      const own = (value: T): void => listener(value);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    emit(value) {
      for (const listener of [...listeners]) {
        if (!listeners.has(listener)) continue;
        try {
          listener(value);
        } catch (error) {
          reportListenerError(error);
        }
      }
    },
  };
}
