import type { CanvasHead } from "./canvasHead";

/**
 * Orders canvases at one path: the first is the one that stays. Every device that has the same events must come to the
 * same answer, so it depends on nothing but them. One whose creation is not known (yet) comes last.
 */
export function byAge(a: CanvasHead, b: CanvasHead): number {
  if (a.created !== b.created) return b.created === "" || (a.created !== "" && a.created < b.created) ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
