import type { CanvasRef } from "../learning/event";
import { isThere } from "./dataState";
import { splitColumns } from "./entryColumns";
import { learningColumns } from "./learningValues";
import { blankNode, nodeClocks, type NodeState } from "./nodeState";
import { rowClock } from "./rowClock";
import type { NodeRow } from "./rows";
import type { Uids } from "./uids";

const columns = ["type", "text", "file", "url", "label"] as const;

/** The whole row of a node. One that the graph does not know yet is a deleted one with an empty clock. */
export function nodeRow(vault: string, uids: Uids, canvas: CanvasRef, id: string, known: NodeState | null): NodeRow {
  const state = known ?? blankNode;
  const { named, extra } = splitColumns(state.data, columns);
  return {
    uid: uids.node(canvas.id, id),
    vault,
    canvas: canvas.id,
    id,
    type: named.type ?? "",
    text: named.text,
    file: named.file,
    url: named.url,
    label: named.label,
    color: state.coloring?.value.color ?? null,
    level: state.coloring?.value.level ?? null,
    concept: state.concept?.value ?? null,
    x: state.geometry?.value.x ?? null,
    y: state.geometry?.value.y ?? null,
    width: state.geometry?.value.width ?? null,
    height: state.geometry?.value.height ?? null,
    ...learningColumns(state.facts),
    extra,
    deleted: !isThere(state),
    hlc: rowClock(nodeClocks(state)),
  };
}
