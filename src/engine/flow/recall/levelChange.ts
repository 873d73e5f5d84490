import type { LearningEvent } from "../../learning/event";
import type { MasteryLevel } from "../../learning/mastery";
import { parseLevel } from "../../learning/masteryName";
import { ownMember } from "../../kernel/json";

/** What a level was and what it became; null is none. */
export interface LevelChange {
  readonly from: MasteryLevel | null;
  readonly to: MasteryLevel | null;
}

/** In the order of how well something is understood. */
export const levels: readonly MasteryLevel[] = ["not_understood", "learning", "understood", "mastered"];

/**
 * How an event changed what is known of somebody's understanding; null where it did not. What was there when a canvas
 * was first looked at is no change, and neither is another colour of the same meaning.
 */
export function levelChange(event: LearningEvent): LevelChange | null {
  if (event.origin === "index") return null;
  const change = said(event);
  return change === null || change.from === change.to ? null : change;
}

/** Whether a change is one for the better, for the worse, or only the first word on it or the last. */
export function direction({ from, to }: LevelChange): "up" | "down" | "aside" {
  if (from === null || to === null) return "aside";
  return levels.indexOf(to) > levels.indexOf(from) ? "up" : "down";
}

function said({ type, data }: LearningEvent): LevelChange | null {
  switch (type) {
    case "node_created":
      return { from: null, to: level(data, "level") };
    case "color_changed":
    case "mastery_changed":
      return { from: level(data, "oldLevel"), to: level(data, "newLevel") };
    case "color_removed":
      return { from: level(data, "oldLevel"), to: null };
    default:
      return null;
  }
}

function level(data: LearningEvent["data"], key: string): MasteryLevel | null {
  const value = ownMember(data, key);
  return typeof value === "string" ? parseLevel(value) : null;
}

/** A change as a number from 1, for a list of many; 0 is none. */
export function packChange(change: LevelChange | null): number {
  return change === null ? 0 : 1 + rank(change.from) * 5 + rank(change.to);
}

export function unpackChange(packed: number): LevelChange | null {
  if (packed === 0) return null;
  return { from: atRank(Math.floor((packed - 1) / 5)), to: atRank((packed - 1) % 5) };
}

function rank(level: MasteryLevel | null): number {
  return level === null ? 0 : levels.indexOf(level) + 1;
}

function atRank(rank: number): MasteryLevel | null {
  return levels[rank - 1] ?? null;
}
