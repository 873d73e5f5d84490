import type { TaskStatus, TaskView } from "../../engine/index";
import { isNodeAction } from "../../engine/index";
import type { Format } from "../text/format";
import type { PanelAction, PanelButton, TaskList, TaskRow, Tone } from "./panelView";
import { fill, strings } from "../text/strings";

/** Rows that are shown; the rest is a number. */
const SHOWN = 20;
/** Ended tasks that are shown, and for how long. */
const ENDED_SHOWN = 5;
const ENDED_MS = 60 * 60_000;

const words = strings.tasks;

const tones: Readonly<Record<TaskStatus, Tone>> = { queued: "idle", running: "busy", paused: "warn", done: "ok", failed: "error", cancelled: "idle" };

/** Tasks that go on, in the order of their creation, then those that ended lately, the newest first. Null when there are none. */
export function taskList(tasks: readonly TaskView[], format: Format, now: number): TaskList | null {
  const open = tasks.filter((task) => task.endedAt === null);
  const ended = tasks.filter((task) => task.endedAt !== null && now - task.endedAt < ENDED_MS);
  const rows = [...open, ...ended.sort((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0)).slice(0, ENDED_SHOWN)];
  if (rows.length === 0) return null;
  const more = rows.length - SHOWN;
  return {
    title: words.title,
    rows: rows.slice(0, SHOWN).map((task) => taskRow(task, format)),
    more: more > 0 ? fill(words.more, { count: format.count(more) }) : null,
  };
}

function taskRow(task: TaskView, format: Format): TaskRow {
  const { endedAt, id, lastError, progress, status, title, waitsFor } = task;
  const isHeld = endedAt === null && waitsFor !== null;
  return {
    key: id,
    title,
    tone: isHeld ? "warn" : tones[status],
    state: isHeld ? words.held : words.states[status],
    progress: endedAt === null ? { label: fill(words.progress, { title }), fraction: progress } : null,
    detail: detail(task, format),
    reason: endedAt === null ? reason(task) : null,
    error: (endedAt === null ? waitsFor : null) ?? lastError,
    buttons: buttons(task),
  };
}

function reason({ priority, priorityReason }: TaskView): string | null {
  return priorityReason === null ? null : fill(words.priority, { level: words.levels[priority], reason: priorityReason });
}

function detail({ counts, endedAt, eta }: TaskView, format: Format): string {
  const { cancelled, done, failed, total } = counts;
  const parts = [fill(words.done, { done: format.count(done), total: format.count(total) })];
  if (failed > 0) parts.push(fill(words.failed, { count: format.count(failed) }));
  if (cancelled > 0) parts.push(fill(words.cancelled, { count: format.count(cancelled) }));
  if (endedAt === null && eta !== null) parts.push(etaText(format.roughly(eta.leastMs), format.roughly(eta.mostMs)));
  return parts.join(words.joint);
}

function etaText(least: string, most: string): string {
  return least === most ? fill(words.left, { time: most }) : fill(words.leftRange, { least, most });
}

function buttons({ counts, endedAt, id, kind: taskKind, status, title }: TaskView): readonly PanelButton[] {
  const button = (label: string, kind: Extract<PanelAction, { readonly id: string }>["kind"]): PanelButton => ({ label, about: title, action: { kind, id }, primary: false });
  const retry = counts.failed > 0 && status !== "cancelled" ? [button(words.retry, "retry-task")] : [];
  const save = button(words.saveTemplate, "save-template");
  const undo = isNodeAction(taskKind) && counts.done > 0 ? [button(words.undo, "undo-task")] : [];
  if (endedAt !== null) return [...retry, ...undo, save];
  const hold = status === "paused" ? button(words.resume, "resume-task") : button(words.pause, "pause-task");
  return [hold, button(words.cancel, "cancel-task"), ...retry, save];
}
