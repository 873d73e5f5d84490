import type { Signal } from "../../engine/index";

/** What all instances of the plugin in one app have in common. */
export interface AppScope {
  /** The window: a plugin that is turned on again or updated is evaluated anew, and finds here who was before it. */
  readonly window: object;
  /** Shared by the windows of an app, and let go by the browser when one dies. Null where there are none. */
  readonly locks: LockManager | null;
}

/** The right to use a name until it is given back. */
export interface AppTurn {
  /** Whether no other window of this app can have the name. False where nobody can tell. */
  readonly alone: boolean;
  /** Never rejects. */
  end(): Promise<void>;
}

const KEY = Symbol.for("canvas-engram");

/**
 * Waits until no other instance of the plugin in this app uses the name. `onWait` hears when that is another window's.
 * Rejects when the signal aborts first; the name is then nobody's.
 */
export async function takeTurn(scope: AppScope, name: string, signal: Signal, onWait: () => void): Promise<AppTurn> {
  const endInWindow = await turnInWindow(scope.window, name, signal);
  try {
    const endInApp = scope.locks === null ? null : await turnInApp(scope.locks, name, signal, onWait);
    return {
      alone: endInApp !== null,
      end: async () => {
        await endInApp?.();
        endInWindow();
      },
    };
  } catch (error) {
    endInWindow();
    throw error;
  }
}

/** Resolves with its end once all who came before in this window have ended. */
async function turnInWindow(window: object, name: string, signal: Signal): Promise<() => void> {
  const turns = turnsOf(window);
  const before = turns.get(name) ?? Promise.resolve();
  let end = (): void => undefined;
  const own = new Promise<void>((resolve) => (end = resolve));
  turns.set(name, before.then(() => own));
  try {
    await unlessAborted(before, signal);
    return end;
  } catch (error) {
    end();
    throw error;
  }
}

function turnsOf(window: object): Map<string, Promise<void>> {
  const known: unknown = Reflect.get(window, KEY);
  if (known instanceof Map) return known as Map<string, Promise<void>>;
  const made = new Map<string, Promise<void>>();
  // Not listed, so that nobody takes it for a leak or copies it.
  Object.defineProperty(window, KEY, { value: made });
  return made;
}

/** Null where the app refuses its locks, as to a page that it does not trust. */
async function turnInApp(locks: LockManager, name: string, signal: Signal, onWait: () => void): Promise<(() => Promise<void>) | null> {
  try {
    const free = await hold(locks, name, { ifAvailable: true });
    if (free !== null) return free;
    onWait();
    const stop = new AbortController();
    signal.onAbort(() => stop.abort());
    return await hold(locks, name, { signal: stop.signal });
  } catch {
    if (signal.aborted) throw aborted();
    return null;
  }
}

/** Resolves with the end of the lock once it is ours, or with null when it is not free. */
function hold(locks: LockManager, name: string, options: LockOptions): Promise<(() => Promise<void>) | null> {
  return new Promise((resolve, reject) => {
    const over = locks.request(`canvas-engram/${name}`, options, (lock) => {
      if (lock === null) {
        resolve(null);
        return undefined;
      }
      return new Promise<void>((release) => {
        resolve(async () => {
          release();
          // The next one in this window must not find it taken. A lock that was taken from us is just as free.
          await over.catch(() => undefined);
        });
      });
    });
    over.catch(reject);
  });
}

function unlessAborted<T>(work: Promise<T>, signal: Signal): Promise<T> {
  return new Promise((resolve, reject) => {
    const forget = signal.onAbort(() => reject(aborted()));
    work.then(resolve, reject).finally(forget);
  });
}

function aborted(): Error {
  return new Error("Canvas Engram is unloaded.");
}
