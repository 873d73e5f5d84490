import { Modal, Setting } from "obsidian";
import type { App } from "obsidian";
import { strings } from "../../panel/text/strings";

/** Lets the user choose a backup file. `load` resolves with null when it is imported, else with the reason why not. */
export class ImportModal extends Modal {
  constructor(
    app: App,
    private readonly load: (file: File) => Promise<string | null>,
  ) {
    super(app);
  }

  override onOpen(): void {
    const words = strings.confirm;
    this.setTitle(words.importTitle);
    this.contentEl.createEl("p", { text: words.importText });
    const input = this.contentEl.createEl("input", {
      cls: "canvas-engram-file",
      attr: { type: "file", accept: ".ndjson,.jsonl,.json,.txt", "aria-label": words.importTitle },
    });
    const buttons = new Setting(this.contentEl);
    buttons.addButton((button) => button.setButtonText(words.cancel).onClick(() => this.close()));
    buttons.addButton((button) =>
      button
        .setButtonText(words.importButton)
        .setCta()
        .onClick(async () => {
          const file = input.files?.item(0) ?? null;
          const wrong = file === null ? words.importNone : await this.load(file);
          buttons.setErrorMessage(wrong);
          if (wrong === null) this.close();
        }),
    );
  }

  override onClose(): void {
    this.contentEl.empty();
  }
}
