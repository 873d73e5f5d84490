import { parse } from "yaml";
import { toJsonObject, type JsonObject } from "../../engine/index";

const block = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)(?:^|\r?\n)---[ \t]*(?:\r?\n|$)/;

/**
 * The front matter of a Markdown text as plain JSON: dates stay the text that the user wrote. A note without front
 * matter, or with one that is no YAML mapping, has no properties.
 */
export function frontMatter(text: string): JsonObject {
  const yaml = block.exec(text)?.[1];
  if (yaml === undefined) return {};
  try {
    return toJsonObject(parse(yaml, { schema: "core", logLevel: "error", uniqueKeys: false }));
  } catch {
    return {};
  }
}
