import { isJsonObject, type JsonObject } from "../../kernel/json";

/** Ids of deliveries that need nothing more; null while the webhook is off. */
export type Settled = ReadonlySet<string> | null;

export function settledText(settled: Settled): string {
  return JSON.stringify({ version: 1, settled: settled === null ? null : [...settled] });
}

/** What cannot be read counts as off: when it is turned on, nothing of the past is told. */
export function readSettled(text: string): Settled {
  const list = parsed(text)["settled"];
  return Array.isArray(list) ? new Set(list.filter((id) => typeof id === "string")) : null;
}

function parsed(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}
