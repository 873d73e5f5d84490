import type { CanvasDiff } from "../canvas/diff";
import { edgeDrafts } from "./edgeDrafts";
import type { EventDraft } from "./event";
import type { MasteryTable } from "./mastery";
import { nodeDrafts } from "./nodeDrafts";

/**
 * The events of one save, in the order of the diff: nodes in file order, removed nodes, then edges alike.
 * A change that no event tells (a move below half a unit, sides of an edge that Obsidian fills in) gives none.
 */
export function canvasDrafts(diff: CanvasDiff, table: MasteryTable): readonly EventDraft[] {
  const drafts: EventDraft[] = [];
  for (const change of diff.nodes) drafts.push(...nodeDrafts(change, table));
  for (const change of diff.edges) drafts.push(...edgeDrafts(change));
  return drafts;
}
