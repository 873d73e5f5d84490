import type { CanvasRef, LearningEvent } from "../learning/event";
import type { CanvasContents } from "./canvasContents";
import { canvasRow } from "./canvasRow";
import { edgeEnds, edgeRow } from "./edgeRow";
import { eventRow, type About } from "./eventRow";
import type { GraphState } from "./fold";
import { nodeRow } from "./nodeRow";
import type { CanvasRow, ConceptRow, EdgeRow, EventRow, NodeRow, NoteRow, StoreBatch } from "./rows";
import { conceptRow, noteRow } from "./subjectRows";
import type { Uids } from "./uids";

/**
 * Gathers the whole rows of everything that events touch, as the graph has them now: each entity once, each event once.
 * A node brings its canvas, an edge its canvas and those of its ends that the graph knows.
 */
export class RowCollector {
  private readonly canvases = new Map<string, CanvasRow>();
  private readonly nodes = new Map<string, NodeRow>();
  private readonly edges = new Map<string, EdgeRow>();
  private readonly notes = new Map<string, NoteRow>();
  private readonly concepts = new Map<string, ConceptRow>();
  private readonly events = new Map<string, EventRow>();

  constructor(
    private readonly vault: string,
    private readonly uids: Uids,
    private readonly graph: GraphState,
  ) {}

  /** The contents of the event's canvas must be in the graph when it is about a node or an edge. */
  add(event: LearningEvent): void {
    const row = eventRow(event, this.touch(event));
    const known = this.events.get(row.id);
    // Two devices that saw one save journal it under one id: the earlier telling stands, whatever the order.
    if (known === undefined || row.hlc < known.hlc) this.events.set(row.id, row);
  }

  batch(): StoreBatch {
    return {
      vault: this.vault,
      canvases: sortedBy(this.canvases, (row) => row.uid),
      nodes: sortedBy(this.nodes, (row) => row.uid),
      edges: sortedBy(this.edges, (row) => row.uid),
      notes: sortedBy(this.notes, (row) => row.uid),
      concepts: sortedBy(this.concepts, (row) => row.uid),
      events: sortedBy(this.events, (row) => `${row.hlc} ${row.id}`),
    };
  }

  private touch(event: LearningEvent): About {
    const { kind, id } = event.subject;
    if (kind === "concept") return this.touchConcept(id);
    if (kind === "note") return this.touchNote(id);
    const canvas = canvasOf(event);
    const about = this.touchCanvas(canvas);
    const contents = this.graph.contents.get(canvas.id) ?? null;
    if (kind === "node") return this.touchNode(canvas, contents, id);
    if (kind === "edge") this.touchEdge(canvas, contents, id);
    return about;
  }

  private touchCanvas(canvas: CanvasRef): About {
    const head = this.graph.canvases.get(canvas.id)?.head ?? null;
    if (!this.canvases.has(canvas.id)) this.canvases.set(canvas.id, canvasRow(this.vault, canvas, head));
    return { about: canvas.id, aboutKind: "canvas" };
  }

  private touchNode(canvas: CanvasRef, contents: CanvasContents | null, id: string): About {
    const uid = this.uids.node(canvas.id, id);
    if (!this.nodes.has(uid))
      this.nodes.set(uid, nodeRow(this.vault, this.uids, canvas, id, contents?.nodes.get(id) ?? null));
    return { about: uid, aboutKind: "node" };
  }

  private touchEdge(canvas: CanvasRef, contents: CanvasContents | null, id: string): void {
    const state = contents?.edges.get(id);
    if (state === undefined) return;
    const row = edgeRow(this.vault, this.uids, canvas, id, state);
    this.edges.set(row.uid, row);
    for (const end of edgeEnds(state)) if (contents?.nodes.has(end)) this.touchNode(canvas, contents, end);
  }

  private touchNote(path: string): About {
    const row = noteRow(this.vault, this.uids, path, this.graph.notes.get(path) ?? null);
    this.notes.set(row.uid, row);
    return { about: row.uid, aboutKind: "note" };
  }

  private touchConcept(name: string): About {
    const row = conceptRow(this.vault, this.uids, name, this.graph.concepts.get(name) ?? null);
    this.concepts.set(row.uid, row);
    return { about: row.uid, aboutKind: "concept" };
  }
}

/** Something on a canvas that names no canvas (a damaged event) is kept on one that stands for the whole vault. */
function canvasOf(event: LearningEvent): CanvasRef {
  if (event.canvas !== null) return event.canvas;
  return { id: event.subject.kind === "canvas" ? event.subject.id : event.vault, path: "" };
}

function sortedBy<Row>(rows: ReadonlyMap<string, Row>, key: (row: Row) => string): readonly Row[] {
  const keyed = [...rows.values()].map((row) => ({ key: key(row), row }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ row }) => row);
}
