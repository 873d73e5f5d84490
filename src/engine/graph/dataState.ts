import type { JsonObject, JsonValue } from "../kernel/json";
import { outranks } from "./cell";
import { member } from "./eventData";

/**
 * The keys of one node or edge as a fold of its events, and whether it is there.
 * A creation sets every key at its clock. An update carries only what it changed, so each key updated after the
 * creation has a clock of its own: with one clock for all, an update that arrives late would be lost.
 */
export interface DataState {
  /** Clock of the latest creation; empty when none is known. */
  readonly created: string;
  /** Clock of a removal that no later creation takes back; empty when there is none. */
  readonly removed: string;
  readonly data: JsonObject;
  /** Clocks of the keys that were set or taken away after the creation. */
  readonly later: ReadonlyMap<string, string>;
}

/** Changed keys with their new values; undefined takes a key away. */
export type KeyChanges = ReadonlyMap<string, JsonValue | undefined>;

export const blankData: DataState = { created: "", removed: "", data: {}, later: new Map() };

export function isThere(state: DataState): boolean {
  return state.created !== "" && state.removed === "";
}

/** The clocks of everything that a state says. */
export function dataClocks(state: DataState): readonly string[] {
  return [state.created, state.removed, ...state.later.values()];
}

export function createData<S extends DataState>(state: S, clock: string, data: JsonObject): S {
  if (clock < state.created) return state;
  if (clock === state.created) return sameMoment(state, data);
  const later = state.later.size === 0 ? state.later : new Map([...state.later].filter(([, at]) => at > clock));
  const removed = state.removed >= clock ? state.removed : "";
  return {
    ...state,
    created: clock,
    removed,
    later,
    data: later.size === 0 ? data : overlaid(data, state.data, later),
  };
}

export function updateData<S extends DataState>(state: S, clock: string, changes: KeyChanges): S {
  const winners = [...changes].filter(([key, value]) => updateWins(state, clock, key, value));
  if (winners.length === 0) return state;
  const later = new Map(state.later);
  for (const [key] of winners) later.set(key, clock);
  return { ...state, later, data: withChanges(state.data, new Map(winners)) };
}

export function removeData<S extends DataState>(state: S, clock: string): S {
  return clock < state.created || clock <= state.removed ? state : { ...state, removed: clock };
}

function updateWins(state: DataState, clock: string, key: string, value: JsonValue | undefined): boolean {
  const at = state.later.get(key);
  if (at === undefined) return clock > state.created;
  return clock > at || (clock === at && outranks(value, member(state.data, key)));
}

/** New keys below those that were changed later still. */
function overlaid(data: JsonObject, known: JsonObject, later: ReadonlyMap<string, string>): JsonObject {
  return withChanges(data, new Map([...later.keys()].map((key) => [key, member(known, key)])));
}

/** A second creation at the clock of the first: nearly always the same event again. */
function sameMoment<S extends DataState>(state: S, data: JsonObject): S {
  const keys = [...new Set([...Object.keys(state.data), ...Object.keys(data)])].filter((key) => !state.later.has(key));
  const winners = keys.filter((key) => outranks(member(data, key), member(state.data, key)));
  if (winners.length === 0) return state;
  return { ...state, data: withChanges(state.data, new Map(winners.map((key) => [key, member(data, key)]))) };
}

// Object.fromEntries makes own members of whatever the key is; assignment to `__proto__` would not.
function withChanges(data: JsonObject, changes: KeyChanges): JsonObject {
  const kept = Object.entries(data).filter(([key]) => !changes.has(key));
  const set = [...changes].filter((change): change is [string, JsonValue] => change[1] !== undefined);
  return Object.fromEntries([...kept, ...set]);
}
