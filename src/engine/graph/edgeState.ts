import type { CanvasEntry } from "../canvas/document";
import type { LearningEvent } from "../learning/event";
import { blankData, createData, removeData, updateData, type DataState } from "./dataState";
import { objectMember } from "./eventData";
import { keyChanges } from "./keyChanges";

/** An edge as a fold of its events: all its keys are plain data. */
export type EdgeState = DataState;

export const blankEdge: EdgeState = blankData;

/** The very same state when the event changes nothing. Any order of the same events ends in the same state. */
export function foldEdge(state: EdgeState, event: LearningEvent): EdgeState {
  switch (event.type) {
    case "edge_created": {
      const edge = objectMember(event.data, "edge");
      if (edge === null) return state;
      return createData(state, event.hlc, Object.fromEntries(Object.entries(edge).filter(([key]) => key !== "id")));
    }
    case "edge_updated":
      return updateData(state, event.hlc, keyChanges(event.data));
    case "edge_removed":
      return removeData(state, event.hlc);
    default:
      return state;
  }
}

export function edgeEntry(id: string, state: EdgeState): CanvasEntry {
  return { id, ...state.data };
}
