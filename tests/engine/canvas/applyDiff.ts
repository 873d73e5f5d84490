import type { CanvasDiff, EntryChange } from "../../../src/engine/canvas/diff";
import type { CanvasDocument, CanvasEntry } from "../../../src/engine/canvas/document";

/**
 * The version that a diff leads to. Entries keep their places, new ones come at the end in the order of the diff: a
 * diff does not say where in the list an entry stands. Changes of ids that the document does not have are ignored.
 */
export function applyDiff(document: CanvasDocument, diff: CanvasDiff): CanvasDocument {
  return { nodes: applyChanges(document.nodes, diff.nodes), edges: applyChanges(document.edges, diff.edges) };
}

function applyChanges(entries: readonly CanvasEntry[], changes: readonly EntryChange[]): readonly CanvasEntry[] {
  if (changes.length === 0) return entries;
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  for (const change of changes) {
    if (change.kind === "removed") byId.delete(change.id);
    else if (change.kind === "added" || byId.has(change.id)) byId.set(change.id, change.after);
  }
  return [...byId.values()];
}
