import type { JsonObject, JsonValue } from "../kernel/json";

/** Which front-matter properties of notes are watched: a setting. An empty name watches nothing. */
export interface PropertyNames {
  /** 0–100. */
  readonly score: string;
  /** A mastery level. */
  readonly mastery: string;
  /** The day of the next review. */
  readonly due: string;
  /** Days between reviews. */
  readonly interval: string;
  readonly ease: string;
}

export const defaultPropertyNames: PropertyNames = {
  score: "score",
  mastery: "mastery",
  due: "sr-due",
  interval: "sr-interval",
  ease: "sr-ease",
};

/** A note's watched properties as it has them; null for one that is absent or empty. */
export type WatchedProperties = { readonly [role in keyof PropertyNames]: JsonValue };

/** Picks what is watched out of a note's front matter. */
export function watchedProperties(properties: JsonObject, names: PropertyNames): WatchedProperties {
  return {
    score: watched(properties, names.score),
    mastery: watched(properties, names.mastery),
    due: watched(properties, names.due),
    interval: watched(properties, names.interval),
    ease: watched(properties, names.ease),
  };
}

function watched(properties: JsonObject, name: string): JsonValue {
  const value = (name !== "" && Object.hasOwn(properties, name) ? properties[name] : null) ?? null;
  return typeof value === "string" && value.trim() === "" ? null : value;
}
