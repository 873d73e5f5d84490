import { canvasKey } from "../../../canvas/canvasPath";
import type { CanvasPatch, PatchOperation } from "../../../canvas/patch";
import type { JsonObject, JsonValue } from "../../../kernel/json";
import { levelOf, type MasteryTable } from "../../../learning/mastery";
import type { ItemContext, TaskKind } from "../../../tasks/kind";
import { colorOf } from "../../../tasks/nodes/masteryColor";
import { readMasteryItem, type MasteryItem } from "../../../tasks/nodes/nodeItems";
import { TaskFailure } from "../../../tasks/taskFailure";
import { storageAsAway } from "../storageAsAway";
import { CANVAS_DOMAIN, cancelled, canvasPathOf, readDocument, requireGoing, turnKey, writePatch, type NodeWorkParts } from "./nodeWork";

export type MasteryKindParts = Pick<NodeWorkParts, "canvasFiles" | "canvasIdOf" | "masteryTable" | "mutate" | "turns">;

const COST_MS = 100;

/** Gives cards the colour that stands for a level, in one write. Cards that have another colour of the same level keep it. */
export function masteryKind(parts: MasteryKindParts): TaskKind {
  return {
    name: "mastery",
    check: (item) => {
      const read = readMasteryItem(item);
      return read.kind === "refused" ? read.reason : null;
    },
    domainOf: () => CANVAS_DOMAIN,
    keyOf: (item) => {
      const read = readMasteryItem(item);
      return read.kind === "item" ? canvasKey(read.item.canvas) : null;
    },
    costMs: () => COST_MS,
    repeatable: true,
    run: (item, context) => storageAsAway(() => run(parts, item, context)),
  };
}

async function run(parts: MasteryKindParts, value: JsonValue, context: ItemContext): Promise<JsonValue> {
  const read = readMasteryItem(value);
  if (read.kind === "refused") throw new TaskFailure("data", "item", read.reason);
  const path = canvasPathOf(read.item.canvas);
  const keys = read.item.nodes.map((id) => turnKey(path, id));
  const done = await parts.turns.run(keys, context.signal, () => recolour(parts, path, read.item, context));
  if (done === null) throw cancelled();
  return done;
}

async function recolour(parts: MasteryKindParts, path: string, { level, nodes }: MasteryItem, { signal, task }: ItemContext): Promise<JsonObject> {
  const table = parts.masteryTable();
  const color = level === null ? null : colorOf(level, table);
  if (level !== null && color === null) throw new TaskFailure("data", "no-colour", "No colour stands for this level in the settings.");
  const wanted = new Set(nodes);
  const cards = (await readDocument(parts, path)).nodes.filter(({ id }) => wanted.has(id));
  if (cards.length === 0) throw new TaskFailure("data", "gone", `None of these cards is on ${path} any more.`);
  const patch: CanvasPatch = cards.flatMap((card): PatchOperation[] => {
    const own = typeof card["color"] === "string" ? card["color"] : null;
    return hasLevel(own, level, table) ? [] : [{ kind: "set-color", id: card.id, color }];
  });
  requireGoing(signal);
  await writePatch(parts, path, patch, task);
  return { canvas: path, canvasId: parts.canvasIdOf(path), cards: cards.length, changed: patch.length };
}

/** For no level no colour will do: another one would be another level for a later table. */
function hasLevel(color: string | null, level: MasteryItem["level"], table: MasteryTable): boolean {
  return level === null ? color === null : levelOf(color, table) === level;
}
