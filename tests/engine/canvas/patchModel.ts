import type { CanvasDocument, CanvasEntry } from "../../../src/engine/canvas/document";
import type { CanvasPatch } from "../../../src/engine/canvas/patch";
import type { JsonObject } from "../../../src/engine/kernel/json";

/** What a patch does to a document, in the plainest way; null where it must be refused. */
export function applyPatchSlowly(document: CanvasDocument, patch: CanvasPatch): CanvasDocument | null {
  let { nodes, edges } = document;
  const has = (list: readonly CanvasEntry[], id: unknown): boolean => list.some((entry) => entry.id === id);
  for (const one of patch) {
    switch (one.kind) {
      case "add-node":
        if (has(nodes, one.node.id) && !same(nodes, one.node)) return null;
        if (!has(nodes, one.node.id)) nodes = [...nodes, one.node];
        break;
      case "add-edge": {
        const { edge } = one;
        if (has(edges, edge.id) && !same(edges, edge)) return null;
        if (has(edges, edge.id)) break;
        if (!has(nodes, edge.fromNode) || !has(nodes, edge.toNode)) return null;
        edges = [...edges, edge];
        break;
      }
      case "update-node":
      case "set-color":
        if (!has(nodes, one.id)) return null;
        nodes = update(nodes, one.id, one.kind === "set-color" ? { color: one.color } : one.set);
        break;
      case "update-edge":
        if (!has(edges, one.id)) return null;
        edges = update(edges, one.id, one.set);
        break;
      case "remove-node":
        edges = edges.filter((edge) => edge.fromNode !== one.id && edge.toNode !== one.id);
        nodes = nodes.filter((node) => node.id !== one.id);
        break;
      case "remove-edge":
        edges = edges.filter((edge) => edge.id !== one.id);
        break;
    }
  }
  return { nodes, edges };
}

function update(list: readonly CanvasEntry[], id: string, set: JsonObject): readonly CanvasEntry[] {
  return list.map((entry) => (entry.id === id ? merged(entry, set) : entry));
}

/** Keys that are null already and are set to null stay as they are: nothing changes there. */
function merged(entry: CanvasEntry, set: JsonObject): CanvasEntry {
  const isNull = (key: string): boolean => set[key] === null && Object.hasOwn(set, key);
  const wasNull = (key: string): boolean => Object.hasOwn(entry, key) && entry[key] === null;
  const kept = Object.entries(entry).filter(([key]) => !Object.hasOwn(set, key) || (isNull(key) && wasNull(key)));
  const put = Object.entries(set).filter(([key]) => !isNull(key));
  return Object.fromEntries([...kept, ...put]) as CanvasEntry;
}

function same(list: readonly CanvasEntry[], entry: CanvasEntry): boolean {
  const bare = (value: CanvasEntry | undefined): string =>
    JSON.stringify(
      Object.entries(value ?? {})
        .filter(([, member]) => member !== null)
        .sort(),
    );
  return bare(list.find((one) => one.id === entry.id)) === bare(entry);
}
