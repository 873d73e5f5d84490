import type { MasteryLevel } from "./mastery";

const levels: readonly MasteryLevel[] = ["not_understood", "learning", "understood", "mastered"];

/** A level as people write it (`Not understood`, `not-understood`); null when it is none. */
export function parseLevel(text: string): MasteryLevel | null {
  const name = text.trim().toLowerCase().replace(/[\s_-]+/g, "_");
  return levels.find((level) => level === name) ?? null;
}

/** The levels for a message. */
export const levelNames = levels.join(", ");
