import type { JsonObject, JsonValue } from "../../kernel/json";

/** The same JSON with every text in it replaced; keys stay. */
export function mapTexts(value: JsonValue, change: (text: string) => string): JsonValue {
  if (typeof value === "string") return change(value);
  if (typeof value !== "object" || value === null) return value;
  // Loops, as in every walk over values: callbacks take as much again of the stack at each depth.
  if (Array.isArray(value)) {
    const list: JsonValue[] = [];
    for (const item of value as readonly JsonValue[]) list.push(mapTexts(item, change));
    return list;
  }
  const members: [string, JsonValue][] = [];
  for (const [key, member] of Object.entries(value as JsonObject)) members.push([key, mapTexts(member, change)]);
  return Object.fromEntries(members);
}

/** Calls `visit` with every text of a JSON value that is no key. */
export function eachText(value: JsonValue, visit: (text: string) => void): void {
  mapTexts(value, (text) => {
    visit(text);
    return text;
  });
}
