import type { CanvasSummary } from "../../graph/canvasSummary";
import type { LearningColumns } from "../../graph/rows";
import { ownMember } from "../../kernel/json";
import { cellOf, type Cell } from "./cell";
import type { ExportedEdge, ExportedNode, ExportedSubject } from "./graphRows";
import { isoText } from "./isoText";
import type { Table } from "./table";

const nodeKeys = ["id", "type", "text", "file", "url", "label", "color", "x", "y", "width", "height"] as const;
const edgeKeys = ["id", "fromNode", "toNode", "fromSide", "toSide", "label", "color"] as const;
const learningNames = ["score", "rating", "due", "interval", "ease"] as const;

export const canvasTable: Table<CanvasSummary> = {
  columns: ["path", "id", "nodes", "edges", "levels", "changedAt"],
  cells: ({ path, id, nodes, edges, levels, changedAt }) => [path, id, nodes, edges, JSON.stringify(levels), isoText(changedAt)],
};

/** Of a node's own keys those that the canvas format names. */
export const nodeTable: Table<ExportedNode> = {
  columns: ["canvasPath", "canvas", ...nodeKeys, "level", "concept", ...learningNames],
  cells(row) {
    const own = nodeKeys.map((key) => cellOf(ownMember(row.node, key)));
    return [row.canvasPath, row.canvas, ...own, row.level, row.concept, ...learningCells(row)];
  },
};

export const edgeTable: Table<ExportedEdge> = {
  columns: ["canvasPath", "canvas", ...edgeKeys],
  cells: ({ canvasPath, canvas, edge }) => [canvasPath, canvas, ...edgeKeys.map((key) => cellOf(ownMember(edge, key)))],
};

export const noteTable = subjectTable("path");
export const conceptTable = subjectTable("name");

function subjectTable(idName: string): Table<ExportedSubject> {
  return {
    columns: [idName, "mastery", ...learningNames, "changedAt"],
    cells: (row) => [row.id, row.mastery, ...learningCells(row), isoText(row.changedAt)],
  };
}

function learningCells(row: LearningColumns): readonly Cell[] {
  return learningNames.map((name) => row[name]);
}
