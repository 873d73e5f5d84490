import type { JsonObject, JsonValue } from "../kernel/json";
import { isJsonObject, ownMember } from "../kernel/json";

/** Reading an event's `data`, which may come from another device or version and hold anything. */

/** A member of an object, never one of its prototype's. Undefined when it is absent or `data` is no object. */
export function member(data: unknown, key: string): JsonValue | undefined {
  return isJsonObject(data) ? ownMember(data, key) : undefined;
}

export function objectMember(data: unknown, key: string): JsonObject | null {
  const value = member(data, key);
  return isJsonObject(value) ? value : null;
}

/** A text, or null where the event says null; undefined when it says nothing of use. */
export function textOrNull(data: unknown, key: string): string | null | undefined {
  const value = member(data, key);
  return typeof value === "string" || value === null ? value : undefined;
}

/** A finite number, or null where the event says null; undefined when it says nothing of use. */
export function numberOrNull(data: unknown, key: string): number | null | undefined {
  const value = member(data, key);
  return value === null || isFiniteNumber(value) ? value : undefined;
}

export function isFiniteNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
