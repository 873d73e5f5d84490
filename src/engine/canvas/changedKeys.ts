import { jsonEqual, ownMember, type JsonObject, type JsonValue } from "../kernel/json";

/**
 * The keys whose values differ, in the order of `after`, then those that only `before` has; null when there are none.
 * The order of keys does not count, and a key that is null on one side and absent on the other is equal.
 */
export function changedKeys(before: JsonObject, after: JsonObject): readonly string[] | null {
  if (surelyEqual(before, after)) return null;
  const keys = new Set([...Object.keys(after), ...Object.keys(before)]);
  const changed = [...keys].filter((key) => !jsonEqual(valueOf(before, key), valueOf(after, key)));
  return changed.length === 0 ? null : changed;
}

/** The value of a key; null when the object has no such key of its own. */
export function valueOf(object: JsonObject, key: string): JsonValue {
  return ownMember(object, key) ?? null;
}

// Nearly every entry is equal to its last version, so this must be quick.
function surelyEqual(before: JsonObject, after: JsonObject): boolean {
  let count = 0;
  for (const key in before) {
    if (!sameMember(key, before, after)) return false;
    count += 1;
  }
  return count === Object.keys(after).length;
}

// The keys of JSON Canvas are read by name: JavaScript engines answer that twice as fast as a computed key.
function sameMember(key: string, a: JsonObject, b: JsonObject): boolean {
  switch (key) {
    case "id":
      return true;
    case "type":
      return a.type === b.type;
    case "text":
      return a.text === b.text;
    case "x":
      return a.x === b.x;
    case "y":
      return a.y === b.y;
    case "width":
      return a.width === b.width;
    case "height":
      return a.height === b.height;
    case "fromNode":
      return a.fromNode === b.fromNode;
    case "toNode":
      return a.toNode === b.toNode;
    case "fromSide":
      return a.fromSide === b.fromSide;
    case "toSide":
      return a.toSide === b.toSide;
    default:
      return a[key] === b[key] || sameNested(key, a, b);
  }
}

// Reading an inherited member in place of an absent one does no harm above: no primitive is equal to one.
function sameNested(key: string, a: JsonObject, b: JsonObject): boolean {
  return typeof a[key] === "object" && Object.hasOwn(b, key) && jsonEqual(a[key], b[key]);
}
