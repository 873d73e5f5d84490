import { canvasKey } from "../../../canvas/canvasPath";
import type { JsonValue } from "../../../kernel/json";
import { explainValue, readArrangeItem, readExplainItem, readMasteryItem, readSummariseItem } from "../../../tasks/nodes/nodeItems";
import type { NodeAction } from "../../../tasks/nodes/nodeTasks";
import { turnKey, type NodeWorkParts } from "./nodeWork";

type Defaults = Pick<NodeWorkParts, "canvasIdOf" | "host">;

/**
 * The items with what the settings say now, and the canvas's id: a task that waits does not change with the settings, and
 * follows its canvas. What is no item stays as it is, and is refused with its reason when the task is made.
 */
export function completeItems({ canvasIdOf, host }: Defaults, action: NodeAction, items: readonly JsonValue[]): readonly JsonValue[] {
  const settings = host.settings();
  return items.map((value) => {
    if (action === "explain") {
      const read = readExplainItem(value);
      if (read.kind === "refused") return value;
      const { canvas, canvasId, generator, style, target } = read.item;
      return explainValue({ canvas, target, style: style ?? settings.style, generator: generator ?? settings.generator, canvasId: canvasId ?? canvasIdOf(canvas) });
    }
    if (action !== "summarise") return value;
    const read = readSummariseItem(value);
    return read.kind === "refused" ? value : { canvas: read.item.canvas, generator: read.item.generator ?? settings.generator };
  });
}

/** The cards and connections that an item is about, as keys of turns; none for what only reads, or chooses when it runs. */
export function turnsOf(action: NodeAction, value: JsonValue): readonly string[] {
  if (action === "explain") {
    const read = readExplainItem(value);
    return read.kind === "item" ? [turnKey(read.item.canvas, read.item.target.id)] : [];
  }
  const read = action === "mastery" ? readMasteryItem(value) : action === "arrange" ? readArrangeItem(value) : null;
  if (read === null || read.kind === "refused") return [];
  const { canvas, nodes } = read.item;
  return (nodes ?? []).map((id) => turnKey(canvas, id));
}

/** What makes two tasks the same, wherever they were begun. The canvas's id does not count: it may be given meanwhile. */
export function sameKey(action: NodeAction, items: readonly JsonValue[]): string {
  const parts = items.map((value) => {
    const explain = action === "explain" ? readExplainItem(value) : null;
    if (explain?.kind !== "item") return value;
    const { canvas, generator, style, target } = explain.item;
    return [canvasKey(canvas), target.kind, target.id, style, generator];
  });
  return `${action}:${JSON.stringify(parts)}`;
}
