import { TFile, TFolder, Vault } from "obsidian";
import type { Plugin, TAbstractFile } from "obsidian";
import type { Engine } from "../../engine/index";

type Pass = (change: (engine: Engine) => Promise<void>) => void;

/**
 * Listens to the vault until the plugin unloads. To be called when the layout is ready: before that `create` fires for
 * every file of the vault.
 */
export function watchVault(plugin: Plugin, captured: (path: string) => boolean, pass: Pass): void {
  const { vault, metadataCache } = plugin.app;
  const changed = (file: TAbstractFile): void => {
    if (isCanvas(file) && captured(file.path)) pass((engine) => engine.canvasChanged(file.path));
  };
  plugin.registerEvent(vault.on("create", changed));
  plugin.registerEvent(vault.on("modify", changed));
  // A moved folder is told of by itself, by its files, or by both; the engine takes the same news twice.
  plugin.registerEvent(
    vault.on("rename", (file, from) => {
      for (const move of moves(file, from, file.path)) moved(move, captured, pass);
    }),
  );
  plugin.registerEvent(vault.on("delete", (file) => deleted(file, pass)));
  plugin.registerEvent(
    metadataCache.on("changed", (file) => {
      if (captured(file.path)) pass((engine) => engine.noteChanged(file.path));
    }),
  );
}

interface Move {
  readonly from: string;
  readonly to: string;
}

/** The files that moved with a file or folder: each counts for itself, for what is kept out may begin inside a folder. */
function moves(file: TAbstractFile, from: string, to: string): readonly Move[] {
  if (!(file instanceof TFolder)) return [{ from, to }];
  // The children of a folder that moved may still have their old paths when this is told: only their names are sure.
  return file.children.flatMap((child) => moves(child, `${from}/${child.name}`, `${to}/${child.name}`));
}

function moved({ from, to }: Move, captured: (path: string) => boolean, pass: Pass): void {
  const wasCanvas = from.endsWith(".canvas");
  const nowCanvas = to.endsWith(".canvas");
  if (!captured(to)) {
    if (captured(from)) pass((engine) => engine.fileDeleted(from));
    return;
  }
  if (nowCanvas && wasCanvas && captured(from)) pass((engine) => engine.canvasRenamed(from, to));
  else if (nowCanvas) pass((engine) => engine.canvasChanged(to));
  else if (wasCanvas) pass((engine) => engine.fileDeleted(from));
  else if (to.endsWith(".md")) {
    pass((engine) => engine.fileDeleted(from));
    pass((engine) => engine.noteChanged(to));
  }
}

function deleted(file: TAbstractFile, pass: Pass): void {
  if (file instanceof TFolder) {
    Vault.recurseChildren(file, (child) => {
      if (isCanvas(child) || isNote(child)) pass((engine) => engine.fileDeleted(child.path));
    });
    pass((engine) => engine.fileDeleted(file.path));
    return;
  }
  if (isCanvas(file) || isNote(file)) pass((engine) => engine.fileDeleted(file.path));
}

function isCanvas(file: TAbstractFile): boolean {
  return file instanceof TFile && file.extension === "canvas";
}

function isNote(file: TAbstractFile): boolean {
  return file instanceof TFile && file.extension === "md";
}
