/** A member of something that is no public API; undefined where it is missing. */
export function property(object: unknown, name: string): unknown {
  return typeof object === "object" && object !== null && name in object ? Reflect.get(object, name) : undefined;
}
