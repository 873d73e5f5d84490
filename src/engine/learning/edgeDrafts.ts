import type { CanvasEntry } from "../canvas/document";
import type { EntryChange } from "../canvas/diff";
import { ownMember, type JsonValue } from "../kernel/json";
import { draft } from "./draft";
import type { EventDraft } from "./event";

/** What happened to one edge. */
export function edgeDrafts(change: EntryChange): readonly EventDraft[] {
  switch (change.kind) {
    case "added":
      return [whole("edge_created", change.after)];
    case "removed":
      return [whole("edge_removed", change.before)];
    case "changed":
      // Obsidian fills in missing sides when it opens a canvas: alone they are nobody's edit.
      return change.keys.every(isSide) ? [] : [updated(change)];
  }
}

function whole(type: "edge_created" | "edge_removed", entry: CanvasEntry): EventDraft {
  const { id, ...edge } = entry;
  return draft(type, { kind: "edge", id }, { edge });
}

function updated(change: Extract<EntryChange, { kind: "changed" }>): EventDraft {
  const { before, after } = change;
  const changes = change.keys.map((key): [string, JsonValue] => [key, [valueOf(before, key), valueOf(after, key)]]);
  return draft("edge_updated", { kind: "edge", id: change.id }, { changes: Object.fromEntries(changes) });
}

function valueOf(edge: CanvasEntry, key: string): JsonValue {
  return ownMember(edge, key) ?? null;
}

function isSide(key: string): boolean {
  return key === "fromSide" || key === "toSide";
}
