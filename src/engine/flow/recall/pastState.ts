import type { CanvasEntry } from "../../canvas/document";
import { emptyContents, foldContents, type CanvasContents } from "../../graph/canvasContents";
import { blankHead, foldHead, headPath, isLiveCanvas, type CanvasHead } from "../../graph/canvasHead";
import { isThere } from "../../graph/dataState";
import { nodeEntry, type NodeState } from "../../graph/nodeState";
import type { LearningEvent } from "../../learning/event";
import type { PastNode, PastState } from "./recall";
import { shortText } from "./timelineEntry";

const TEXT_LIMIT = 500;

/** A canvas as its events up to a moment leave it. They may come in any order. */
export class PastCanvas {
  private head: CanvasHead;
  private readonly contents: CanvasContents = emptyContents();

  constructor(id: string) {
    this.head = blankHead(id);
  }

  take(event: LearningEvent): void {
    this.head = foldHead(this.head, event);
    foldContents(this.contents, event);
  }

  /** Null where no event of that time is known. `node`: only this one. */
  state(node: string | null, limit: number): PastState | null {
    const { contents, head } = this;
    if (head.seen.clock === "") return null;
    if (!isLiveCanvas(head)) return { kind: "removed" };
    if (node === null) return { kind: "there", path: headPath(head), nodes: firstNodes(contents, limit), total: contents.tally.nodes, edges: contents.tally.edges };
    const state = contents.nodes.get(node);
    if (state === undefined || state.created === "") return null;
    if (!isThere(state)) return { kind: "removed" };
    return { kind: "there", path: headPath(head), nodes: [pastNode(node, state)], total: 1, edges: 0 };
  }
}

function firstNodes({ nodes }: CanvasContents, limit: number): readonly PastNode[] {
  const live = [...nodes].filter(([, state]) => isThere(state));
  live.sort(([idA, a], [idB, b]) => (a.created === b.created ? (idA < idB ? -1 : 1) : a.created < b.created ? -1 : 1));
  return live.slice(0, limit).map(([id, state]) => pastNode(id, state));
}

function pastNode(id: string, state: NodeState): PastNode {
  const entry = nodeEntry(id, state);
  const { color = null, level = null } = state.coloring?.value ?? {};
  return { id, type: textOf(entry, "type"), text: shownText(entry), color, level: state.facts.mastery?.value ?? level, score: state.facts.score?.value ?? null };
}

function shownText(entry: CanvasEntry): string {
  const said = ["text", "file", "url", "label"].map((key) => textOf(entry, key)).find((text) => text !== null);
  return shortText(said ?? "", TEXT_LIMIT);
}

function textOf(entry: CanvasEntry, key: string): string | null {
  const value = entry[key];
  return typeof value === "string" ? value : null;
}
