import type { AppAction } from "../../panel/view/panelView";
import type { CommandHost } from "./commands";
import { changeLetters } from "./letterActions";
import { changeTask } from "./taskCommands";
import { discardRefused, resetFigures, syncNow, testConnection } from "./commands";
import { jumpToNode } from "./jumpToNode";
import { openCard } from "./openCard";
import { openFile, openSettings } from "./openViews";
import { writeField } from "../../settings/fields";

/** Does what a button of the panel, or of a code block, asks for. */
export async function perform(host: CommandHost, action: AppAction): Promise<void> {
  const { plugin, session } = host;
  const { app } = plugin;
  switch (action.kind) {
    case "start-index":
      return session.intake.start();
    case "decline-index":
      return session.intake.decline();
    case "stop-index":
      return session.intake.stop();
    case "sync-now":
      return syncNow(host);
    case "set-folders":
      return session.update(writeField(session.currentSettings, action.field, action.text));
    case "open-settings":
      return openSettings(app, plugin.manifest.id);
    case "try-again":
      return session.tryAgain();
    case "start-again":
      return session.startAgain();
    case "test-connection":
      return testConnection(host);
    case "pause":
      return session.current()?.pause();
    case "resume":
      return session.current()?.resume();
    case "retry-failed":
      return void (await session.current()?.retryDead("all"));
    case "retry-letter":
      return void (await session.current()?.retryDead([action.letter]));
    case "discard-failed":
      return discardRefused(host);
    case "discard-letter":
      return discardRefused(host, action.letter);
    case "retry-cause":
    case "edit-letter":
    case "copy-letter":
      return changeLetters(host, action);
    case "reset-figures":
      return resetFigures(host);
    case "pause-task":
    case "resume-task":
    case "cancel-task":
    case "retry-task":
    case "undo-task":
    case "save-template":
    case "raise-task":
    case "lower-task":
      return changeTask(host, action);
    case "confirm-missing":
      return session.confirmMissing();
    case "jump":
      return jumpToNode(app, action.canvas, action.node);
    case "open-file":
      return openFile(app, action.path, action.line);
    case "open-card":
      await openCard(app, action.canvas, action.node);
      return session.learning.lookAround();
    case "show-older":
      return session.learning.showMore();
    case "look-back":
      return session.learning.asItWas(action.day);
  }
}
