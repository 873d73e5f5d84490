import { Notice } from "obsidian";
import type { Plugin } from "obsidian";
import type { Format } from "../../panel/text/format";
import type { Session } from "../../panel/session/session";
import { undoneText } from "../../panel/view/undoText";
import { strings } from "../../panel/text/strings";
import { confirm } from "./confirmModal";
import type { OpenModals } from "./openModals";

const words = strings.nodes;

export interface UndoHost {
  readonly plugin: Plugin;
  readonly session: Session;
  readonly format: Format;
  readonly modals: OpenModals;
}

/** Asks, and takes back what a task on nodes did. */
export async function undoTask({ format, modals, plugin, session }: UndoHost, id: string): Promise<void> {
  const { nodeTasks, tasks } = await session.ready();
  const task = tasks.status(id);
  if (nodeTasks === null || task === null) return;
  const question = { title: words.undoTitle, lines: [task.title, words.undoText], yes: words.undoYes, no: strings.confirm.cancel, destructive: false };
  if (await confirm(plugin.app, modals, question)) new Notice(undoneText(await nodeTasks.undo(id), format));
}
