import type { EntryChange } from "../../../src/engine/canvas/diff";
import type { CanvasEntry } from "../../../src/engine/canvas/document";
import { jsonEqual, type JsonObject } from "../../../src/engine/kernel/json";

/** An entry with the id `a`. */
export function entry(keys: JsonObject): CanvasEntry {
  return { id: "a", ...keys };
}

export function added(after: JsonObject): EntryChange {
  return { kind: "added", id: "a", after: entry(after) };
}

export function removed(before: JsonObject): EntryChange {
  return { kind: "removed", id: "a", before: entry(before) };
}

/** The change between two versions of an entry, with the keys that differ. */
export function changed(before: JsonObject, after: JsonObject): EntryChange {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => !jsonEqual(own(before, key), own(after, key)),
  );
  return { kind: "changed", id: "a", before: entry(before), after: entry(after), keys };
}

function own(object: JsonObject, key: string): JsonObject[string] {
  return Object.hasOwn(object, key) ? (object[key] ?? null) : null;
}
