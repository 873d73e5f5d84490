import { watch } from "chokidar";
import { realpathSync } from "node:fs";
import { relative, sep } from "node:path";
import { isHidden } from "./ownFile";

/** What the watcher tells: vault paths with `/`. Nothing is told for files that were there at the start. */
export interface VaultChanges {
  canvasChanged(path: string): void;
  noteChanged(path: string): void;
  fileDeleted(path: string): void;
  failed(reason: string): void;
}

export interface VaultWatcher {
  /** Resolves when every later change will be told. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds without news of a file after which it is told, and the longest that news are held back. */
const QUIET_MS = 100;
const LONGEST_MS = 1_000;

/**
 * Watches canvases and notes of a vault folder, without dot folders, `node_modules`, links and what is not `captured`.
 * A change is told when the file has been quiet for a moment.
 */
export function watchVault(root: string, captured: (path: string) => boolean, changes: VaultChanges): VaultWatcher {
  // The library watches nothing behind a link, and the vault itself may be one.
  const realRoot = realpathSync(root);
  const pathOf = (file: string): string => relative(realRoot, file).split(sep).join("/");
  const watcher = watch(realRoot, {
    ignoreInitial: true,
    followSymlinks: false,
    atomic: true,
    ignored: (file, stats) => {
      const path = pathOf(file);
      if (path === "") return false;
      // The library does not follow links, but tells of them as if they were files.
      if (isHidden(path) || stats?.isSymbolicLink() === true) return true;
      return stats?.isFile() === true && !path.endsWith(".canvas") && !path.endsWith(".md");
    },
  });
  const quiet = whenQuiet((path) => {
    if (!captured(path)) return;
    if (path.endsWith(".canvas")) changes.canvasChanged(path);
    else changes.noteChanged(path);
  });
  watcher.on("add", (file) => quiet.news(pathOf(file)));
  watcher.on("change", (file) => quiet.news(pathOf(file)));
  watcher.on("unlink", (file) => changes.fileDeleted(pathOf(file)));
  watcher.on("unlinkDir", (folder) => changes.fileDeleted(pathOf(folder)));
  watcher.on("error", (error) => changes.failed(error instanceof Error ? error.message : String(error)));
  return {
    ready: new Promise((resolve) => watcher.on("ready", () => resolve())),
    close: async () => {
      await watcher.close();
      quiet.end();
    },
  };
}

/**
 * A save that empties the file and fills it again gives two pieces of news. The library swallows the second when it
 * comes within 50 ms, so a look at the first would find half a file and no later news would put it right.
 */
function whenQuiet(tell: (path: string) => void): { news(path: string): void; end(): void } {
  const held = new Map<string, { readonly since: number; timer: NodeJS.Timeout }>();
  const due = (path: string): void => {
    held.delete(path);
    tell(path);
  };
  return {
    news: (path) => {
      const before = held.get(path);
      const since = before?.since ?? performance.now();
      clearTimeout(before?.timer);
      const wait = Math.max(0, Math.min(QUIET_MS, since + LONGEST_MS - performance.now()));
      held.set(path, { since, timer: setTimeout(due, wait, path) });
    },
    end: () => {
      for (const [path, { timer }] of [...held]) {
        clearTimeout(timer);
        due(path);
      }
    },
  };
}
