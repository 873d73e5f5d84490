import { Modal, Setting } from "obsidian";
import type { App, TextAreaComponent } from "obsidian";
import type { JsonObject } from "../../engine/index";
import { letterOfText } from "../../panel/forms/letterForm";
import type { Format } from "../../panel/text/format";
import { strings } from "../../panel/text/strings";
import { addFormButtons } from "./formButtons";

/** Lines of the field, as far as the window has room. */
const ROWS = 12;

export interface LetterModalParts {
  readonly app: App;
  readonly format: Format;
  /** What the event is and why it was refused. */
  readonly about: string;
  readonly text: string;
  /** Resolves with null when the event is on its way, else with the reason why not. */
  readonly save: (data: JsonObject) => Promise<string | null>;
}

/** Shows what a refused event says and lets a person say it better. What is wrong stands at the field, and the cursor goes there. */
export class LetterModal extends Modal {
  private row: Setting | null = null;
  private area: TextAreaComponent | null = null;

  constructor(private readonly parts: LetterModalParts) {
    super(parts.app);
  }

  override onOpen(): void {
    const words = strings.dead.dialog;
    this.setTitle(words.title);
    this.contentEl.createEl("p", { cls: "canvas-engram-subject", text: this.parts.about });
    this.row = new Setting(this.contentEl)
      .setClass("canvas-engram-json")
      .setName(words.data)
      .setDesc(words.help)
      .addTextArea((area) => {
        this.area = area.setValue(this.parts.text).onChange(() => this.say(null));
        area.inputEl.rows = ROWS;
        area.inputEl.spellcheck = false;
        area.inputEl.setAttribute("aria-label", words.data);
        area.inputEl.focus();
      });
    addFormButtons(this.contentEl, { cancel: words.cancel, save: words.save, onCancel: () => this.close(), onSave: () => this.submit() });
  }

  override onClose(): void {
    this.contentEl.empty();
  }

  private async submit(): Promise<void> {
    const read = letterOfText(this.area?.getValue() ?? "", this.parts.format);
    if (read.kind === "problem") return this.say(read.reason, read.offset);
    const wrong = await this.parts.save(read.data);
    if (wrong === null) this.close();
    else this.say(wrong);
  }

  private say(reason: string | null, offset: number | null = null): void {
    this.row?.setErrorMessage(reason);
    const field = this.area?.inputEl;
    field?.setAttribute("aria-invalid", String(reason !== null));
    if (reason === null) return;
    field?.focus();
    if (offset !== null) field?.setSelectionRange(offset, offset);
  }
}
