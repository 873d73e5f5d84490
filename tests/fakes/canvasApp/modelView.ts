import type { Cancel, Clock } from "../../../src/engine/index";
import { canvasJson, type JsonObject } from "../../../src/engine/index";
import { ModelCanvas, type ModelData } from "./modelCanvas";
import type { Author, ModelFile, ModelVault } from "./modelVault";

const SAVE_MS = 2_000;

/** What the app does to edits by itself, as the view sees it. */
export interface ViewWitness {
  /** Unsaved edits, the last of which is this many ms old, give way to a text from the disk. */
  readonly dropped: (saved: string, memory: string, author: Author, age: number) => void;
  /** A save writes over a text of the disk that the view has not seen. */
  readonly overwrote: (saved: string, disk: string, author: Author, writer: Author) => void;
}

/** A pane with a canvas: it saves its memory 2 s after an edit without a look at the disk, and takes the disk over its memory. */
export class ModelView {
  readonly canvasModel: ModelCanvas;
  readonly leaf = { isDeferred: false, view: this };
  readonly containerEl: { readonly ownerDocument: { activeElement: object | null }; contains(element: object): boolean };
  file: ModelFile | null = null;
  data = "";
  dirty = false;
  saving = false;
  lastSavedData: string | null = null;
  private saveAgain = false;
  private editedAt = 0;
  private timer: Cancel | null = null;
  private readonly stopListening: () => void;

  constructor(
    private readonly vault: ModelVault,
    private readonly clock: Clock,
    /** False: plugins see nothing of the scene. */
    private readonly isPublic: boolean,
    private readonly witness: ViewWitness,
  ) {
    this.canvasModel = new ModelCanvas(this);
    this.stopListening = vault.onModify((file) => this.onModify(file));
    this.containerEl = { ownerDocument: { activeElement: null }, contains: (element) => element === this.containerEl.ownerDocument.activeElement };
  }

  get canvas(): unknown {
    return this.isPublic ? this.canvasModel : { view: this };
  }

  getViewType(): string {
    return "canvas";
  }

  getViewData(): string {
    return canvasJson({ ...this.canvasModel.data });
  }

  requestSave(): void {
    this.dirty = true;
    this.editedAt = this.clock.monotonic();
    this.timer ??= this.clock.after(SAVE_MS, () => {
      this.timer = null;
      void this.write(false, "view");
    });
  }

  async open(file: ModelFile): Promise<void> {
    this.file = file;
    await this.load(true);
  }

  async close(): Promise<void> {
    this.stopListening();
    this.timer?.();
    const closing = this.write(true, "view");
    this.file = null;
    await closing;
  }

  /** As plugins ask for it. */
  save(): Promise<void> {
    return this.write(false, "plugin");
  }

  private async write(clear: boolean, author: Author): Promise<void> {
    const { file } = this;
    if (file === null) return;
    if (this.saving && !clear) {
      this.saveAgain = true;
      return;
    }
    const text = this.getViewData();
    const before = this.lastSavedData;
    this.dirty = false;
    if (before === null || before === text) return;
    if (clear) this.forget();
    else this.data = this.lastSavedData = text;
    this.saving = true;
    await this.vault.pause(3);
    await this.vault.modify(file, text, author, (disk, by) => {
      if (disk !== before && disk !== text) this.witness.overwrote(before, disk, by, author);
    });
    this.saving = false;
    if (!clear && this.saveAgain) {
      this.saveAgain = false;
      await this.write(false, "view");
    }
  }

  private onModify(file: ModelFile): void {
    if (!this.saving && file === this.file) void this.load(false);
  }

  private async load(clear: boolean): Promise<void> {
    const { file } = this;
    if (file === null) return;
    const disk = await this.vault.adapter.read(file.path);
    if (this.file !== file || this.lastSavedData === disk) return;
    const first = clear || this.lastSavedData === null;
    if (!first && this.dirty) {
      const memory = this.getViewData();
      if (memory !== disk) {
        this.witness.dropped(this.lastSavedData ?? "", memory, this.vault.author(file.path), this.clock.monotonic() - this.editedAt);
      }
    }
    this.data = this.lastSavedData = disk;
    this.dirty = false;
    const data = parsed(disk);
    this.canvasModel.data = data;
    if (!first) this.canvasModel.setData(data);
    // The scene is filled a moment after the file was read.
    else this.clock.after(1, () => (this.canvasModel.data === data ? this.canvasModel.setData(data) : undefined));
  }

  private forget(): void {
    this.data = "";
    this.lastSavedData = null;
    this.canvasModel.clear();
  }
}

function parsed(text: string): ModelData {
  const { nodes = [], edges = [] } = JSON.parse(text) as { nodes?: JsonObject[]; edges?: JsonObject[] };
  return { nodes, edges };
}
