import { TFile, TFolder } from "obsidian";
import type { Menu, TAbstractFile } from "obsidian";
import { strings } from "../../panel/text/strings";
import type { CommandHost } from "./commands";
import { exportData } from "./exportCommand";
import { sectionOf } from "./menuSection";
import { restoreCanvas } from "./restoreCanvas";
import { showHistory } from "./showHistory";
import { indexFiles, verify } from "./taskCommands";

const words = strings.menus;

/** Where the app opens the file menu for a card that shows a file: its other entries there are about the card's own canvas. */
const CARD_MENU = "canvas-menu";

/** The menus of canvases and folders, wherever the app shows them. */
export function addFileMenus(host: CommandHost): void {
  const { plugin } = host;
  const { workspace } = plugin.app;
  plugin.registerEvent(
    workspace.on("file-menu", (menu, file, source) => {
      if (source !== CARD_MENU) offer(host, menu, file);
    }),
  );
  plugin.registerEvent(
    workspace.on("files-menu", (menu, files, source) => {
      if (source !== CARD_MENU) offerSeveral(host, menu, files);
    }),
  );
}

function offer(host: CommandHost, menu: Menu, file: TAbstractFile): void {
  const { session } = host;
  const add = sectionOf(menu);
  if (file instanceof TFolder) {
    if (session.intake.capturing) add(words.indexFolder, "scan-search", () => indexFiles(host, [file]));
    return;
  }
  if (!isCanvas(file) || session.current() === null) return;
  if (session.intake.capturing) add(words.index, "scan-search", () => indexFiles(host, [file]));
  add(words.history, "history", () => showHistory(host, { canvas: file.path, node: null }));
  add(words.compare, "scale", () => verify(host, file.path));
  add(words.restore, "undo-2", () => restoreCanvas(host, file.path));
  add(words.export, "file-output", () => exportData(host, file.path));
}

function offerSeveral(host: CommandHost, menu: Menu, files: readonly TAbstractFile[]): void {
  const readable = files.filter((file) => file instanceof TFolder || isCanvas(file));
  if (readable.length > 0 && host.session.intake.capturing) sectionOf(menu)(words.indexSeveral, "scan-search", () => indexFiles(host, readable));
}

function isCanvas(file: TAbstractFile): file is TFile {
  return file instanceof TFile && file.extension === "canvas";
}
