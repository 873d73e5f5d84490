/**
 * How much of what people wrote a store may hold.
 * - `ids`: ids, colours, levels, places, scores and times. Neither a text nor a name nor a path.
 * - `titles`: also the paths of canvases and notes, and what cards, groups and arrows are called: the first line, cut short.
 * - `full`: everything that the local graph has.
 */
export const privacyLevels = ["ids", "titles", "full"] as const;

export type PrivacyLevel = (typeof privacyLevels)[number];

/** A level, and when somebody chose it (epoch ms; 0: nobody did, it is the default). The later choice of two devices counts. */
export interface PrivacyChoice {
  readonly level: PrivacyLevel;
  readonly since: number;
}

export const defaultPrivacy: PrivacyChoice = { level: "full", since: 0 };

export function isPrivacyLevel(value: unknown): value is PrivacyLevel {
  return (privacyLevels as readonly unknown[]).includes(value);
}

/** What a store says of the choice that it was filled under. `clearing`: a change to it was begun and not ended. */
export interface StoredPrivacy {
  readonly level: PrivacyLevel;
  readonly since: number;
  readonly clearing: boolean;
}

/**
 * - `fits`: what is there was written under this level.
 * - `clear`: what is there has to go first, since rows and events that are there are never written anew.
 * - `refused`: another device chose another level later, or at the same time a stricter one.
 */
export type PrivacyStep = "fits" | "clear" | "refused";

export function privacyStep(own: PrivacyChoice, stored: StoredPrivacy): PrivacyStep {
  if (own.level === stored.level) return stored.clearing ? "clear" : "fits";
  if (own.since !== stored.since) return own.since > stored.since ? "clear" : "refused";
  return privacyLevels.indexOf(own.level) < privacyLevels.indexOf(stored.level) ? "clear" : "refused";
}
