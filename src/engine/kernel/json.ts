/** Any value that JSON can hold. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: JsonValue;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value of a key; undefined when the object has no such key of its own. */
export function ownMember(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/**
 * Deep equality of JSON values; the order of keys does not count, the order of lists does. A number too large for a
 * double (`1e999`) is read as Infinity and written as null, so both are equal here.
 */
export function jsonEqual(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return isNull(a) && isNull(b);
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) && listEqual(a, b);
  return objectEqual(a as JsonObject, b as JsonObject);
}

function isNull(value: JsonValue | undefined): boolean {
  return value === null || (typeof value === "number" && !Number.isFinite(value));
}

function listEqual(a: readonly JsonValue[], b: readonly JsonValue[]): boolean {
  if (a.length !== b.length) return false;
  // No callback: it would take as much again of the stack, and values nest up to a thousand deep.
  for (let index = 0; index < a.length; index += 1) if (!jsonEqual(a[index], b[index])) return false;
  return true;
}

function objectEqual(a: JsonObject, b: JsonObject): boolean {
  let count = 0;
  for (const key in a) {
    const value = a[key];
    // Equal primitives need no look at whose key it is: no inherited member is a primitive.
    if ((value !== b[key] || value === undefined) && !(Object.hasOwn(b, key) && jsonEqual(value, b[key]))) return false;
    count += 1;
  }
  return count === Object.keys(b).length;
}
