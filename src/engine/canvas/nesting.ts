import type { JsonValue } from "../kernel/json";
import { endOfString } from "./jsonSpans";

/**
 * How deep a canvas may nest. Obsidian needs four levels, and other tools' own keys may need more; but code that walks
 * a value by recursion must never meet one that is deeper than the stack, which on a phone is small.
 */
export const MAX_NESTING = 1_000;

export const tooDeep = `lists and objects are nested more than ${MAX_NESTING} deep`;

/** True when lists and objects stand inside one another more than `limit` deep (a lone list or object is 1 deep). */
export function nestsDeeper(value: JsonValue, limit: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (limit === 0) return true;
  if (Array.isArray(value)) {
    for (const item of value as readonly JsonValue[]) if (nestsDeeper(item, limit - 1)) return true;
    return false;
  }
  const object = value as Readonly<Record<string, JsonValue>>;
  for (const key in object) {
    const member = object[key];
    if (typeof member === "object" && nestsDeeper(member, limit - 1)) return true;
  }
  return false;
}

/** Offset of the first bracket or brace of a JSON text that is deeper than `limit`, or null. */
export function deeperAt(text: string, limit: number): number | null {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') at = endOfString(text, at) - 1;
    else if (char === "{" || char === "[") depth += 1;
    else if (char === "}" || char === "]") depth -= 1;
    if (depth > limit) return at;
  }
  return null;
}
