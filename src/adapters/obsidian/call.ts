import { property } from "./property";

/** Calls a method of something that is no public API. False where there is none. */
export function call(target: unknown, method: string, ...args: readonly unknown[]): boolean {
  const found = property(target, method);
  if (typeof found !== "function") return false;
  Reflect.apply(found, target, args);
  return true;
}
