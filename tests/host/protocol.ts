/** What crosses the bridge between the page (the model of Obsidian) and Node (real files, real network). */

export interface FsStat {
  readonly type: "file" | "folder";
  /** Birth time, epoch ms. */
  readonly ctime: number;
  /** Whole epoch ms. */
  readonly mtime: number;
  readonly size: number;
}

export type FsOp =
  | "stat"
  | "list"
  | "scan"
  | "read"
  | "write"
  | "append"
  | "mkdir"
  | "rmdir"
  | "remove"
  | "rename"
  | "copy";

/** `data` is text, or base64 when `binary` is set. Paths are vault paths; the vault itself is "". */
export interface FsRequest {
  readonly op: FsOp;
  readonly path: string;
  readonly to?: string;
  readonly data?: string;
  readonly binary?: boolean;
  readonly recursive?: boolean;
  readonly mtime?: number;
}

export interface FsListing {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** Every visible path of the vault; hidden ones are not listed. */
export type FsScan = readonly (readonly [path: string, stat: FsStat])[];

export type FsReply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: string; readonly message: string };

export interface NetRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** base64, or null for none. */
  readonly body: string | null;
}

export type NetReply =
  | { readonly ok: true; readonly status: number; readonly headers: Record<string, string>; readonly body: string }
  | { readonly ok: false; readonly message: string };

export type PlatformName = "desktop" | "mobile";
export type ThemeName = "light" | "dark";

/**
 * Points where nobody has checked the real app. The defaults are the best evidence (HOST_ASSUMPTIONS.md); a test
 * turns one around to show that the plugin does not lean on it.
 */
export interface Assumptions {
  /** TextFileView's save delay in ms. */
  readonly saveDelay: number;
  /** adapter.read waits in the adapter's queue behind writes. */
  readonly readsQueued: boolean;
  /** adapter.mkdir makes missing parents. */
  readonly mkdirRecursive: boolean;
  /** Order of the N+1 rename events of a folder; "folder-only" sends no event for the children. */
  readonly folderRenameEvents: "folder-first" | "children-first" | "folder-only";
  /** Second argument of `canvas:selection-menu`. */
  readonly selectionMenuArgument: "canvas" | "view";
  /** Closing a canvas that was written in another layout writes it in the app's own. */
  readonly canvasRewritesForeignLayout: boolean;
  /** The private methods of canvas and nodes (setData, requestSave …) exist. */
  readonly privateCanvasApi: boolean;
  /** External deletions wait this many ms for the file to come back (atomic replace) before `delete` fires. */
  readonly deletionGrace: number;
}

export const DEFAULT_ASSUMPTIONS: Assumptions = {
  saveDelay: 2000,
  readsQueued: true,
  mkdirRecursive: false,
  folderRenameEvents: "folder-first",
  selectionMenuArgument: "canvas",
  canvasRewritesForeignLayout: true,
  privateCanvasApi: true,
  deletionGrace: 100,
};

export interface HostConfig {
  readonly appId: string;
  readonly vaultName: string;
  readonly basePath: string;
  readonly platform: PlatformName;
  readonly theme: ThemeName;
  readonly language: string;
  /** ms between "everything loaded" and layout-ready; null: the test calls `layoutReady()` itself. */
  readonly layoutReadyDelay: number | null;
  readonly trackLeaks: boolean;
  readonly assume: Assumptions;
}

export interface Leak {
  readonly kind: string;
  readonly detail: string;
  /** Where the plugin made it. */
  readonly stack: string;
}
