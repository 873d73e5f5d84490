import type { CanvasEntry } from "../../canvas/document";

/** A place on a canvas, in canvas units; `x` and `y` are its left upper corner. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Whether two places cover a point in common, or are nearer to each other than the gap. */
export function meets(a: Rect, b: Rect, gap = 0): boolean {
  return a.x < b.x + b.width + gap && b.x < a.x + a.width + gap && a.y < b.y + b.height + gap && b.y < a.y + a.height + gap;
}

export function holds(outer: Rect, inner: Rect): boolean {
  const { height, width, x, y } = inner;
  return x >= outer.x && y >= outer.y && x + width <= outer.x + outer.width && y + height <= outer.y + outer.height;
}

/** The place of a card; null for one whose file has no usable one. */
export function rectOf({ height, width, x, y }: CanvasEntry): Rect | null {
  const all = [x, y, width, height];
  if (!all.every((value) => typeof value === "number" && Number.isFinite(value))) return null;
  return { x: Number(x), y: Number(y), width: Number(width), height: Number(height) };
}
