import type { JsonObject, JsonValue } from "../kernel/json";
import { changedKeys, valueOf } from "./changedKeys";
import type { EntryChange } from "./diff";
import type { CanvasEntry } from "./document";
import { isEntry } from "./parseCanvas";

/** What a patch asks of one list of a file. Indices count in the file's list, skipped entries included. */
export interface ListPlan {
  readonly removed: ReadonlySet<number>;
  /** Keys to set by index (null: take away); only keys whose value really changes. */
  readonly updated: ReadonlyMap<number, ReadonlyMap<string, JsonValue>>;
  readonly added: readonly CanvasEntry[];
}

/** True when nothing is to be done. */
export function isIdle(plan: ListPlan): boolean {
  return plan.removed.size === 0 && plan.updated.size === 0 && plan.added.length === 0;
}

/**
 * A list of a file while the operations of a patch run over it. The list itself stays as it is.
 * Of entries that share an id the last one counts: it is the one to read and to update, and all go when it is removed.
 */
export class ListDraft {
  private readonly indexOf = new Map<string, number>();
  private readonly gone = new Set<string>();
  private readonly now = new Map<string, CanvasEntry>();
  private readonly added = new Map<string, CanvasEntry>();

  constructor(private readonly list: readonly JsonValue[]) {
    for (const [index, value] of list.entries()) if (isEntry(value)) this.indexOf.set(value.id, index);
  }

  get(id: string): CanvasEntry | undefined {
    const changed = this.added.get(id) ?? this.now.get(id);
    return changed ?? (this.gone.has(id) ? undefined : this.original(id));
  }

  /** Entries as they are now, in no particular order. */
  *entries(): Iterable<CanvasEntry> {
    for (const id of this.indexOf.keys()) {
      const entry = this.added.has(id) ? undefined : this.get(id);
      if (entry !== undefined) yield entry;
    }
    yield* this.added.values();
  }

  add(entry: CanvasEntry): void {
    this.added.set(entry.id, entry);
  }

  update(entry: CanvasEntry, set: JsonObject): void {
    const kept = Object.entries(entry).filter(([key]) => !Object.hasOwn(set, key));
    const wanted = Object.entries(set).filter(([, value]) => value !== null);
    const next = { ...Object.fromEntries([...kept, ...wanted]), id: entry.id };
    (this.added.has(entry.id) ? this.added : this.now).set(entry.id, next);
  }

  remove(id: string): void {
    this.added.delete(id);
    this.now.delete(id);
    if (this.indexOf.has(id)) this.gone.add(id);
  }

  plan(): ListPlan {
    const updated = [...this.now].flatMap(([id, entry]): [number, ReadonlyMap<string, JsonValue>][] => {
      const index = this.indexOf.get(id);
      const before = this.original(id);
      if (index === undefined || before === undefined) return [];
      const changes = differences(before, entry);
      return changes.size === 0 ? [] : [[index, changes]];
    });
    return { removed: this.removedIndices(), updated: new Map(updated), added: [...this.added.values()] };
  }

  private removedIndices(): ReadonlySet<number> {
    if (this.gone.size === 0) return new Set();
    return new Set(this.list.flatMap((value, index) => (isEntry(value) && this.gone.has(value.id) ? [index] : [])));
  }

  private original(id: string): CanvasEntry | undefined {
    const value = this.list[this.indexOf.get(id) ?? -1];
    return value !== undefined && isEntry(value) ? value : undefined;
  }
}

function differences(before: JsonObject, after: JsonObject): ReadonlyMap<string, JsonValue> {
  return new Map((changedKeys(before, after) ?? []).map((key) => [key, valueOf(after, key)]));
}

/** The list as it must be read from the new text. */
export function applyListPlan(list: readonly JsonValue[], plan: ListPlan): readonly JsonValue[] {
  const changed = [...list];
  for (const [index, changes] of plan.updated) changed[index] = withChanges(list[index] as JsonObject, changes);
  const kept = plan.removed.size === 0 ? changed : changed.filter((_, index) => !plan.removed.has(index));
  return [...kept, ...plan.added];
}

/** What a plan does, by id: in the order of the file, additions last. Of entries that share an id the last one counts. */
export function planDiff(list: readonly JsonValue[], plan: ListPlan): readonly EntryChange[] {
  const changed = [...plan.updated].flatMap(([index, changes]): EntryChange[] => {
    const before = list[index];
    if (before === undefined || !isEntry(before)) return [];
    const after = { ...withChanges(before, changes), id: before.id };
    return [{ kind: "changed", id: before.id, before, after, keys: [...changes.keys()] }];
  });
  const gone = new Map<string, CanvasEntry>();
  for (const index of plan.removed) {
    const before = list[index];
    if (before !== undefined && isEntry(before)) gone.set(before.id, before);
  }
  const again = new Map(plan.added.map((entry) => [entry.id, entry]));
  const removed = [...gone].flatMap(([id, before]): EntryChange[] => (again.has(id) ? [] : [{ kind: "removed", id, before }]));
  const added = plan.added.flatMap((after): EntryChange[] => {
    const before = gone.get(after.id);
    if (before === undefined) return [{ kind: "added", id: after.id, after }];
    const keys = changedKeys(before, after);
    return keys === null ? [] : [{ kind: "changed", id: after.id, before, after, keys }];
  });
  return [...changed, ...removed, ...added];
}

function withChanges(entry: JsonObject, changes: ReadonlyMap<string, JsonValue>): JsonObject {
  const kept = Object.entries(entry).filter(([key]) => !changes.has(key));
  return Object.fromEntries([...kept, ...[...changes].filter(([, value]) => value !== null)]);
}
