import type { Plugin } from "obsidian";
import { nameDialog } from "./dialogNames";
import type { NamedDialog } from "./dialogNames";

interface Dialog extends NamedDialog {
  open(): void;
  close(): void;
  setCloseCallback(callback: () => void): unknown;
}

/** The dialogs of the plugin that are open now. They close when it unloads, and none opens after that. */
export class OpenModals {
  private readonly open = new Set<Dialog>();
  private unloaded = false;

  constructor(plugin: Pick<Plugin, "register">) {
    plugin.register(() => this.closeAll());
  }

  /** Opens a dialog. `closed` is called once, when it closes in whatever way, or at once when the plugin is unloaded. */
  show(modal: Dialog, closed: () => void = () => undefined): void {
    if (this.unloaded) {
      closed();
      return;
    }
    this.open.add(modal);
    modal.setCloseCallback(() => {
      this.open.delete(modal);
      closed();
    });
    modal.open();
    nameDialog(modal);
  }

  private closeAll(): void {
    this.unloaded = true;
    for (const modal of [...this.open]) modal.close();
  }
}
