import type { TaskView } from "../taskView";
import type { TaskNotice } from "./notifier";

export interface NoticeSettings {
  /** Only failures are told. */
  readonly quiet: boolean;
  /** Also what a schedule made and went well is told. */
  readonly scheduled: boolean;
}

const SHOWN_FAILURES = 3;

/**
 * Whether people want to hear of an end. Whoever cancels a task sees that it ends, and what happens every night as it
 * should is no news.
 */
export function isWorthTelling(task: TaskView, { quiet, scheduled }: NoticeSettings): boolean {
  if (task.status === "failed") return true;
  if (task.status !== "done" || quiet) return false;
  return task.schedule === null || scheduled;
}

/** One notice for tasks that ended close together; null for none. */
export function noticeOf(key: string, ended: readonly TaskView[]): TaskNotice | null {
  const [first] = ended;
  if (first === undefined) return null;
  const failed = ended.filter(({ status }) => status === "failed");
  const tone = failed.length === 0 ? "good" : "bad";
  if (ended.length === 1) return { key, tone, tasks: ended, title: titleOf(first), lines: first.status === "failed" ? errorLines(first) : [] };
  return { key, tone, tasks: ended, title: countsOf(ended.length, failed.length), lines: failureLines(failed) };
}

function titleOf({ counts, status, title }: TaskView): string {
  if (status === "failed") return `${title}: ${counts.failed} of ${items(counts.total)} failed.`;
  return `${title}: ${items(counts.done)} done.`;
}

function countsOf(all: number, failed: number): string {
  if (failed === 0) return `${all} tasks are done.`;
  return failed === all ? `${all} tasks failed.` : `${all} tasks ended: ${all - failed} done, ${failed} failed.`;
}

function failureLines(failed: readonly TaskView[]): readonly string[] {
  const lines = failed.slice(0, SHOWN_FAILURES).map(titleOf);
  const more = failed.length - lines.length;
  return more === 0 ? lines : [...lines, `${more} more failed.`];
}

function errorLines({ lastError }: TaskView): readonly string[] {
  return lastError === null ? [] : [lastError];
}

function items(count: number): string {
  return count === 1 ? "1 item" : `${count} items`;
}
