import type { JsonValue } from "./json";

/**
 * JSON with sorted keys and no white space (RFC 8785, JSON Canonicalization Scheme), at every depth.
 * The RFC refuses lone surrogates; files may hold them, so here they stay escaped, as JSON.stringify writes them.
 * `undefined` members are left out; a number that is not finite becomes null.
 */
export function canonicalJson(value: JsonValue): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return canonicalList(value as readonly JsonValue[]);
  const members: string[] = [];
  const object = value as Readonly<Record<string, JsonValue | undefined>>;
  for (const key of Object.keys(object).sort(byUtf16)) {
    const member = object[key];
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(",")}}`;
}

// A loop, here as in every walk over values: `map` takes as much again of the stack at each of a thousand depths.
function canonicalList(list: readonly JsonValue[]): string {
  const items: string[] = [];
  for (const item of list) items.push(canonicalJson(item));
  return `[${items.join(",")}]`;
}

function byUtf16(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
