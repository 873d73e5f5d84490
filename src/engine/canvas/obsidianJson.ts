import { isJsonObject, type JsonObject, type JsonValue } from "../kernel/json";

/**
 * JSON in Obsidian's own canvas layout: tabs, no space behind a colon, and every object that holds only primitives on
 * one line. In any other layout Obsidian rewrites the file when it next closes it.
 *
 * `depth` is how far the value is indented where it stands; its first line is not indented.
 */
export function obsidianJson(value: JsonValue, depth: number, lineEnd: string): string {
  if (Array.isArray(value)) {
    return block(
      "[",
      (value as readonly JsonValue[]).map((item) => obsidianJson(item, depth + 1, lineEnd)),
      "]",
      depth,
      lineEnd,
    );
  }
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}:${obsidianJson(member, depth + 1, lineEnd)}`,
  );
  return isFlat(value) ? `{${members.join(",")}}` : block("{", members, "}", depth, lineEnd);
}

/** A whole canvas as Obsidian writes it. */
export function canvasJson(root: JsonObject): string {
  return obsidianJson(root, 0, "\n");
}

/** True for an object that Obsidian writes on one line. */
export function isFlat(object: JsonObject): boolean {
  return Object.values(object).every((member) => typeof member !== "object" || member === null);
}

/** Items each on a line of its own, one step deeper than the brackets. */
export function block(open: string, items: readonly string[], close: string, depth: number, lineEnd: string): string {
  if (items.length === 0) return open + close;
  const outer = lineEnd + "\t".repeat(depth);
  return `${open}${outer}\t${items.join(`,${outer}\t`)}${outer}${close}`;
}
