import type { App } from "../app";
import { closed, strict } from "../core/strict";
import { refuse } from "../core/violations";
import type { MarkdownEditor, MarkdownView } from "../views/markdownView";

export interface Command {
  id: string;
  name: string;
  icon?: string;
  mobileOnly?: boolean;
  hotkeys?: unknown[];
  callback?: () => unknown;
  checkCallback?: (checking: boolean) => boolean | void;
  editorCallback?: (editor: MarkdownEditor, ctx: MarkdownView) => unknown;
  editorCheckCallback?: (checking: boolean, editor: MarkdownEditor, ctx: MarkdownView) => boolean | void;
}

/** All commands, by full id. */
export class Commands {
  commands: Record<string, Command> = {};
  private readonly app: App;

  constructor(app: App) {
    this.app = app;
    return strict(this);
  }

  addCommand(command: Command): void {
    if (Object.hasOwn(this.commands, command.id)) refuse(`command "${command.id}" exists already`);
    this.commands[command.id] = command;
  }

  removeCommand(id: string): void {
    delete this.commands[id];
  }

  findCommand(id: string): Command | undefined {
    return Object.hasOwn(this.commands, id) ? this.commands[id] : undefined;
  }

  /** Those that can run now. */
  listCommands(): Command[] {
    return Object.values(this.commands).filter((command) => this.run(command, true));
  }

  executeCommandById(id: string): boolean {
    const command = this.findCommand(id);
    return command !== undefined && this.executeCommand(command);
  }

  executeCommand(command: Command): boolean {
    return this.run(command, true) && this.run(command, false);
  }

  private run(command: Command, checking: boolean): boolean {
    if (command.mobileOnly === true && !this.app.isMobile) return false;
    const view = this.app.workspace.activeEditor;
    if (command.editorCheckCallback !== undefined) {
      return view !== null && command.editorCheckCallback(checking, view.editor, view) === true;
    }
    if (command.editorCallback !== undefined) {
      if (view !== null && !checking) command.editorCallback(view.editor, view);
      return view !== null;
    }
    // With `checking` unset the command has been checked before, and what it returns no longer matters.
    if (command.checkCallback !== undefined) return command.checkCallback(checking) === true || !checking;
    if (command.callback === undefined) return false;
    if (!checking) command.callback();
    return true;
  }
}
closed(Commands);
