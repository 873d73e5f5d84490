import type { Priority } from "../../learning/event";

const priorities: Readonly<Record<Priority, true>> = { LOW: true, NORMAL: true, HIGH: true, CRITICAL: true };

export function isPriority(value: unknown): value is Priority {
  return typeof value === "string" && Object.hasOwn(priorities, value);
}

/** A whole number from 0 on. */
export function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

export function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

export function isNumberOrNull(value: unknown): value is number | null {
  return value === null || isNumber(value);
}

export function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === "string";
}

/** The entries of a list; null when it is none. */
export function listOf(value: unknown): readonly unknown[] | null {
  return Array.isArray(value) ? value : null;
}
