import type { App } from "../app";
import { FuzzySuggestModal } from "../ui/suggestModal";
import type { Command } from "./commands";

/** The command palette (Ctrl+P). */
export class CommandPalette extends FuzzySuggestModal<Command> {
  private readonly available: Command[];

  constructor(app: App) {
    super(app);
    // What can run is asked before the palette takes the focus.
    this.available = app.commands.listCommands();
    this.setPlaceholder("Select a command...");
  }

  override getItems(): Command[] {
    return this.available;
  }

  override getItemText(command: Command): string {
    return command.name;
  }

  override onChooseItem(command: Command): void {
    this.app.commands.executeCommand(command);
  }
}
