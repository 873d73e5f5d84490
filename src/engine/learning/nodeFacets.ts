import type { CanvasEntry } from "../canvas/document";
import { ownMember, type JsonValue } from "../kernel/json";

/** Where a node lies: whole numbers; null for a value that is absent or is no number. */
export type Geometry = {
  readonly x: number | null;
  readonly y: number | null;
  readonly width: number | null;
  readonly height: number | null;
};

/**
 * A node's keys fall into three facets that change on their own: colour (`color` when it is text), geometry (`x`, `y`,
 * `width`, `height` when they are numbers, rounded) and data (everything else). A `color` that is no text and a
 * geometry value that is no number belong to the data facet, so no change is invisible and none is told twice:
 * `x: 100` → `x: "left"` is a move to null together with the data change `x: [null, "left"]`.
 */
export function colorOf(node: CanvasEntry): string | null {
  const color = node["color"];
  return typeof color === "string" ? color : null;
}

export function geometryOf(node: CanvasEntry): Geometry {
  return {
    x: rounded(node["x"]),
    y: rounded(node["y"]),
    width: rounded(node["width"]),
    height: rounded(node["height"]),
  };
}

export function sameGeometry(a: Geometry, b: Geometry): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

/** The part of a key's value that belongs to the data facet; null when there is none. */
export function dataOf(node: CanvasEntry, key: string): JsonValue {
  const value = ownMember(node, key) ?? null;
  if (key === "color") return typeof value === "string" ? null : value;
  if (isGeometryKey(key)) return typeof value === "number" ? null : value;
  return value;
}

export function isGeometryKey(key: string): boolean {
  return key === "x" || key === "y" || key === "width" || key === "height";
}

// JSON text such as 1e999 parses to Infinity, which JSON cannot hold; and -0 is written as 0.
function rounded(value: JsonValue | undefined): number | null {
  if (typeof value !== "number" || !Number.isFinite(value)) return null;
  return Math.round(value) + 0;
}
