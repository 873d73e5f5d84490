export interface Debouncer<A extends unknown[], R> {
  (...args: A): Debouncer<A, R>;
  cancel(): Debouncer<A, R>;
  run(): R | void;
}

/** Trailing: runs `timeout` ms after the first call, or after the last one when `resetTimer` is set. */
export function debounce<A extends unknown[], R>(
  cb: (...args: A) => R,
  timeout = 0,
  resetTimer = false,
): Debouncer<A, R> {
  let timer: number | null = null;
  let pending: { self: unknown; args: A } | null = null;

  const run = (): R | void => {
    if (timer !== null) window.clearTimeout(timer);
    timer = null;
    const call = pending;
    pending = null;
    return call === null ? undefined : cb.apply(call.self, call.args);
  };
  const debounced = function (this: unknown, ...args: A): Debouncer<A, R> {
    pending = { self: this, args };
    if (timer !== null && resetTimer) {
      window.clearTimeout(timer);
      timer = null;
    }
    timer ??= window.setTimeout(run, timeout);
    return debounced;
  } as Debouncer<A, R>;
  debounced.cancel = () => {
    if (timer !== null) window.clearTimeout(timer);
    timer = null;
    pending = null;
    return debounced;
  };
  debounced.run = () => (pending === null ? undefined : run());
  return debounced;
}
