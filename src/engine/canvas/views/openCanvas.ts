import type { CanvasDiff } from "../diff";

/** What goes on in one view of a canvas at one moment. */
export interface ViewState {
  /** The file's text as the view last read or wrote it, without a byte order mark; null while it is being opened. */
  readonly saved: string | null;
  /** It has edits that the file has not. */
  readonly dirty: boolean;
  readonly saving: boolean;
  readonly dragging: boolean;
  /** Ids of the cards that are open for typing; `""` is something whose id is not known. */
  readonly typing: readonly string[];
  readonly readOnly: boolean;
  /** The user worked here last. */
  readonly recent: boolean;
  /**
   * Whether its memory can be changed: `ready`, not before the scene is complete (`loading`), or not at all (`never`),
   * as where the app does not have what that needs.
   */
  readonly memory: "ready" | "loading" | "never";
}

/** A canvas in a pane. The same pane is the same object as long as it lives. Everything but `save` is synchronous. */
export interface OpenCanvas {
  look(): ViewState;
  /** What a save would write now. */
  text(): string;
  /** What a save would write after any change: the app may lay out anew or heal what it only read. */
  nextText(): string;
  /**
   * Carries a change out in memory and asks for a save; what the change does not name stays. False when it could not be
   * done; the memory is then as it was.
   */
  patch(diff: CanvasDiff): boolean;
  save(): Promise<void>;
}

/** A canvas file, which stays the same one when it is renamed. */
export interface CanvasFile {
  exists(): boolean;
  /** The text on the disk. */
  read(): Promise<string>;
  /** Reads, changes and writes in one step. `change` is synchronous; an equal text is not written. */
  swap(change: (text: string) => string): Promise<void>;
  /** Does work while no other process of ours writes this file. Rejects before the work where it cannot be kept out. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** Loaded views, in every window. A pane that has loaded nothing yet is none: it will read what the file holds by then. */
  views(): readonly OpenCanvas[];
}

/** An app in which canvases are open while they are written. */
export interface CanvasHost {
  /** Null when there is no such file. The path is clean. */
  find(path: string): CanvasFile | null;
}
