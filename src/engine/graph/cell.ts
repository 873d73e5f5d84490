import { canonicalJson } from "../kernel/canonicalJson";
import type { JsonValue } from "../kernel/json";
import { jsonEqual } from "../kernel/json";

/** A value and the clock of the event that set it. The greater clock wins, whatever the order of arrival. */
export interface Cell<T> {
  readonly clock: string;
  readonly value: T;
}

/** The later of a cell and a new value; the very same cell when nothing changes. */
export function laterCell<T extends JsonValue>(known: Cell<T> | null, clock: string, value: T): Cell<T> {
  if (known === null || clock > known.clock) return { clock, value };
  return clock === known.clock && outranks(value, known.value) ? { clock, value } : known;
}

/**
 * Which of two values stands when two events have one clock. Clocks of a canvas are unique, so this only decides for
 * damaged journals; without it the order of arrival would show in the result. Absent is the least.
 */
export function outranks(next: JsonValue | undefined, known: JsonValue | undefined): boolean {
  if (next === undefined || jsonEqual(next, known)) return false;
  return known === undefined || canonicalJson(next) > canonicalJson(known);
}
