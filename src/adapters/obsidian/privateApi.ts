/** A member of an object of which Obsidian promises nothing; undefined where it is not there. */
export function property(object: unknown, name: string): unknown {
  return typeof object === "object" && object !== null && name in object ? Reflect.get(object, name) : undefined;
}

/** Calls a method of which Obsidian promises nothing. False where there is none. */
export function call(target: unknown, method: string, ...args: readonly unknown[]): boolean {
  const found = property(target, method);
  if (typeof found !== "function") return false;
  Reflect.apply(found, target, args);
  return true;
}
