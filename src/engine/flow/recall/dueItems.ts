import type { CanvasDocument } from "../../canvas/document";
import type { NodeView, SubjectView } from "../../graph/subjectView";
import { daysBetween, type LocalDays } from "./localDays";
import type { DueItem, DueList } from "./recall";

/** What is due within so many days, the longest overdue first. */
export function dueList(items: readonly DueItem[], days: number, limit: number): Omit<DueList, "complete"> {
  const due = items.filter((item) => item.days <= days);
  due.sort((a, b) => a.days - b.days || (a.title < b.title ? -1 : a.title > b.title ? 1 : 0));
  return { items: due.slice(0, limit), total: due.length };
}

export function dueNotes(notes: readonly SubjectView[], days: LocalDays, today: string): readonly DueItem[] {
  return notes.flatMap(({ due, id }) => itemsOf({ kind: "note", path: id }, noteTitle(id), due, days, today));
}

export function dueNode(canvas: string, id: string, node: NodeView, days: LocalDays, today: string): readonly DueItem[] {
  if (!node.live) return [];
  return itemsOf({ kind: "node", canvas, node: id }, node.concept ?? id, node.due, days, today);
}

/** Paths of the notes that are cards of a canvas. */
export function notesOn({ nodes }: CanvasDocument): ReadonlySet<string> {
  return new Set(nodes.flatMap(({ file, type }) => (type === "file" && typeof file === "string" ? [file] : [])));
}

function itemsOf(subject: DueItem["subject"], title: string, due: number | string | null, days: LocalDays, today: string): readonly DueItem[] {
  const day = due === null ? null : dueDay(due, days);
  return day === null ? [] : [{ subject, title, day, days: daysBetween(today, day) }];
}

/** The local day of an ISO date or moment, or of epoch ms; a time without a zone is a local one. Null when it is none. */
function dueDay(due: number | string, days: LocalDays): string | null {
  if (typeof due === "string" && /^\d{4}-\d\d-\d\d(T[\d:.]+)?$/.test(due)) return due.slice(0, 10);
  const at = typeof due === "number" ? due : Date.parse(due);
  return Number.isNaN(at) ? null : days.dayOf(at);
}

function noteTitle(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.md$/i, "");
}
