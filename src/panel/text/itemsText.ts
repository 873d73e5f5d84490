import type { JsonValue } from "../../engine/index";
import { fill, strings } from "./strings";

export type ItemsOfText = { readonly kind: "items"; readonly items: readonly JsonValue[] } | { readonly kind: "problem"; readonly reason: string };

/** Items as a person may read and change them: a JSON list, one a line. */
export function itemsText(items: readonly JsonValue[]): string {
  return `[${items.map((item) => JSON.stringify(item)).join(",\n ")}]`;
}

export function itemsOfText(text: string): ItemsOfText {
  const words = strings.scheduleForm;
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return { kind: "items", items: value as readonly JsonValue[] };
    return { kind: "problem", reason: fill(words.badItems, { reason: words.notList }) };
  } catch (error) {
    return { kind: "problem", reason: fill(words.badItems, { reason: error instanceof Error ? error.message : String(error) }) };
  }
}
