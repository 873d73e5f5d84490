import { Notice } from "obsidian";
import type { App, Plugin } from "obsidian";
import type { Format } from "../../panel/text/format";
import type { Session } from "../../panel/session/session";
import { fill, strings } from "../../panel/text/strings";
import { undoText } from "../../panel/view/undoText";
import { confirm } from "./confirmModal";
import type { OpenModals } from "./openModals";

export interface RestoreHost {
  readonly plugin: Plugin;
  readonly session: Session;
  readonly format: Format;
  readonly modals: OpenModals;
}

/** The canvas that the user looks at, or null. */
export function activeCanvas(app: App): string | null {
  const file = app.workspace.getActiveFile();
  return file?.extension === "canvas" ? file.path : null;
}

/** Asks, and takes the last change back that the plugin made to a canvas. */
export async function restoreCanvas({ plugin, session, format, modals }: RestoreHost, path: string): Promise<void> {
  const engine = await session.ready();
  const last = await engine.lastWrite(path);
  if (last === null) {
    new Notice(strings.notices.nothingToRestore);
    return;
  }
  const words = strings.confirm;
  const what = fill(words.restoreText, { path, time: format.dateAndTime(last.at) });
  const question = { title: words.restoreTitle, lines: [what, words.restoreStays], yes: words.restore, no: words.cancel, destructive: false };
  if (!(await confirm(plugin.app, modals, question))) return;
  new Notice(undoText(await engine.undoWrite(path), format));
}
