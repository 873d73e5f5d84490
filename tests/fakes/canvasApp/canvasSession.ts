import type { App } from "obsidian";
import { createObsidianCanvasFiles } from "../../../src/adapters/obsidian/obsidianCanvasFiles";
import type { CanvasPatch } from "../../../src/engine/canvas/patch";
import { CanvasWriter } from "../../../src/engine/canvas/writer";
import { canvasJson, type CanvasFiles, type JsonObject, type Logger, type Random } from "../../../src/engine/index";
import { ManualClock } from "../manualClock";
import { seededRandom } from "../seededRandom";
import { CanvasLedger } from "./canvasLedger";
import type { ModelItem } from "./modelCanvas";
import { ModelVault } from "./modelVault";
import { ModelView } from "./modelView";

const PATH = "a.canvas";
const START = canvasJson({ nodes: ["s1", "s2", "s3"].map((id, at) => card(id, at * 100)), edges: [{ id: "se", fromNode: "s1", fromSide: "right", toNode: "s2", toSide: "left" }] });

function card(id: string, x: number): JsonObject {
  return { id, type: "text", text: id, x, y: 0, width: 50, height: 50 };
}

export interface SessionResult {
  readonly faults: readonly string[];
  readonly checked: number;
  readonly excused: number;
  readonly written: number;
  readonly notWritten: number;
  /** What was done, for the message of a run that fails. */
  readonly story: readonly string[];
}

export interface SessionOptions {
  readonly seed: number;
  readonly steps: number;
  /** How the plugin writes; left out: as it does. */
  readonly files?: (vault: ModelVault) => CanvasFiles;
}

/** One session of a user, a plugin and another program on one canvas, every step by chance, the same for the same seed. */
export class CanvasSession {
  private readonly clock = new ManualClock();
  private readonly random: Random;
  private readonly vault: ModelVault;
  private readonly ledger: CanvasLedger;
  private readonly isPublic: boolean;
  private readonly panes: ModelView[] = [];
  private readonly typing = new Map<ModelView, { readonly node: ModelItem; readonly text: string }>();
  private readonly dragging = new Map<ModelView, ModelItem>();
  private readonly writes: Promise<void>[] = [];
  private readonly story: string[] = [];
  private recent: ModelView | null = null;
  private writer: CanvasWriter;
  private made = 0;
  private written = 0;
  private notWritten = 0;

  constructor(private readonly options: SessionOptions) {
    this.random = seededRandom(options.seed);
    this.vault = new ModelVault(this.clock, this.random);
    this.ledger = new CanvasLedger(() => this.clock.monotonic());
    this.isPublic = this.random.next() < 0.7;
    this.writer = this.newWriter();
  }

  async run(): Promise<SessionResult> {
    await this.soon(this.vault.byOtherProgram(PATH, () => START));
    this.ledger.did(canvasJson({ nodes: [], edges: [] }), START);
    await this.clock.advance(100);
    for (let step = 0; step < this.options.steps; step += 1) {
      await this.step();
      await this.clock.advance(Math.floor(this.random.next() ** 4 * 1_500));
    }
    for (const pane of this.panes) this.leave(pane);
    await this.soon(Promise.all(this.writes));
    await this.clock.advance(5_000);
    for (const pane of this.panes.splice(0)) await this.soon(pane.close());
    await this.clock.advance(1_000);
    return { ...this.ledger.faults(this.vault.text(PATH)), written: this.written, notWritten: this.notWritten, story: this.story };
  }

  private async step(): Promise<void> {
    const chance = this.random.next();
    if (chance < 0.25) return this.pluginWrites();
    if (chance < 0.31) return this.otherProgramWrites();
    if (chance < 0.38) return this.changePanes();
    if (chance < 0.4) return this.restartPlugin();
    const pane = this.pick(this.panes);
    if (pane !== null) this.userActs(pane);
  }

  private userActs(pane: ModelView): void {
    if (this.recent !== pane && this.recent !== null) this.leave(this.recent);
    this.recent = pane;
    const { canvasModel: canvas } = pane;
    // Nothing is shown yet.
    if (pane.lastSavedData === null || (canvas.nodes.size === 0 && canvas.data.nodes.length > 0)) return;
    if (this.typing.has(pane) || this.dragging.has(pane)) return this.leave(pane);
    const node = this.pick([...canvas.nodes.values()]);
    const chance = this.random.next();
    if (chance < 0.3 || node === null) return this.act(pane, "adds", () => canvas.importData({ nodes: [card(this.newId("u"), 0)], edges: [] }, false));
    if (chance < 0.5) {
      node.isEditing = true;
      pane.containerEl.ownerDocument.activeElement = { matches: () => true };
      this.typing.set(pane, { node, text: this.newId("text ") });
    } else if (chance < 0.65) {
      canvas.isDragging = true;
      node.setData({ ...node.getData(), y: 7 });
      this.dragging.set(pane, node);
    } else if (chance < 0.75) this.act(pane, `deletes ${node.id}`, () => canvas.removeNode(node));
    else if (chance < 0.85) this.undo(pane);
    else this.act(pane, `colours ${node.id}`, () => node.setData({ ...node.getData(), color: this.newId("#") }));
  }

  /** Clicks elsewhere: what is typed joins the canvas, what is dragged stays where it is. */
  private leave(pane: ModelView): void {
    const { canvasModel: canvas } = pane;
    const typed = this.typing.get(pane);
    const dragged = this.dragging.get(pane);
    this.typing.delete(pane);
    this.dragging.delete(pane);
    pane.containerEl.ownerDocument.activeElement = null;
    canvas.isDragging = false;
    if (typed !== undefined) {
      typed.node.isEditing = false;
      if (canvas.nodes.get(typed.node.id) === typed.node) this.act(pane, `types in ${typed.node.id}`, () => typed.node.setData({ ...typed.node.getData(), text: typed.text }));
    }
    if (dragged !== undefined && canvas.nodes.get(dragged.id) === dragged) {
      this.act(pane, `moves ${dragged.id}`, () => dragged.setData({ ...dragged.getData(), x: (this.made += 1) * 10, y: 0 }));
    }
  }

  private act(pane: ModelView, what: string, change: () => void): void {
    const before = canvasJson({ ...pane.canvasModel.getData() });
    change();
    pane.canvasModel.requestSave();
    this.tell(pane, what, before);
  }

  private undo(pane: ModelView): void {
    const before = canvasJson({ ...pane.canvasModel.getData() });
    pane.canvasModel.undo();
    this.tell(pane, "undoes", before);
  }

  private tell(pane: ModelView, what: string, before: string): void {
    const after = canvasJson({ ...pane.canvasModel.getData() });
    this.note(`user ${what} in pane ${this.panes.indexOf(pane)}`);
    this.ledger.did(before, after);
    for (const other of this.panes) if (other !== pane && other.dirty) this.ledger.excuseBoth([before, after], [other.lastSavedData ?? "", other.getViewData()]);
  }

  private pluginWrites(): void {
    const { nodes } = JSON.parse(this.vault.text(PATH)) as { nodes: { id: string }[] };
    const node = this.pick(nodes);
    const chance = this.random.next();
    const id = this.newId("p");
    const add: CanvasPatch = [{ kind: "add-node", node: { ...card(id, 0), id } }];
    const linked: CanvasPatch = node === null ? add : [...add, { kind: "add-edge", edge: { id: `e${id}`, fromNode: node.id, fromSide: "right", toNode: id, toSide: "left" } }];
    const colour: CanvasPatch = node === null ? add : [{ kind: "set-color", id: node.id, color: this.newId("#") }];
    const remove: CanvasPatch = node === null ? add : [{ kind: "remove-node", id: node.id }];
    const patch = chance < 0.4 ? add : chance < 0.65 ? linked : chance < 0.92 ? colour : remove;
    const began = this.clock.monotonic();
    this.note(`plugin begins ${JSON.stringify(patch)}`);
    const done = this.writer.mutate(PATH, patch).then((result) => {
      this.note(`plugin: ${id} ${result.kind}${result.kind === "refused" ? ` ${result.reason}` : ""}`);
      if (result.kind === "written") this.ledger.wrote(result.before, result.after, began);
      if (result.kind === "written") this.written += 1;
      else this.notWritten += 1;
    });
    this.writes.push(done);
  }

  private otherProgramWrites(): Promise<void> {
    const id = this.newId("x");
    return this.soon(
      this.vault.byOtherProgram(PATH, (text) => {
        const { nodes, edges } = JSON.parse(text) as { nodes: JsonObject[]; edges: JsonObject[] };
        const gone = this.random.next() < 0.3 ? this.pick(nodes)?.id : undefined;
        const after = { nodes: [...nodes.filter((node) => node.id !== gone), card(id, 0)], edges: edges.filter((edge) => edge.fromNode !== gone && edge.toNode !== gone) };
        this.note(`other program adds ${id} and removes ${JSON.stringify(gone ?? null)}`);
        this.ledger.did(text, canvasJson(after));
        return canvasJson(after);
      }),
    );
  }

  private async changePanes(): Promise<void> {
    const pane = this.pick(this.panes);
    if (pane !== null && (this.panes.length === 2 || this.random.next() < 0.4)) {
      this.note(`pane ${this.panes.indexOf(pane)} closes`);
      this.leave(pane);
      this.panes.splice(this.panes.indexOf(pane), 1);
      if (this.recent === pane) this.recent = null;
      return this.soon(pane.close());
    }
    const file = this.vault.getFileByPath(PATH);
    if (file === null) return;
    const opened = new ModelView(this.vault, this.clock, this.isPublic, {
      dropped: (saved, memory, author, age) => {
        this.note(`the app drops edits for a text of: ${author}`);
        // Without the scene a plugin cannot put back what is edited in the milliseconds of a reload, and with it not what
        // is edited in the last one.
        if (author !== "plugin" || !this.isPublic || age <= 1) this.ledger.excuse(saved, memory);
      },
      overwrote: (saved, disk, author, writer) => {
        this.note(`a save of ${writer} writes over a text of: ${author}`);
        if (author !== "plugin") this.ledger.excuse(saved, disk);
      },
    });
    this.panes.push(opened);
    this.note(`pane ${this.panes.length - 1} opens`);
    void opened.open(file);
  }

  private async restartPlugin(): Promise<void> {
    await this.soon(Promise.all(this.writes));
    this.note("plugin restarts");
    this.writer = this.newWriter();
  }

  private newWriter(): CanvasWriter {
    const note = (line: string): void => this.note(`log: ${line}`);
    const logger: Logger = { debug: () => undefined, warn: () => undefined, error: note };
    const workspace = {
      iterateAllLeaves: (visit: (leaf: object) => void) => this.panes.forEach(({ leaf }) => visit(leaf)),
      getMostRecentLeaf: () => this.recent?.leaf ?? null,
    };
    const app = { vault: this.vault, workspace } as unknown as App;
    const files = this.options.files?.(this.vault) ?? createObsidianCanvasFiles(app, this.clock, logger);
    return new CanvasWriter({ files, clock: this.clock, logger });
  }

  /** Lets time go on until something is done. */
  private async soon(work: Promise<unknown>): Promise<void> {
    let done = false;
    const over = work.then(
      () => (done = true),
      (error: unknown) => {
        done = true;
        throw error;
      },
    );
    while (!done) {
      await this.clock.advance(5);
      await this.clock.flush();
    }
    await over;
  }

  private pick<T>(items: readonly T[]): T | null {
    return items[Math.floor(this.random.next() * items.length)] ?? null;
  }

  private newId(prefix: string): string {
    return `${prefix}${(this.made += 1)}`;
  }

  private note(line: string): void {
    this.story.push(`${this.clock.monotonic()} ${line}`);
  }
}
