import { canvasKey } from "../../../canvas/canvasPath";
import type { CanvasEntry } from "../../../canvas/document";
import type { CanvasPatch } from "../../../canvas/patch";
import type { JsonObject, JsonValue } from "../../../kernel/json";
import type { ItemContext, TaskKind } from "../../../tasks/kind";
import { arrangement, covering, type Card } from "../../../tasks/nodes/arrangement";
import { readArrangeItem, type ArrangeItem } from "../../../tasks/nodes/nodeItems";
import { rectOf, type Rect } from "../../../tasks/nodes/rect";
import { TaskFailure } from "../../../tasks/taskFailure";
import { storageAsAway } from "../storageAsAway";
import { CANVAS_DOMAIN, cancelled, canvasPathOf, readDocument, requireGoing, turnKey, writePatch, type NodeWorkParts } from "./nodeWork";

export type ArrangeKindParts = Pick<NodeWorkParts, "canvasFiles" | "canvasIdOf" | "mutate" | "turns">;

const COST_MS = 200;

/** Moves cards that cover others to the nearest free place, in one write. Groups stay, and keep their cards where there is room. */
export function arrangeKind(parts: ArrangeKindParts): TaskKind {
  return {
    name: "arrange",
    check: (item) => {
      const read = readArrangeItem(item);
      return read.kind === "refused" ? read.reason : null;
    },
    domainOf: () => CANVAS_DOMAIN,
    keyOf: (item) => {
      const read = readArrangeItem(item);
      return read.kind === "item" ? canvasKey(read.item.canvas) : null;
    },
    costMs: () => COST_MS,
    repeatable: true,
    run: (item, context) => storageAsAway(() => run(parts, item, context)),
  };
}

async function run(parts: ArrangeKindParts, value: JsonValue, context: ItemContext): Promise<JsonValue> {
  const read = readArrangeItem(value);
  if (read.kind === "refused") throw new TaskFailure("data", "item", read.reason);
  const path = canvasPathOf(read.item.canvas);
  const nodes = read.item.nodes ?? covering(cardsOf((await readDocument(parts, path)).nodes)).map(({ id }) => id);
  const keys = nodes.map((id) => turnKey(path, id));
  const done = await parts.turns.run(keys, context.signal, () => arrange(parts, path, { ...read.item, nodes }, context));
  if (done === null) throw cancelled();
  return done;
}

async function arrange(parts: ArrangeKindParts, path: string, { nodes }: ArrangeItem, { signal, task }: ItemContext): Promise<JsonObject> {
  const chosen = new Set(nodes);
  const all = (await readDocument(parts, path)).nodes;
  const cards = cardsOf(all);
  const [movable, fixed] = [cards.filter(({ id }) => chosen.has(id)), cards.filter(({ id }) => !chosen.has(id))];
  const patch: CanvasPatch = arrangement(movable, fixed, groupsOf(all)).map(({ id, x, y }) => ({ kind: "update-node", id, set: { x, y } }));
  requireGoing(signal);
  await writePatch(parts, path, patch, task);
  return { canvas: path, canvasId: parts.canvasIdOf(path), cards: movable.length, changed: patch.length };
}

function cardsOf(nodes: readonly CanvasEntry[]): readonly Card[] {
  return nodes.flatMap((node) => {
    const rect = node["type"] === "group" ? null : rectOf(node);
    return rect === null ? [] : [{ ...rect, id: node.id }];
  });
}

function groupsOf(nodes: readonly CanvasEntry[]): readonly Rect[] {
  return nodes.flatMap((node) => (node["type"] === "group" ? (rectOf(node) ?? []) : []));
}
