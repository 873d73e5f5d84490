import type { CanvasEntry } from "../canvas/document";
import type { EntryChange } from "../canvas/diff";
import type { JsonValue } from "../kernel/json";
import { jsonEqual } from "../kernel/json";
import { conceptOf } from "./concept";
import { draft } from "./draft";
import type { EventDraft } from "./event";
import { levelOf, type MasteryTable } from "./mastery";
import { colorOf, dataOf, geometryOf, isGeometryKey, sameGeometry } from "./nodeFacets";

type Changed = Extract<EntryChange, { kind: "changed" }>;

/** What happened to one node, in a fixed order: its data, its place, its colour. */
export function nodeDrafts(change: EntryChange, table: MasteryTable): readonly EventDraft[] {
  switch (change.kind) {
    case "added":
      return [whole("node_created", change.after, table)];
    case "removed":
      return [whole("node_removed", change.before, table)];
    case "changed":
      return [...updated(change, table), ...moved(change), ...recolored(change, table)];
  }
}

function whole(type: "node_created" | "node_removed", entry: CanvasEntry, table: MasteryTable): EventDraft {
  const { id, ...node } = entry;
  return draft(type, { kind: "node", id }, { node, level: levelOf(colorOf(entry), table), concept: conceptOf(entry) });
}

function updated(change: Changed, table: MasteryTable): readonly EventDraft[] {
  const { id, before, after } = change;
  const changes: [string, JsonValue][] = [];
  for (const key of change.keys) {
    const pair = [dataOf(before, key), dataOf(after, key)] as const;
    if (!jsonEqual(pair[0], pair[1])) changes.push([key, pair]);
  }
  if (changes.length === 0) return [];
  const level = levelOf(colorOf(after), table);
  const data = { changes: Object.fromEntries(changes), level, concept: conceptOf(after) };
  return [draft("node_updated", { kind: "node", id }, data)];
}

function moved(change: Changed): readonly EventDraft[] {
  if (!change.keys.some(isGeometryKey)) return [];
  const from = geometryOf(change.before);
  const to = geometryOf(change.after);
  return sameGeometry(from, to) ? [] : [draft("node_moved", { kind: "node", id: change.id }, { from, to })];
}

function recolored(change: Changed, table: MasteryTable): readonly EventDraft[] {
  const oldColor = colorOf(change.before);
  const newColor = colorOf(change.after);
  if (oldColor === newColor) return [];
  const subject = { kind: "node", id: change.id } as const;
  const oldLevel = levelOf(oldColor, table);
  const concept = conceptOf(change.after);
  if (newColor === null) return [draft("color_removed", subject, { oldColor, oldLevel, concept })];
  const newLevel = levelOf(newColor, table);
  return [draft("color_changed", subject, { oldColor, newColor, oldLevel, newLevel, concept })];
}
