import type { Priority, TaskStatus, TaskView } from "../../engine/index";
import { isNodeAction } from "../../engine/index";
import type { Format } from "../text/format";
import { fill, strings } from "../text/strings";
import type { PanelAction, PanelButton, TaskRow, Tone } from "./panelView";

const words = strings.tasks;

const tones: Readonly<Record<TaskStatus, Tone>> = { queued: "idle", running: "busy", paused: "warn", done: "ok", failed: "error", cancelled: "idle" };

const priorities: readonly Priority[] = ["LOW", "NORMAL", "HIGH", "CRITICAL"];

/** One task as it is shown. */
export function taskRow(task: TaskView, format: Format): TaskRow {
  const { endedAt, lastError, progress, status, title, waitsFor } = task;
  const isHeld = endedAt === null && waitsFor !== null;
  return {
    title,
    tone: isHeld ? "warn" : tones[status],
    state: isHeld ? words.held : words.states[status],
    place: placeOf(task),
    progress: endedAt === null && task.startedAt !== null ? { label: fill(words.progress, { title }), fraction: progress } : null,
    detail: detailOf(task, format),
    reason: endedAt === null ? reasonOf(task) : null,
    error: (endedAt === null ? waitsFor : null) ?? lastError,
    buttons: buttonsOf(task),
    sooner: moved(task, "raise-task"),
    later: moved(task, "lower-task"),
  };
}

function placeOf({ subject }: TaskView): TaskRow["place"] {
  if (subject === null) return null;
  const { canvas, node } = subject;
  return { text: canvas, label: fill(node === null ? words.jump : words.jumpToCard, { canvas }), action: { kind: "jump", canvas, node } };
}

function reasonOf({ priority, priorityReason }: TaskView): string | null {
  if (priorityReason !== null) return fill(words.priority, { level: words.levels[priority], reason: priorityReason });
  return priority === "NORMAL" ? null : words.levels[priority];
}

function detailOf({ counts, endedAt, eta, itemsPerSecond }: TaskView, format: Format): string {
  const { cancelled, done, failed, total } = counts;
  const parts = [fill(words.done, { done: format.count(done), total: format.count(total) })];
  if (failed > 0) parts.push(fill(words.failed, { count: format.count(failed) }));
  if (cancelled > 0) parts.push(fill(words.cancelled, { count: format.count(cancelled) }));
  if (endedAt === null && itemsPerSecond !== null) parts.push(speedText(itemsPerSecond, format));
  if (endedAt === null && eta !== null) parts.push(etaText(format.roughly(eta.leastMs), format.roughly(eta.mostMs)));
  return parts.join(words.joint);
}

/** In a unit of which there is at least one, where that can be. */
function speedText(itemsPerSecond: number, format: Format): string {
  if (itemsPerSecond >= 1) return fill(words.perSecond, { count: format.rate(itemsPerSecond) });
  return fill(words.perMinute, { count: format.rate(itemsPerSecond * 60) });
}

function etaText(least: string, most: string): string {
  return least === most ? fill(words.left, { time: most }) : fill(words.leftRange, { least, most });
}

function buttonsOf(task: TaskView): readonly PanelButton[] {
  const { counts, endedAt, id, kind: taskKind, status, title } = task;
  const button = (label: string, kind: Exclude<TaskAction["kind"], "raise-task" | "lower-task">): PanelButton => ({ label, about: title, action: { kind, id }, primary: false });
  const retry = counts.failed > 0 && status !== "cancelled" ? [button(words.retry, "retry-task")] : [];
  const save = button(words.saveTemplate, "save-template");
  const undo = isNodeAction(taskKind) && counts.done > 0 ? [button(words.undo, "undo-task")] : [];
  if (endedAt !== null) return [...retry, ...undo, save];
  const hold = { ...(status === "paused" ? button(words.resume, "resume-task") : button(words.pause, "pause-task")), key: "hold" };
  return [hold, button(words.cancel, "cancel-task"), ...order(task), ...retry, save];
}

function order(task: TaskView): readonly PanelButton[] {
  if (!canMove(task)) return [];
  const { id, priority, title } = task;
  const button = (label: string, kind: "raise-task" | "lower-task"): PanelButton => {
    const action = moved(task, kind);
    return { label, about: title, action: action ?? { kind, id, priority }, primary: false, off: action === null };
  };
  return [button(words.sooner, "raise-task"), button(words.later, "lower-task")];
}

/** What gives the task the next priority up or down; null at the end, and where it does not wait any more. */
function moved(task: TaskView, kind: "raise-task" | "lower-task"): PanelAction | null {
  const priority = priorities[priorities.indexOf(task.priority) + (kind === "raise-task" ? 1 : -1)];
  return canMove(task) && priority !== undefined ? { kind, id: task.id, priority } : null;
}

function canMove({ endedAt, startedAt, status }: TaskView): boolean {
  return startedAt === null && endedAt === null && status !== "cancelled";
}

type TaskAction = Extract<PanelAction, { readonly id: string }>;
