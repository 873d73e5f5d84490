import type { JsonValue } from "../kernel/json";
import { parseDue } from "./dueDate";
import type { MasteryLevel } from "./mastery";
import { levelNames, parseLevel } from "./masteryName";
import { parseNumber } from "./numberValue";

/** What a property says: a value, null for an absent one, or why it cannot be used (for a person). */
export type Reading<T> =
  | { readonly kind: "value"; readonly value: T | null }
  | { readonly kind: "bad"; readonly reason: string };

export function readScore(property: JsonValue, name: string): Reading<number> {
  return read(property, name, "a number from 0 to 100", (value) => {
    const score = parseNumber(value);
    return score !== null && score >= 0 && score <= 100 ? score : null;
  });
}

/** An interval in days or an ease, as spaced repetition writes them. */
export function readAmount(property: JsonValue, name: string): Reading<number> {
  return read(property, name, "a number of at least 0", (value) => {
    const amount = parseNumber(value);
    return amount !== null && amount >= 0 ? amount : null;
  });
}

export function readLevel(property: JsonValue, name: string): Reading<MasteryLevel> {
  return read(property, name, `one of ${levelNames}`, ofText(parseLevel));
}

export function readDue(property: JsonValue, name: string): Reading<string> {
  return read(property, name, "a date such as 2030-12-31", ofText(parseDue));
}

function read<T>(
  property: JsonValue,
  name: string,
  expected: string,
  parse: (value: JsonValue) => T | null,
): Reading<T> {
  if (property === null) return { kind: "value", value: null };
  const value = parse(property);
  if (value === null) return { kind: "bad", reason: `the property "${name}" is not ${expected}` };
  return { kind: "value", value };
}

function ofText<T>(parse: (text: string) => T | null): (value: JsonValue) => T | null {
  return (value) => (typeof value === "string" ? parse(value) : null);
}
