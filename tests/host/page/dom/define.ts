/** A window with its own prototypes: popouts have theirs. */
export type Win = Window & typeof globalThis;

export function define(target: object, members: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(members)) {
    Object.defineProperty(target, name, { value, configurable: true, writable: true, enumerable: false });
  }
}

export function defineGetter(target: object, name: string, get: (this: never) => unknown): void {
  Object.defineProperty(target, name, { get, configurable: true, enumerable: false });
}
