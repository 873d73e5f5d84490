import type { JsonValue } from "../kernel/json";
import { objectMember } from "./eventData";
import type { KeyChanges } from "./dataState";

/** The new values of `changes: {key: [old, new]}`. Null takes a key away; what is no pair is passed over. */
export function keyChanges(data: unknown): KeyChanges {
  const changes = new Map<string, JsonValue | undefined>();
  for (const [key, pair] of Object.entries(objectMember(data, "changes") ?? {})) {
    if (key !== "id" && isPair(pair)) changes.set(key, pair[1] ?? undefined);
  }
  return changes;
}

function isPair(value: JsonValue): value is readonly [JsonValue, JsonValue] {
  return Array.isArray(value) && value.length === 2;
}
