import type { LearningEvent } from "../learning/event";
import { laterCell, type Cell } from "./cell";
import { isFiniteNumber, member } from "./eventData";

/** A canvas as a whole, without what is on it, as a fold of its events. */
export interface CanvasHead {
  readonly id: string;
  /** Set by creations and renames. Null while none of them is known. */
  readonly path: Cell<string> | null;
  /** Clock of the latest creation; empty when none is known. */
  readonly created: string;
  /** Clock of a deletion that no later creation takes back; empty when there is none. */
  readonly deleted: string;
  /** The greatest clock of any of its events, and the path that event names. */
  readonly seen: Cell<string>;
  /** The greatest `at` of the events that were read from its file; null when there is none. */
  readonly fileAt: number | null;
  /** The greatest `at` of all its events. */
  readonly changedAt: number;
}

const FILE_EVENT = /^(canvas|node|edge|color)_/;

export function blankHead(id: string): CanvasHead {
  return { id, path: null, created: "", deleted: "", seen: { clock: "", value: "" }, fileAt: null, changedAt: 0 };
}

/** Any order of the same events ends in the same head. */
export function foldHead(head: CanvasHead, event: LearningEvent): CanvasHead {
  const at = isFiniteNumber(event.at) ? event.at : 0;
  const { id, path, created, deleted } = foldLifecycle(head, event);
  return {
    id,
    path,
    created,
    deleted,
    seen: laterCell(head.seen, event.hlc, event.canvas?.path ?? ""),
    fileAt: FILE_EVENT.test(event.type) ? Math.max(head.fileAt ?? at, at) : head.fileAt,
    changedAt: Math.max(head.changedAt, at),
  };
}

/** A canvas is there until it is deleted: also one whose creation is not (or not yet) known. */
export function isLiveCanvas(head: CanvasHead): boolean {
  return head.deleted === "";
}

export function headPath(head: CanvasHead): string {
  return head.path?.value ?? head.seen.value;
}

/** The clocks of everything that makes up a canvas row. Events of its nodes and edges are not among them. */
export function headClocks(head: CanvasHead): readonly string[] {
  return [head.path?.clock ?? "", head.created, head.deleted];
}

function foldLifecycle(head: CanvasHead, event: LearningEvent): CanvasHead {
  const { hlc } = event;
  switch (event.type) {
    case "canvas_created": {
      const path = laterCell(head.path, hlc, pathIn(event, "path"));
      if (hlc < head.created) return { ...head, path };
      return { ...head, path, created: hlc, deleted: head.deleted >= hlc ? head.deleted : "" };
    }
    case "canvas_renamed":
      return { ...head, path: laterCell(head.path, hlc, pathIn(event, "to")) };
    case "canvas_deleted":
      return hlc < head.created || hlc <= head.deleted ? head : { ...head, deleted: hlc };
    default:
      return head;
  }
}

function pathIn(event: LearningEvent, key: string): string {
  const path = member(event.data, key);
  return typeof path === "string" ? path : (event.canvas?.path ?? "");
}
