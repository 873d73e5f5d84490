import type { CanvasDocument } from "../canvas/document";
import type { Clock } from "../kernel/clock";
import type { Logger } from "../kernel/logger";
import { createSerial } from "../kernel/serial";
import type { LearningEvent } from "../learning/event";
import { byAge } from "./byAge";
import { byCanvas } from "./byCanvas";
import { documentOf, emptyContents, foldContents, touchesContents, type CanvasContents } from "./canvasContents";
import { headPath, isLiveCanvas } from "./canvasHead";
import { canvasSummary, graphSummary, type CanvasSummary, type GraphSummary } from "./canvasSummary";
import { Checkpoint, type Loaded } from "./checkpoint";
import type { Covered } from "./covered";
import type { GraphView } from "./differences";
import { applyEvent, type GraphState } from "./fold";
import { GraphFiles, type GraphFolder } from "./graphFiles";
import { PathIndex } from "./pathIndex";
import { RowCollector } from "./rowCollector";
import type { StoreBatch } from "./rows";
import { Shelf, type ShelfParts } from "./shelf";
import type { Stamp, Stamps } from "./stamps";
import { nodeView, subjectView, type NodeView, type SubjectView } from "./subjectView";
import { createUids, type Uids } from "./uids";

export type { CanvasSummary, GraphSummary } from "./canvasSummary";
export type { Stamp } from "./stamps";
export type { NodeView, SubjectView } from "./subjectView";

export interface LocalGraphOptions extends GraphFolder {
  readonly clock: Clock;
  readonly vault: string;
  /**
   * Every journaled event of one canvas, of all devices, in any order; others among them do no harm. Read when the
   * canvas's checkpoint is damaged.
   */
  readonly history: (canvasId: string) => AsyncIterable<LearningEvent>;
  readonly logger: Logger;
  /** Canvases whose contents stay in memory. 128 where nothing is said. */
  readonly maxOpen?: number;
}

const MAX_OPEN = 128;

/**
 * The graph as a projection of the journals. It holds a line about every canvas and the contents of those in use; the
 * others lie in their checkpoints. Methods that return promises run one after the other in the order of the calls; the
 * others answer from what is folded by now.
 */
export class LocalGraph {
  private readonly turn = createSerial();
  private readonly checkpoints = createSerial();
  private readonly paths = new PathIndex();
  private readonly uids: Uids;
  private readonly graph: GraphState;
  private readonly stamps: Stamps;
  private readonly shelf: Shelf;
  private readonly saved: Checkpoint;

  private constructor(
    private readonly options: LocalGraphOptions,
    files: GraphFiles,
    loaded: Loaded,
  ) {
    this.uids = createUids(options.hasher, options.vault);
    this.graph = loaded.graph;
    this.stamps = loaded.stamps;
    this.shelf = new Shelf(this.shelfParts(files), loaded.saves);
    this.saved = new Checkpoint({ files, graph: this.graph, shelf: this.shelf, stamps: this.stamps }, loaded);
    for (const id of this.graph.canvases.keys()) this.paths.move(id, null, this.livePath(id));
  }

  /** Reads the index of the checkpoint. A damaged one is removed with all that goes with it: the graph is then empty. */
  static async open(options: LocalGraphOptions): Promise<LocalGraph> {
    const files = new GraphFiles(options);
    return new LocalGraph(options, files, await Checkpoint.load(files, options.logger));
  }

  /**
   * What the checkpoint has. All other events have to be applied after opening. A place that our own journal has not
   * means that the journal lost it: reset then.
   */
  get covered(): Covered {
    return this.saved.covered;
  }

  /** Folds events in, in any order and however often. On a rejection some may be folded: apply all of them again. */
  apply(events: readonly LearningEvent[]): Promise<void> {
    return this.turn(async () => {
      for (const [canvasId, group] of byCanvas(events)) {
        if (canvasId !== null && group.some(touchesContents)) await this.shelf.load(canvasId);
        this.fold(canvasId, group);
        await this.shelf.trim();
      }
    });
  }

  /** The live canvas at a path; of several the one that stays. */
  canvasByPath(path: string): CanvasSummary | null {
    return this.canvasesAt(path)[0] ?? null;
  }

  /** All live canvases at a path, the one that stays first. */
  canvasesAt(path: string): readonly CanvasSummary[] {
    const rows = [...this.paths.at(path)].flatMap((id) => this.graph.canvases.get(id) ?? []);
    return rows.sort((a, b) => byAge(a.head, b.head)).map(canvasSummary);
  }

  /** Paths at which more than one live canvas lies, in no order. */
  contestedPaths(): readonly string[] {
    return [...this.paths.contested()];
  }

  /** A canvas, deleted or not. */
  canvasById(id: string): CanvasSummary | null {
    const row = this.graph.canvases.get(id);
    return row === undefined ? null : canvasSummary(row);
  }

  /** All canvases, deleted ones too. */
  canvases(): readonly CanvasSummary[] {
    return [...this.graph.canvases.values()].map(canvasSummary);
  }

  note(path: string): SubjectView | null {
    const state = this.graph.notes.get(path);
    return state === undefined ? null : subjectView(path, state);
  }

  notes(): readonly SubjectView[] {
    return [...this.graph.notes].map(([path, state]) => subjectView(path, state));
  }

  /** By normalised name. */
  concept(name: string): SubjectView | null {
    const state = this.graph.concepts.get(name);
    return state === undefined ? null : subjectView(name, state);
  }

  summary(): GraphSummary {
    return graphSummary(this.graph);
  }

  /**
   * What is on a canvas: its nodes and edges that are not removed, in the order of their creation. Of a deleted canvas
   * it is what comes back when the canvas does; of an unknown one nothing.
   */
  lastGood(canvasId: string): Promise<CanvasDocument> {
    return this.reading(canvasId, documentOf);
  }

  node(canvasId: string, nodeId: string): Promise<NodeView | null> {
    return this.reading(canvasId, ({ nodes }) => {
      const state = nodes.get(nodeId);
      return state === undefined ? null : nodeView(nodeId, state);
    });
  }

  /** The whole rows, as they are now, of everything that the events touch. */
  rowsFor(events: readonly LearningEvent[]): Promise<StoreBatch> {
    return this.turn(async () => {
      const rows = new RowCollector(this.options.vault, this.uids, this.graph);
      for (const [canvasId, group] of byCanvas(events)) {
        if (canvasId !== null && this.graph.canvases.has(canvasId) && group.some(isOnCanvas))
          await this.shelf.load(canvasId);
        for (const event of group) rows.add(event);
        await this.shelf.trim();
      }
      return rows.batch();
    });
  }

  stamp(path: string): Stamp | null {
    return this.stamps.get(path);
  }

  /** Paths of files that have a stamp, in no order. */
  stampedPaths(): readonly string[] {
    return this.stamps.entries().map(([path]) => path);
  }

  setStamp(path: string, stamp: Stamp): void {
    this.stamps.set(path, stamp);
  }

  forgetStamp(path: string): void {
    this.stamps.forget(path);
  }

  /**
   * Saves what changed. `covered` says which events are applied by now. Canvases are written first and the
   * index that covers them after, so a crash in between only means that events are applied again.
   * Resolves with the number of files written; rejects with StorageError, and the next checkpoint tries again.
   */
  checkpoint(covered: Covered): Promise<{ readonly written: number }> {
    return this.checkpoints(async () => {
      let written = 0;
      for (const step of [...this.saved.canvasSteps(), ...this.saved.indexSteps(covered)])
        if (await this.turn(step)) written += 1;
      return { written };
    });
  }

  /** Nodes and edges, removed ones too, of the canvases that a checkpoint would write now. */
  unsavedSize(): number {
    return this.shelf.dirty().reduce((sum, id) => sum + sizeOf(this.graph.contents.get(id)), 0);
  }

  /** Forgets everything, in memory and on disk. */
  reset(): Promise<void> {
    const work = async (): Promise<void> => {
      this.paths.clear();
      await this.saved.reset();
    };
    return this.checkpoints(() => this.turn(work));
  }

  /** The graph as `differences` compares it. Contents are read one canvas at a time. */
  view(): GraphView {
    const { canvases, notes, concepts } = this.graph;
    return { canvases, notes, concepts, contents: (id) => this.reading(id, (contents) => contents) };
  }

  private shelfParts(files: GraphFiles): ShelfParts {
    const { clock, maxOpen, logger } = this.options;
    const refold = (id: string): Promise<CanvasContents> => this.refold(id);
    return { clock, graph: this.graph, file: (id) => files.canvas(id), refold, limit: maxOpen ?? MAX_OPEN, logger };
  }

  private reading<T>(canvasId: string, read: (contents: CanvasContents) => T): Promise<T> {
    return this.turn(async () => {
      if (!this.graph.canvases.has(canvasId)) return read(emptyContents());
      await this.shelf.load(canvasId);
      const result = read(this.graph.contents.get(canvasId) ?? emptyContents());
      await this.shelf.trim();
      return result;
    });
  }

  private fold(canvasId: string | null, events: readonly LearningEvent[]): void {
    const before = canvasId === null ? null : this.livePath(canvasId);
    let changed = false;
    for (const event of events) changed = applyEvent(this.graph, event) || changed;
    this.saved.markChanged(events);
    if (canvasId === null) {
      for (const event of events) if (isOfNoteFile(event)) this.stamps.forget(event.subject.id);
      return;
    }
    if (changed) this.shelf.markDirty(canvasId);
    const path = this.livePath(canvasId);
    this.paths.move(canvasId, before, path);
    if (path !== null && events.some(isOfCanvasFile)) this.stamps.forget(path);
    // Another canvas may be the one at the path now, and nobody has compared the file with that one.
    if (before !== path) for (const moved of [before, path]) if (moved !== null) this.stamps.forget(moved);
  }

  private async refold(canvasId: string): Promise<CanvasContents> {
    const contents = emptyContents();
    for await (const event of this.options.history(canvasId)) {
      if (event.canvas?.id === canvasId) foldContents(contents, event);
    }
    return contents;
  }

  private livePath(id: string): string | null {
    const head = this.graph.canvases.get(id)?.head;
    return head !== undefined && isLiveCanvas(head) ? headPath(head) : null;
  }
}

function sizeOf(contents: CanvasContents | undefined): number {
  return contents === undefined ? 0 : contents.nodes.size + contents.edges.size;
}

// A stamp says that the graph is what the file was. What a file is found to say moves the graph on, so whoever found it
// stamps anew: after a crash, or where another device found it, nobody does, and the file has to be read again.
function isOfCanvasFile(event: LearningEvent): boolean {
  return isOnCanvas(event) && isFound(event);
}

function isOfNoteFile(event: LearningEvent): boolean {
  return event.subject.kind === "note" && isFound(event);
}

function isFound({ origin }: LearningEvent): boolean {
  return origin === "index" || origin === "catch-up" || origin === "edit";
}

function isOnCanvas(event: LearningEvent): boolean {
  return event.subject.kind === "node" || event.subject.kind === "edge";
}
