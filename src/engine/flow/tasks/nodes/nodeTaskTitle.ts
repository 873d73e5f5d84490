import type { CanvasDocument } from "../../../canvas/document";
import type { JsonValue } from "../../../kernel/json";
import { explainStyles } from "../../../tasks/nodes/explainStyles";
import { readArrangeItem, readExplainItem, readMasteryItem, readSummariseItem, type NodeTarget } from "../../../tasks/nodes/nodeItems";
import type { NodeAction } from "../../../tasks/nodes/nodeTasks";
import { titleOf } from "./nodeTextOf";

/** Characters of a card in a title. */
const LIMIT = 40;

const levelNames = { not_understood: "not understood", learning: "learning", understood: "understood", mastered: "mastered" } as const;

/** What a task does, in one line for people. `document` is the canvas of the first item, where it can be read. */
export function nodeTaskTitle(action: NodeAction, items: readonly JsonValue[], document: CanvasDocument | null): string {
  const [first] = items;
  if (first === undefined) return action;
  switch (action) {
    case "explain": {
      const read = readExplainItem(first);
      if (read.kind === "refused") return "Explain";
      const { canvas, style, target } = read.item;
      const how = style === null ? "" : ` (${explainStyles[style].name})`;
      return items.length === 1 ? `Explain${how}: ${targetTitle(target, document) ?? canvas}` : `Explain${how}: ${items.length} cards of ${canvas}`;
    }
    case "mastery": {
      const read = readMasteryItem(first);
      if (read.kind === "refused") return "Set mastery";
      const { canvas, level, nodes } = read.item;
      return `Set mastery to ${level === null ? "none" : levelNames[level]}: ${cardsTitle(nodes, document, canvas)}`;
    }
    case "arrange": {
      const read = readArrangeItem(first);
      if (read.kind === "refused") return "Arrange";
      const { canvas, nodes } = read.item;
      return `Arrange: ${nodes === null ? canvas : cardsTitle(nodes, document, canvas)}`;
    }
    case "summarise": {
      const read = readSummariseItem(first);
      return read.kind === "refused" ? "Summarise" : `Summarise: ${read.item.canvas}`;
    }
  }
}

function cardsTitle(nodes: readonly string[], document: CanvasDocument | null, canvas: string): string {
  const [only] = nodes;
  if (nodes.length > 1 || only === undefined) return `${nodes.length} cards of ${canvas}`;
  return targetTitle({ kind: "node", id: only }, document) ?? canvas;
}

function targetTitle({ id, kind }: NodeTarget, document: CanvasDocument | null): string | null {
  const entry = document?.[kind === "node" ? "nodes" : "edges"].find((one) => one.id === id);
  if (entry === undefined || document === null) return null;
  if (kind === "node") return short(titleOf(entry));
  const [from, to] = [entry["fromNode"], entry["toNode"]].map((end) => document.nodes.find((node) => node.id === end));
  return from === undefined || to === undefined ? null : `${short(titleOf(from))} and ${short(titleOf(to))}`;
}

function short(text: string): string {
  const points = [...text];
  return points.length <= LIMIT ? text : `${points.slice(0, LIMIT - 1).join("")}…`;
}
