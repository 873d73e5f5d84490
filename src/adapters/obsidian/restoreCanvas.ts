import { Notice } from "obsidian";
import type { App } from "obsidian";
import type { Format } from "../../panel/text/format";
import type { Session } from "../../panel/session/session";
import { fill, strings } from "../../panel/text/strings";
import { undoText } from "../../panel/view/undoText";
import { confirm } from "./confirmModal";
import type { OpenModals } from "./openModals";

export interface RestoreHost {
  readonly app: App;
  readonly session: Session;
  readonly format: Format;
  readonly modals: OpenModals;
}

/** The canvas that the user looks at, or null. */
export function activeCanvas(app: App): string | null {
  const file = app.workspace.getActiveFile();
  return file?.extension === "canvas" ? file.path : null;
}

/** Asks, and takes the last change back that the plugin made to the canvas that the user looks at. */
export async function restoreCanvas({ app, session, format, modals }: RestoreHost): Promise<void> {
  const path = activeCanvas(app);
  if (path === null) return;
  const engine = await session.ready();
  const last = await engine.lastWrite(path);
  if (last === null) {
    new Notice(strings.notices.nothingToRestore);
    return;
  }
  const words = strings.confirm;
  const what = fill(words.restoreText, { path, time: format.dateAndTime(last.at) });
  const question = { title: words.restoreTitle, lines: [what, words.restoreStays], yes: words.restore, no: words.cancel, destructive: false };
  if (!(await confirm(app, modals, question))) return;
  new Notice(undoText(await engine.undoWrite(path), format));
}
