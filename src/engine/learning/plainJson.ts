import type { JsonValue } from "../kernel/json";

export interface JsonLimits {
  /** Objects and lists inside one another. */
  readonly depth: number;
  /** Characters of the value as JSON text. */
  readonly characters: number;
}

/** A private copy of a value that JSON holds without loss, or why it is none. */
export type PlainJson =
  | { readonly kind: "json"; readonly value: JsonValue }
  | { readonly kind: "not-json"; readonly reason: string }
  | { readonly kind: "too-large"; readonly reason: string };

class Refusal extends Error {
  constructor(readonly result: Exclude<PlainJson, { kind: "json" }>) {
    super(result.reason);
  }
}

/**
 * Copies a foreign value, so that its owner cannot change it later. Only null, booleans, finite numbers, text, dense
 * lists and plain objects pass. Cycles end at the depth limit, shared parts at the character limit.
 * What the value's own getters throw passes through.
 */
export function plainJson(input: unknown, limits: JsonLimits): PlainJson {
  let left = limits.characters;

  const spend = (characters: number): void => {
    left -= characters;
    if (left >= 0) return;
    throw new Refusal({ kind: "too-large", reason: `larger than ${limits.characters} characters of JSON` });
  };

  const copy = (value: unknown, depth: number): JsonValue => {
    if (typeof value === "object" && value !== null) {
      if (depth === 0) refuse(`nested deeper than ${limits.depth}, or a cycle`);
      spend(2);
      return Array.isArray(value) ? copyList(value, depth - 1) : copyObject(value, depth - 1);
    }
    const plain = scalar(value);
    spend(typeof plain === "string" ? plain.length : 1);
    return plain;
  };

  const copyList = (list: readonly unknown[], depth: number): JsonValue => {
    spend(list.length);
    return Array.from(list, (member) => copy(member, depth));
  };

  const copyObject = (object: object, depth: number): JsonValue => {
    if (!isPlain(object)) refuse("an object that is not plain");
    const members: [string, JsonValue][] = [];
    for (const [key, member] of Object.entries(object)) {
      spend(key.length + 2);
      members.push([key, copy(member, depth)]);
    }
    return Object.fromEntries(members);
  };

  try {
    const value = copy(input, limits.depth);
    left = limits.characters;
    spend(JSON.stringify(value).length);
    return { kind: "json", value };
  } catch (error) {
    if (error instanceof Refusal) return error.result;
    throw error;
  }
}

function scalar(value: unknown): JsonValue {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value !== "number") return refuse(`a value of type ${typeof value}`);
  return Number.isFinite(value) ? value + 0 : refuse("a number that is not finite");
}

// An object of another window has another Object.prototype: what counts is that nothing stands above it.
function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function refuse(reason: string): never {
  throw new Refusal({ kind: "not-json", reason });
}
