import type { JsonValue } from "../kernel/json";
import type { MasteryLevel } from "../learning/mastery";

/** Values that say nothing of what somebody wrote: each function gives such a value back, and null for any other one. */

const levels: ReadonlySet<unknown> = new Set<MasteryLevel>(["not_understood", "learning", "understood", "mastered"]);
const sides: ReadonlySet<unknown> = new Set(["top", "right", "bottom", "left"]);
const nodeTypes: ReadonlySet<unknown> = new Set(["text", "file", "link", "group"]);
const ratings: ReadonlySet<unknown> = new Set(["again", "hard", "good", "easy"]);
const lineBreak = /[\n\r\u2028\u2029]/;
const address = /^\s*[a-z][a-z0-9+.-]*:\S/i;
const color = /^(?:[1-6]|#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8}))$/i;
const date = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;

export function plainLevel(value: unknown): string | null {
  return levels.has(value) ? (value as string) : null;
}

export function plainColor(value: unknown): string | null {
  return typeof value === "string" && color.test(value) ? value : null;
}

export function plainSide(value: unknown): string | null {
  return sides.has(value) ? (value as string) : null;
}

export function plainNodeType(value: unknown): string | null {
  return nodeTypes.has(value) ? (value as string) : null;
}

export function plainNumber(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** A rating of a review: a number, or one of the words of spaced repetition. */
export function plainRating(value: unknown): number | string | null {
  return ratings.has(value) ? (value as string) : plainNumber(value);
}

/** A time as epoch ms or as a date. */
export function plainDate(value: unknown): number | string | null {
  return typeof value === "string" && date.test(value) ? value : plainNumber(value);
}

/** The most characters of a title. */
const TITLE_LENGTH = 120;

/** The first line of a text, cut short. An address is no title: it may hold a key. */
export function titleOf(text: unknown): string | null {
  if (typeof text !== "string") return null;
  const line = text.split(lineBreak).find((one) => one.trim() !== "")?.trim() ?? "";
  if (line === "" || address.test(line)) return null;
  return [...line.slice(0, TITLE_LENGTH * 2)].slice(0, TITLE_LENGTH).join("");
}

/** A path as it is: cut short it would be another one. What has several lines or is an address is a text in its place. */
export function pathOf(value: unknown): string | null {
  return typeof value === "string" && !lineBreak.test(value) && !address.test(value) ? value : null;
}

export type PlainReader = (value: unknown) => JsonValue;
