import type { CanvasRef } from "../learning/event";
import { dataClocks, isThere } from "./dataState";
import type { EdgeState } from "./edgeState";
import { splitColumns } from "./entryColumns";
import { member } from "./eventData";
import { rowClock } from "./rowClock";
import type { EdgeRow } from "./rows";
import type { Uids } from "./uids";

const columns = ["fromNode", "toNode", "fromSide", "toSide", "label", "color"] as const;

/** The whole row of an edge. An end that its file does not name is the node with an empty id. */
export function edgeRow(vault: string, uids: Uids, canvas: CanvasRef, id: string, state: EdgeState): EdgeRow {
  const { named, extra } = splitColumns(state.data, columns);
  const [from, to] = edgeEnds(state);
  return {
    uid: uids.edge(canvas.id, id),
    vault,
    canvas: canvas.id,
    id,
    from: uids.node(canvas.id, from),
    to: uids.node(canvas.id, to),
    fromSide: named.fromSide,
    toSide: named.toSide,
    label: named.label,
    color: named.color,
    extra,
    deleted: !isThere(state),
    hlc: rowClock(dataClocks(state)),
  };
}

/** The ids of the nodes that an edge joins; empty where there is none. */
export function edgeEnds(state: EdgeState): readonly [string, string] {
  return [endId(state, "fromNode"), endId(state, "toNode")];
}

function endId(state: EdgeState, key: string): string {
  const id = member(state.data, key);
  return typeof id === "string" ? id : "";
}
