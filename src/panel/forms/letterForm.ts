import { findJsonFault, isJsonObject, placeAt, type JsonObject } from "../../engine/index";
import type { Format } from "../text/format";
import { fill, strings } from "../text/strings";

/** What a person may read and change of an event, as it is typed. */
export function letterText(data: JsonObject): string {
  return JSON.stringify(data, null, 2);
}

/** `offset`: where in the text the mistake is; null where there is no one place. */
export type LetterOfText =
  | { readonly kind: "data"; readonly data: JsonObject }
  | { readonly kind: "problem"; readonly reason: string; readonly offset: number | null };

export function letterOfText(text: string, format: Format): LetterOfText {
  const words = strings.dead.dialog;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const { offset, reason } = findJsonFault(text);
    if (offset === null) return { kind: "problem", reason, offset };
    const { column, line } = placeAt(text, offset);
    return { kind: "problem", reason: fill(words.fault, { line: format.count(line), column: format.count(column), reason }), offset };
  }
  return isJsonObject(value) ? { kind: "data", data: value } : { kind: "problem", reason: words.notObject, offset: null };
}
