import { canonicalJson } from "../kernel/canonicalJson";
import { ownMember, type JsonObject } from "../kernel/json";

/** A file's keys, split into those that rows have columns for and the rest. */
export interface Columns<Key extends string> {
  readonly named: Readonly<Record<Key, string | null>>;
  /** JSON of everything else, a named key whose value is no text included. */
  readonly extra: string;
}

export function splitColumns<Key extends string>(data: JsonObject, keys: readonly Key[]): Columns<Key> {
  const texts = keys.map((key): [Key, string | null] => [key, ownText(data, key)]);
  const named = Object.fromEntries(texts) as Record<Key, string | null>;
  const rest = Object.entries(data).filter(
    ([key, value]) => !isColumn(keys, key) || (typeof value !== "string" && value !== null),
  );
  // Canonical, so that equal entries have equal rows whatever the order in which their keys came.
  return { named, extra: rest.length === 0 ? "{}" : canonicalJson(Object.fromEntries(rest)) };
}

function isColumn(keys: readonly string[], key: string): boolean {
  return keys.includes(key);
}

function ownText(data: JsonObject, key: string): string | null {
  const value = ownMember(data, key);
  return typeof value === "string" ? value : null;
}
