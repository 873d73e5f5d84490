import type { Priority } from "../../learning/event";

/** What is known of something that a task is about, such as a note or the notes of a folder. */
export interface WorkHistory {
  /** Epoch milliseconds of the nearest review that is due; null when none is planned. */
  readonly dueAt: number | null;
  /** Epoch milliseconds of the last change or learning event there; null when there was none. */
  readonly workedAt: number | null;
}

export interface PrioritySuggestion {
  /** Never CRITICAL: that is for a person to say. */
  readonly priority: Exclude<Priority, "CRITICAL">;
  /** From 0 to 1: how soon it is due, times how lately it was worked on. */
  readonly score: number;
  /** Both factors in words. */
  readonly reasons: readonly [due: string, worked: string];
}

interface Factor {
  readonly value: number;
  readonly reason: string;
}

const DAY_MS = 86_400_000;
const HIGH_FROM = 0.5;
const NORMAL_FROM = 0.15;

/** A priority that follows from two facts, so that whoever doubts it can see why. A rule, not a trained model. */
export function suggestPriority({ dueAt, workedAt }: WorkHistory, now: number): PrioritySuggestion {
  const due = dueFactor(dueAt === null ? null : (dueAt - now) / DAY_MS);
  const worked = workedFactor(workedAt === null ? null : (now - workedAt) / DAY_MS);
  const score = due.value * worked.value;
  const priority = score >= HIGH_FROM ? "HIGH" : score >= NORMAL_FROM ? "NORMAL" : "LOW";
  return { priority, score, reasons: [due.reason, worked.reason] };
}

function dueFactor(days: number | null): Factor {
  if (days === null) return { value: 0.3, reason: "No review is planned." };
  if (days <= 0) return { value: 1, reason: "A review is due." };
  if (days <= 1) return { value: 0.8, reason: "A review is due within a day." };
  if (days <= 7) return { value: 0.5, reason: "A review is due within a week." };
  return { value: 0.2, reason: "The next review is more than a week away." };
}

function workedFactor(days: number | null): Factor {
  if (days === null) return { value: 0.2, reason: "You have not worked there yet." };
  if (days <= 1) return { value: 1, reason: "You worked there within the last day." };
  if (days <= 7) return { value: 0.7, reason: "You worked there within the last week." };
  if (days <= 30) return { value: 0.4, reason: "You worked there within the last month." };
  return { value: 0.2, reason: "You worked there more than a month ago." };
}
