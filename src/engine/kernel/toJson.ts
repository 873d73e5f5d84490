import { isJsonObject, type JsonObject, type JsonValue } from "./json";

/** The JSON nearest to any value without cycles: dates as ISO text, null for what JSON cannot hold. */
export function toJson(value: unknown): JsonValue {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (value instanceof Date) return dateText(value);
  if (Array.isArray(value)) return value.map(toJson);
  return typeof value === "object" ? toJsonObject(value) : null;
}

/** The same for what should be an object; anything else gives an empty one. */
export function toJsonObject(value: unknown): JsonObject {
  if (!isJsonObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toJson(member)]));
}

/** A day without a time stays a day, as it stands in the file. */
function dateText(date: Date): string | null {
  if (Number.isNaN(date.getTime())) return null;
  const text = date.toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text;
}
