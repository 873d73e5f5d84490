import type { GraphView } from "./differences";
import type { StoredKind, StoredRow } from "./storedRows";

/** A store's row of which nothing is known here. */
export interface UnknownRow {
  readonly kind: StoredKind;
  readonly row: StoredRow;
}

type Known = Pick<GraphView, "canvases" | "notes" | "concepts" | "contents">;

/**
 * Those rows of a page that the graph, or for events the journal, knows nothing of. A row with an empty clock is none:
 * an event that speaks of something which no canvas has leaves such a row behind.
 */
export async function unknownRows(
  kind: StoredKind,
  rows: readonly StoredRow[],
  graph: Known,
  hasEvent: (id: string) => boolean,
): Promise<readonly UnknownRow[]> {
  const unknown: UnknownRow[] = [];
  for (const [canvas, group] of byCanvas(rows)) {
    const isKnown = kind === "node" || kind === "edge" ? await entriesOf(kind, canvas, graph) : subjectsOf(kind, graph, hasEvent);
    for (const row of group) if (row.clock !== "" && !isKnown(row)) unknown.push({ kind, row });
  }
  return unknown;
}

/** Pages come by key, so the rows of one canvas lie together and its contents are read once. */
function byCanvas(rows: readonly StoredRow[]): ReadonlyMap<string | null, readonly StoredRow[]> {
  const groups = new Map<string | null, StoredRow[]>();
  for (const row of rows) {
    const group = groups.get(row.canvas);
    if (group === undefined) groups.set(row.canvas, [row]);
    else group.push(row);
  }
  return groups;
}

async function entriesOf(kind: "node" | "edge", canvas: string | null, graph: Known): Promise<(row: StoredRow) => boolean> {
  if (canvas === null || !graph.canvases.has(canvas)) return () => false;
  const { edges, nodes } = await graph.contents(canvas);
  return kind === "node" ? (row) => nodes.has(row.name) : (row) => edges.has(row.name);
}

function subjectsOf(kind: "canvas" | "note" | "concept" | "event", graph: Known, hasEvent: (id: string) => boolean): (row: StoredRow) => boolean {
  switch (kind) {
    case "canvas":
      return (row) => graph.canvases.has(row.key);
    case "note":
      return (row) => graph.notes.has(row.name);
    case "concept":
      return (row) => graph.concepts.has(row.name);
    case "event":
      return (row) => hasEvent(row.key);
  }
}
