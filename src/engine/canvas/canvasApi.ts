import type { JsonObject } from "../kernel/json";
import type { Random } from "../kernel/random";
import { checkCanvasPath } from "./canvasPath";
import { emptyDocument, type CanvasDocument, type CanvasEntry, type FileProblem } from "./document";
import { parseCanvas } from "./parseCanvas";
import { refuse, type CanvasPatch, type Refusal } from "./patch";
import type { CanvasFiles } from "./port";
import type { MutateResult } from "./writer";

/** What every node has. Coordinates and sizes are canvas units; other keys are written as they are given. */
interface NodeFrame {
  /** Left out: a new id of 16 hex digits is made. */
  readonly id?: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** A preset `"1"`–`"6"` or a hex colour. */
  readonly color?: string;
}

export type NewNode = NodeFrame &
  (
    | { readonly type: "text"; readonly text: string }
    | { readonly type: "file"; readonly file: string; readonly subpath?: string }
    | { readonly type: "link"; readonly url: string }
    | { readonly type: "group"; readonly label?: string }
  );

export type Side = "top" | "right" | "bottom" | "left";

export interface NewEdge {
  readonly id?: string;
  readonly fromNode: string;
  readonly fromSide?: Side;
  readonly toNode: string;
  readonly toSide?: Side;
  readonly color?: string;
  readonly label?: string;
}

/** What was found in a canvas, or why it could not be looked into. */
export type Found<T> =
  | { readonly kind: "found"; readonly value: T }
  | { readonly kind: "missing" }
  | { readonly kind: "unreadable"; readonly problem: FileProblem }
  | Refusal;

/** The result of an addition, with the id of what was added. */
export interface Added {
  readonly id: string;
  readonly result: MutateResult;
}

export interface EdgeQuery {
  readonly fromNode?: string;
  readonly toNode?: string;
  /** Either end. */
  readonly node?: string;
}

export interface CanvasApiParts {
  readonly mutate: (path: string, patch: CanvasPatch, owner?: string) => Promise<MutateResult>;
  readonly read: CanvasFiles["read"];
  readonly random: Random;
}

/**
 * Reading and changing canvases one thing at a time, for commands, tasks and other plugins. Paths are vault paths. Every
 * change is a patch of one operation, so it is as safe as any.
 */
export class CanvasApi {
  constructor(private readonly parts: CanvasApiParts) {}

  async addNode(path: string, node: NewNode, owner?: string): Promise<Added> {
    const entry = this.withId({ ...node });
    return { id: entry.id, result: await this.parts.mutate(path, [{ kind: "add-node", node: entry }], owner) };
  }

  /** Sets the named keys of a node; null takes a key away. */
  updateNode(path: string, id: string, set: JsonObject, owner?: string): Promise<MutateResult> {
    return this.parts.mutate(path, [{ kind: "update-node", id, set }], owner);
  }

  /** Also removes the node's edges. */
  deleteNode(path: string, id: string, owner?: string): Promise<MutateResult> {
    return this.parts.mutate(path, [{ kind: "remove-node", id }], owner);
  }

  async addEdge(path: string, edge: NewEdge, owner?: string): Promise<Added> {
    const entry = this.withId({ ...edge });
    return { id: entry.id, result: await this.parts.mutate(path, [{ kind: "add-edge", edge: entry }], owner) };
  }

  deleteEdge(path: string, id: string, owner?: string): Promise<MutateResult> {
    return this.parts.mutate(path, [{ kind: "remove-edge", id }], owner);
  }

  /** Nodes with exactly this colour value; null: nodes without one. */
  nodesByColor(path: string, color: string | null): Promise<Found<readonly CanvasEntry[]>> {
    return this.look(path, ({ nodes }) => nodes.filter((node) => (node.color ?? null) === color));
  }

  /** The node with this id; null when the canvas has none. */
  findNode(path: string, id: string): Promise<Found<CanvasEntry | null>> {
    return this.look(path, ({ nodes }) => nodes.find((node) => node.id === id) ?? null);
  }

  /** Edges that match everything that the query names. */
  findEdges(path: string, query: EdgeQuery): Promise<Found<readonly CanvasEntry[]>> {
    return this.look(path, ({ edges }) => edges.filter((edge) => matches(edge, query)));
  }

  private withId(entry: JsonObject): CanvasEntry {
    const { id, ...rest } = entry;
    return { id: typeof id === "string" ? id : this.parts.random.uuid().replaceAll("-", "").slice(0, 16), ...rest };
  }

  private async look<T>(path: string, find: (document: CanvasDocument) => T): Promise<Found<T>> {
    const checked = checkCanvasPath(path);
    if (checked.kind === "refused") return refuse("path", checked.reason);
    const text = await this.parts.read(checked.path);
    if (text === null) return { kind: "missing" };
    const parsed = parseCanvas(checked.path, text);
    if (parsed.kind === "unreadable") return parsed;
    return { kind: "found", value: find(parsed.kind === "blank" ? emptyDocument : parsed.document) };
  }
}

function matches(edge: CanvasEntry, query: EdgeQuery): boolean {
  const { fromNode, toNode, node } = query;
  if (fromNode !== undefined && edge.fromNode !== fromNode) return false;
  if (toNode !== undefined && edge.toNode !== toNode) return false;
  return node === undefined || edge.fromNode === node || edge.toNode === node;
}
