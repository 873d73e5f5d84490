import { jsonEqual, type JsonObject, type JsonValue } from "../../kernel/json";
import { changedKeys, valueOf } from "../changedKeys";
import type { CanvasDiff, EntryChange } from "../diff";
import type { CanvasDocument, CanvasEntry } from "../document";
import type { CanvasPatch, PatchOperation } from "../patch";

export interface UndoPlan {
  readonly patch: CanvasPatch;
  /** Ids of what was changed since the write, and therefore stays as it is. */
  readonly kept: readonly string[];
}

type Update = Extract<PatchOperation, { kind: "update-node" | "update-edge" }>;

/** What would be done to one list. */
interface ListUndo {
  readonly removed: readonly string[];
  readonly added: readonly CanvasEntry[];
  readonly updated: readonly { readonly id: string; readonly set: JsonObject }[];
  readonly kept: readonly string[];
}

/**
 * The way back from a write, by id, on a canvas that may have changed since. Only what is still as the write left it
 * goes back; what somebody changed later stays, key by key.
 */
export function undoPatch(now: CanvasDocument, diff: CanvasDiff): UndoPlan {
  const nodes = undoList(now.nodes, diff.nodes, sameNode, isNode);
  const edges = undoList(now.edges, diff.edges, sameEdge, () => true);
  const back = attachable(now, nodes, edges);
  const left = edgesLeft(now.edges, { ...edges, ...back });
  const held = nodes.removed.filter((id) => left.some((edge) => edge.fromNode === id || edge.toNode === id));
  const operations: readonly PatchOperation[] = [
    ...nodes.added.map((node): PatchOperation => ({ kind: "add-node", node })),
    ...nodes.updated.map((one): Update => ({ kind: "update-node", ...one })),
    ...back.added.map((edge): PatchOperation => ({ kind: "add-edge", edge })),
    ...back.updated.map((one): Update => ({ kind: "update-edge", ...one })),
    ...edges.removed.map((id): PatchOperation => ({ kind: "remove-edge", id })),
    ...nodes.removed.filter((id) => !held.includes(id)).map((id): PatchOperation => ({ kind: "remove-node", id })),
  ];
  return { patch: operations, kept: [...new Set([...nodes.kept, ...held, ...edges.kept, ...back.kept])] };
}

function undoList(
  now: readonly CanvasEntry[],
  changes: readonly EntryChange[],
  same: (written: CanvasEntry, now: CanvasEntry) => boolean,
  canBeAdded: (entry: CanvasEntry) => boolean,
): ListUndo {
  const entries = new Map(now.map((entry) => [entry.id, entry]));
  const undo = { removed: [] as string[], added: [] as CanvasEntry[], updated: [] as ListUndo["updated"][number][], kept: [] as string[] };
  for (const change of changes) {
    const entry = entries.get(change.id);
    if (change.kind === "added") {
      if (entry !== undefined) (same(change.after, entry) ? undo.removed : undo.kept).push(change.id);
    } else if (change.kind === "removed") {
      if (entry === undefined && canBeAdded(change.before)) undo.added.push(change.before);
      else if (entry === undefined || changedKeys(change.before, entry) !== null) undo.kept.push(change.id);
    } else if (entry !== undefined) {
      const { set, isWhole } = keysBack(change, entry);
      if (Object.keys(set).length > 0) undo.updated.push({ id: change.id, set });
      if (!isWhole) undo.kept.push(change.id);
    }
  }
  return undo;
}

function keysBack(
  { before, after, keys }: Extract<EntryChange, { kind: "changed" }>,
  now: CanvasEntry,
): { readonly set: JsonObject; readonly isWhole: boolean } {
  const back = keys.filter((key) => !jsonEqual(valueOf(now, key), valueOf(before, key)));
  const untouched = back.filter((key) => sameValue(key, valueOf(after, key), valueOf(now, key)));
  const set = Object.fromEntries(untouched.map((key): [string, JsonValue] => [key, valueOf(before, key)]));
  return { set, isWhole: untouched.length === back.length };
}

/** Connections that come back or are led elsewhere need the cards at their ends. */
function attachable(
  now: CanvasDocument,
  nodes: ListUndo,
  edges: ListUndo,
): Pick<ListUndo, "added" | "updated" | "kept"> {
  const there = new Set([...now.nodes, ...nodes.added].map((node) => node.id));
  const hasEnds = (keys: JsonObject): boolean =>
    ["fromNode", "toNode"].every((key) => {
      const id = keys[key];
      return id === undefined || (typeof id === "string" && there.has(id));
    });
  const loose = [...edges.added.filter((edge) => !hasEnds(edge)), ...edges.updated.filter(({ set }) => !hasEnds(set))];
  return {
    added: edges.added.filter(hasEnds),
    updated: edges.updated.filter(({ set }) => hasEnds(set)),
    kept: loose.map(({ id }) => id),
  };
}

function edgesLeft(now: readonly CanvasEntry[], undo: Pick<ListUndo, "removed" | "added" | "updated">): readonly JsonObject[] {
  const sets = new Map(undo.updated.map(({ id, set }) => [id, set]));
  const gone = new Set(undo.removed);
  return [...now.filter(({ id }) => !gone.has(id)).map((edge) => ({ ...edge, ...sets.get(edge.id) })), ...undo.added];
}

const GEOMETRY = ["x", "y", "width", "height"];

function isNode(entry: CanvasEntry): boolean {
  return typeof entry.type === "string" && GEOMETRY.every((key) => Number.isFinite(entry[key]));
}

function sameNode(written: CanvasEntry, now: CanvasEntry): boolean {
  return (changedKeys(written, now) ?? []).every((key) => sameValue(key, valueOf(written, key), valueOf(now, key)));
}

// Obsidian chooses a side where there is none.
function sameEdge(written: CanvasEntry, now: CanvasEntry): boolean {
  const isChosen = (key: string): boolean => (key === "fromSide" || key === "toSide") && valueOf(written, key) === null;
  return (changedKeys(written, now) ?? []).every(isChosen);
}

// Obsidian rounds places and sizes.
function sameValue(key: string, written: JsonValue, now: JsonValue): boolean {
  if (!GEOMETRY.includes(key) || typeof written !== "number" || typeof now !== "number") return jsonEqual(written, now);
  return Math.round(written) === Math.round(now);
}
