export type Side = "top" | "right" | "bottom" | "left";

/** A node as the file has it; keys that the app does not know ride along. */
export interface NodeData {
  id: string;
  type: string;
  x: number;
  y: number;
  width: number;
  height: number;
  color?: string;
  text?: string;
  file?: string;
  [key: string]: unknown;
}

export interface EdgeData {
  id: string;
  fromNode: string;
  toNode: string;
  fromSide?: Side;
  toSide?: Side;
  color?: string;
  label?: string;
  [key: string]: unknown;
}

export interface CanvasData {
  nodes: NodeData[];
  edges: EdgeData[];
  [key: string]: unknown;
}

/** What a file holds: the lists may be missing (a new canvas is `{}` or 0 bytes). */
export type RawCanvas = Record<string, unknown>;

/** Throws on what is no JSON object. */
export function parseCanvas(text: string): RawCanvas {
  if (text.trim() === "") return {};
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new SyntaxError("a canvas is an object");
  }
  return value as RawCanvas;
}

/** The same with both lists. */
export function withLists(raw: RawCanvas): CanvasData {
  const { nodes, edges } = raw as Partial<CanvasData>;
  return { ...raw, nodes: Array.isArray(nodes) ? nodes : [], edges: Array.isArray(edges) ? edges : [] };
}

/** 16 hex digits. */
export function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

type Json = unknown;

/** The app's own layout: tabs, and every list or object of plain values on one line. */
export function serializeCanvas(data: Json, depth = 0): string {
  if (!isComposite(data)) return JSON.stringify(data);
  const entries: [string | null, Json][] = Array.isArray(data)
    ? data.map((value: Json) => [null, value])
    : Object.entries(data).filter(([, value]) => value !== undefined);
  const [open, close] = Array.isArray(data) ? ["[", "]"] : ["{", "}"];
  if (entries.length === 0) return open + close;
  const parts = entries.map(([key, value]) =>
    (key === null ? "" : `${JSON.stringify(key)}:`) + serializeCanvas(value, depth + 1));
  const plain = entries.every(([, value]) => !isComposite(value));
  if (plain) return open + parts.join(",") + close;
  const indent = "\t".repeat(depth + 1);
  return `${open}\n${indent}${parts.join(`,\n${indent}`)}\n${"\t".repeat(depth)}${close}`;
}

function isComposite(value: Json): value is object {
  return typeof value === "object" && value !== null;
}
