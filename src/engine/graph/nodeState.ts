import type { CanvasEntry } from "../canvas/document";
import type { JsonObject, JsonValue } from "../kernel/json";
import type { LearningEvent } from "../learning/event";
import { laterCell, type Cell } from "./cell";
import { blankData, createData, dataClocks, removeData, updateData, type DataState } from "./dataState";
import { isFiniteNumber, member, objectMember, textOrNull } from "./eventData";
import { keyChanges } from "./keyChanges";
import { foldFacts, noLearningFacts, type LearningFacts } from "./learningFacts";

export type Geometry = {
  readonly x: number | null;
  readonly y: number | null;
  readonly width: number | null;
  readonly height: number | null;
};

export type Coloring = { readonly color: string | null; readonly level: string | null };

/**
 * A node as a fold of its events. What changes on its own has its own clock: each key of its data, colour (and the
 * level it means), geometry, existence and each kind of learning fact.
 */
export interface NodeState extends DataState {
  readonly coloring: Cell<Coloring> | null;
  /** Raw numbers of the file where it was created, rounded ones after a move. */
  readonly geometry: Cell<Geometry> | null;
  readonly concept: Cell<string | null> | null;
  readonly facts: LearningFacts;
}

export const blankNode: NodeState = { ...blankData, coloring: null, geometry: null, concept: null, facts: noLearningFacts };

/** The very same state when the event changes nothing. Any order of the same events ends in the same state. */
export function foldNode(state: NodeState, event: LearningEvent): NodeState {
  const { hlc, data } = event;
  switch (event.type) {
    case "node_created": {
      const node = objectMember(data, "node");
      return node === null ? state : created(state, hlc, node, data);
    }
    case "node_updated": {
      const updated = updateData(state, hlc, keyChanges(data));
      return withCells(updated, { concept: said(updated.concept, hlc, textOrNull(data, "concept")) });
    }
    case "node_moved": {
      const to = objectMember(data, "to");
      return to === null ? state : withCells(state, { geometry: laterCell(state.geometry, hlc, geometryOf(to)) });
    }
    case "color_changed":
      return recolored(state, hlc, textOrNull(data, "newColor") ?? null, textOrNull(data, "newLevel") ?? null);
    case "color_removed":
      return recolored(state, hlc, null, null);
    case "node_removed":
      return removeData(state, hlc);
    default:
      return withCells(state, { facts: foldFacts(state.facts, event) });
  }
}

/** The node as its file has it, as far as the graph knows: whole, but a moved one has whole numbers. */
export function nodeEntry(id: string, { data, geometry, coloring }: NodeState): CanvasEntry {
  const color = coloring?.value.color ?? null;
  const colored = color === null ? undefined : { color };
  return { id, ...data, ...placed(geometry?.value ?? null), ...colored };
}

function placed(geometry: Geometry | null): JsonObject | null {
  if (geometry === null || !Object.values(geometry).includes(null)) return geometry;
  return Object.fromEntries(Object.entries(geometry).filter(([, value]) => value !== null));
}

export function nodeClocks(state: NodeState): readonly string[] {
  const { coloring, geometry, concept, facts } = state;
  const cells = [coloring, geometry, concept, facts.score, facts.review];
  return [...dataClocks(state), ...cells.flatMap((cell) => (cell === null ? [] : [cell.clock]))];
}

function created(state: NodeState, hlc: string, node: JsonObject, data: unknown): NodeState {
  const color = member(node, "color");
  const coloring = { color: typeof color === "string" ? color : null, level: textOrNull(data, "level") ?? null };
  return withCells(createData(state, hlc, plainData(node)), {
    coloring: laterCell(state.coloring, hlc, coloring),
    geometry: laterCell(state.geometry, hlc, geometryOf(node)),
    concept: laterCell(state.concept, hlc, textOrNull(data, "concept") ?? null),
  });
}

function recolored(state: NodeState, hlc: string, color: string | null, level: string | null): NodeState {
  return withCells(state, { coloring: laterCell(state.coloring, hlc, { color, level }) });
}

function said(
  known: Cell<string | null> | null,
  hlc: string,
  value: string | null | undefined,
): Cell<string | null> | null {
  return value === undefined ? known : laterCell(known, hlc, value);
}

function withCells(state: NodeState, cells: Partial<Omit<NodeState, keyof DataState>>): NodeState {
  const next = { ...state, ...cells };
  const same =
    next.coloring === state.coloring &&
    next.geometry === state.geometry &&
    next.concept === state.concept &&
    next.facts === state.facts;
  return same ? state : next;
}

function geometryOf(values: JsonObject): Geometry {
  return {
    x: coordinate(values, "x"),
    y: coordinate(values, "y"),
    width: coordinate(values, "width"),
    height: coordinate(values, "height"),
  };
}

function coordinate(values: JsonObject, key: string): number | null {
  const value = member(values, key);
  return isFiniteNumber(value) ? value : null;
}

/**
 * A node's keys without the ones that have cells of their own. A colour that is no text and a place that is no number
 * are data like any other.
 */
function plainData(node: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(node).filter(isPlainData));
}

function isPlainData([key, value]: [string, JsonValue]): boolean {
  if (key === "id") return false;
  if (key === "color") return typeof value !== "string" && value !== null;
  if (key === "x" || key === "y" || key === "width" || key === "height")
    return typeof value !== "number" && value !== null;
  return true;
}
