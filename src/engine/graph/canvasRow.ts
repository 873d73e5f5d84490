import type { CanvasRef } from "../learning/event";
import { headClocks, headPath, isLiveCanvas, type CanvasHead } from "./canvasHead";
import { rowClock } from "./rowClock";
import type { CanvasRow } from "./rows";

/** The row of a canvas. Where the graph knows nothing of it, an event's word stands in, with an empty clock. */
export function canvasRow(vault: string, canvas: CanvasRef, head: CanvasHead | null): CanvasRow {
  const path = head === null ? canvas.path : headPath(head);
  return {
    uid: canvas.id,
    vault,
    path,
    title: titleOf(path),
    deleted: head !== null && !isLiveCanvas(head),
    hlc: head === null ? "" : rowClock(headClocks(head)),
  };
}

function titleOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(0, dot) : name;
}
