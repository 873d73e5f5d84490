import { MAX_NESTING } from "./nesting";

/** A new value may nest this deep and still stand inside a canvas that can be read back. */
const ROOM = MAX_NESTING - 10;

/** True for a value that JSON writes and reads back unchanged: callers of the plugin's API are not bound by types. */
export function fitsJson(value: unknown, room = ROOM): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || room === 0) return false;
  if (Array.isArray(value)) return value.every((item) => fitsJson(item, room - 1));
  if ("toJSON" in value && typeof value.toJSON === "function") return false;
  return Object.values(value).every((member) => fitsJson(member, room - 1));
}
